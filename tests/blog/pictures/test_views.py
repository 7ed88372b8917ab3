"""Files of pictures: kept for ever, harmless wherever they are opened, and none that no row knows."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.blog.models import Post
from app.blog.pictures import shelf
from app.blog.pictures.views import cover
from tests.pictures import photograph

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path d="M0 0h9"/></svg>'


@pytest.fixture
def lake(app: Flask) -> dict[int, str]:
    """A picture's addresses by width."""
    with app.test_request_context():
        found = shelf.shown(shelf.take_in(photograph(1000, 500), "lake.jpg"))
        return {width: address for address, width in found.files}


def test_every_width_is_there_and_stays(client: FlaskClient, lake: dict[int, str]) -> None:
    for width, address in lake.items():
        answer = client.get(address)
        assert answer.mimetype == "image/webp"
        assert Image.open(io.BytesIO(answer.data)).width == width
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_it_can_do_nothing_where_it_is_opened(app: Flask, client: FlaskClient, lake: dict[int, str]) -> None:
    with app.test_request_context():
        drawing = shelf.shown(shelf.take_in(SVG, "a.svg")).largest
    for address in (lake[480], drawing):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "sandbox"} <= set(policy)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get(drawing).mimetype == "image/svg+xml"
    assert client.get(drawing).data == SVG


@pytest.mark.parametrize("change", ["{0}0", "x{0}", "{1}-481.webp", "{1}.webp", "{1}.svg", "..%2F{0}", "{1}-480.png"])
def test_no_other_name_is_a_file(client: FlaskClient, lake: dict[int, str], change: str) -> None:
    name = lake[480].removeprefix("/pictures/")
    assert client.get("/pictures/" + change.format(name, name[:32])).status_code == 404


def test_a_cover_is_the_smallest_file(app: Flask, lake: dict[int, str]) -> None:
    with app.test_request_context():
        html = cover(Post(cover="lake.jpg"))
        assert f'src="{lake[480]}" alt="" width="136" height="136" loading="lazy"' in html
        assert 'src="/static/x.png" alt=""' in cover(Post(cover="/static/x.png"), lazy=False)
        assert "loading" not in cover(Post(cover="lake.jpg"), lazy=False)
        assert "<script>" not in cover(Post(cover='"><script>'))
