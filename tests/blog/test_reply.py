from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from app.blog.reply import reply_address
from app.config import Settings
from app.errors import BadSetting
from tests.blog.conftest import build

Publish = Callable[..., int]


@pytest.mark.parametrize(
    ("reply", "address"),
    [
        ("", None),
        ("ann+blog@press.example", "mailto:ann+blog@press.example?subject=Re%3A%20A%20%26%20B%3F%20%C3%A9"),
        ("https://social.example/@ann", "https://social.example/@ann"),
    ],
)
def test_a_reply_goes_where_the_setting_says(settings: Settings, reply: str, address: str | None) -> None:
    with build(replace(settings, REPLY=reply)).test_request_context():
        assert reply_address("A & B? é") == address


@pytest.mark.parametrize("wrong", ["ann", "http://press.example", "javascript:x", "a@b?cc=c@d", "a@b <c@d>"])
def test_what_is_no_address_stops_the_start(settings: Settings, wrong: str) -> None:
    with pytest.raises(BadSetting, match="REPLY"):
        build(replace(settings, REPLY=wrong))


def test_without_the_setting_no_post_offers_it(client: FlaskClient, publish: Publish) -> None:
    publish()
    assert ">Reply" not in client.get("/posts/a-post").text
