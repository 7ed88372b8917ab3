"""A cover is a picture that the site keeps, a file it serves as it is, or another site's; never any other file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.blog.covers import Cover, cover_of
from app.blog.models import Post
from app.blog.pictures import shelf
from tests.pictures import photograph


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def test_a_kept_picture_is_shown_in_its_widest_file() -> None:
    shelf.take_in(photograph(1000, 500), "lake.jpg")
    cover = cover_of(Post(cover="lake.jpg"))
    assert cover and cover.file
    assert cover.address.endswith("-1000.webp")
    assert cover.file.name == cover.address.rpartition("/")[2]


def test_a_file_that_is_served_as_it_is(app: Flask) -> None:
    address = "/static/icons/icon.svg"
    assert cover_of(Post(cover=address)) == Cover(address, Path(app.root_path) / "static/icons/icon.svg")


@pytest.mark.parametrize(
    "address",
    [
        "https://other.example/static/icons/icon.svg",
        "//other.example/static/icons/icon.svg",
        "/static/../config.py",
        "/static/%2e%2e/config.py",
        "/static//etc/passwd",
        "/static/icons",
        "/static/none.webp",
        "none.webp",
    ],
)
def test_no_other_file_is_a_cover(address: str) -> None:
    assert cover_of(Post(cover=address)) == Cover(address, None)


def test_a_post_need_not_have_one() -> None:
    assert cover_of(Post(cover="")) is None
