"""What an address sets on a bench: each value as a reader's would be checked, and said where it is not taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import demos
from app.demos import preset
from tests.pictures import photograph

PAGE = "/demos/style-transfer"


def checked(html: str, name: str) -> str | None:
    """The value of the radio that is chosen, or of the control."""
    radio = re.search(rf'name="{name}" value="([^"]*)"[^>]* checked', html)
    control = re.search(rf'name="{name}"[^>]* value="([^"]*)"', html)
    found = radio or control
    return found.group(1) if found else None


def test_an_address_sets_every_kind_of_control(client: FlaskClient) -> None:
    asked = {"content": "cat", "style": "mosaic", "steps": "80", "strength": "0.25", "size": "256", "layer_2": "1.5"}
    answer = client.get(f"{PAGE}?{urlencode(asked)}")
    assert {name: checked(answer.text, name) for name in asked} == asked
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get(PAGE).headers


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"strength": "7"}, "Strength must be from 0 to 1."),
        ({"style": "nobody"}, "Style can be"),
        ({"colour": "<b>red</b>"}, "has no input “colour”"),
        ({"from": "nothing"}, "There is no such run."),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_rest_is_set(
    client: FlaskClient, asked: Mapping[str, str], sentence: str
) -> None:
    answer = client.get(f"{PAGE}?{urlencode({'steps': '80', **asked})}")
    assert answer.status_code == 200
    assert sentence in answer.text
    assert checked(answer.text, "steps") == "80"
    assert "<b>red" not in answer.text


def test_make_it_mine_brings_the_inputs_and_the_readers_own_picture(client: FlaskClient) -> None:
    import io

    given = {"content": (io.BytesIO(photograph()), "mine.jpg"), "style": "swirls", "steps": "40"}
    job = client.post("/api/v1/demos/style-transfer/jobs", data=given).get_json()
    kept = job["inputs"]["content"]["picture"]
    page = client.get(f"/jobs/{job['id']}").text
    mine = client.get(re.search(r'href="([^"]*\?from=[^"]*)"', page).group(1)).text  # type: ignore[union-attr]
    assert (checked(mine, "content"), checked(mine, "style"), checked(mine, "steps")) == (kept, "swirls", "40")
    assert "data-example" not in mine
    again = client.post("/api/v1/demos/style-transfer/jobs", json={"content": kept, "style": "swirls", "steps": 40})
    assert again.get_json()["inputs"]["content"]["picture"] == kept


def test_a_run_of_another_demo_does_not_fit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preset, "find", lambda job_id: job_id)
    monkeypatch.setattr(preset, "described", lambda job: {"demo": "bayes", "inputs": {"steps": 20}})
    with app.test_request_context():
        found = preset.of_query(demos.get("style-transfer"), {"from": "x", "steps": "60"})
    assert found.values == {"steps": 60}
    assert "another demo" in found.problems["from"]
    assert not found.run


def test_a_refused_form_comes_back_with_the_picture_that_is_kept(client: FlaskClient) -> None:
    address = "/pictures/0123abcd.png"
    page = client.post(f"{PAGE}/jobs", data={"content": address, "steps": "9000"})
    assert page.status_code == 422
    assert checked(page.text, "content") == address
