"""Pictures travel with posts: in from beside their files, out again, and in once more as the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.blog.exchange.intake import import_posts
from app.blog.pictures import shelf
from app.blog.transfer import export_posts
from tests.pictures import photograph

POST = """---
title: Lakes
date: 2026-01-02
cover: cover.jpg
---

![A lake](lake.jpg)

![A sketch](more/sketch.svg)
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path d="M0 0h9"/></svg>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "posts"
    (made / "more").mkdir(parents=True)
    (made / "lakes.md").write_text(POST)
    (made / "lake.jpg").write_bytes(photograph(1000, 600))
    (made / "cover.jpg").write_bytes(photograph(700, 700))
    (made / "more/sketch.svg").write_bytes(SVG)
    return made


def test_a_post_comes_in_with_its_pictures(app: Flask, client: FlaskClient, folder: Path) -> None:
    with app.test_request_context():
        import_posts(folder)
        lake, sketch = shelf.find("lake.jpg"), shelf.find("more/sketch.svg")
        cover = shelf.find("cover.jpg")
    page = client.get("/posts/lakes").text
    assert lake and f'src="{lake.usual}"' in page
    assert sketch and f'src="{sketch.usual}" alt="A sketch" width="30" height="20"' in page
    assert cover and f'<img src="{cover.files[0][0]}" alt=""' in client.get("/").text
    assert client.get(lake.largest).status_code == 200


def test_what_went_out_comes_in_as_the_same_bytes(app: Flask, folder: Path, tmp_path: Path) -> None:
    def contents(folder: Path) -> dict[str, bytes]:
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    once, twice = tmp_path / "once", tmp_path / "twice"
    with app.test_request_context():
        import_posts(folder)
        export_posts(once)
        import_posts(once, replace=True)
        export_posts(twice)
    assert contents(once).keys() == contents(folder).keys()
    assert contents(once) == contents(twice)


def test_posts_that_stay_change_no_picture(app: Flask, folder: Path) -> None:
    with app.test_request_context():
        import_posts(folder)
        (folder / "lake.jpg").write_bytes(photograph(900, 600))
        import_posts(folder)
        assert (found := shelf.find("lake.jpg")) and found.width == 1000
        import_posts(folder, replace=True)
        assert (found := shelf.find("lake.jpg")) and found.width == 900


def test_a_picture_that_cannot_be_read_is_named_with_its_post(app: Flask, folder: Path) -> None:
    (folder / "lake.jpg").write_bytes(b"hello")
    with app.test_request_context():
        (refused,) = import_posts(folder)
    assert refused.outcome == "refused"
    assert refused.sentence.startswith("lake.jpg: This file is no picture")


def test_a_published_post_without_alt_text_is_named_with_its_line(app: Flask, folder: Path) -> None:
    (folder / "lakes.md").write_text(POST.replace("A lake", ""))
    with app.test_request_context():
        (refused,) = import_posts(folder)
    assert refused.sentence.startswith("Say in its alt text")
    assert refused.sentence.endswith(": line 1.")
    (folder / "lakes.md").write_text(POST.replace("A lake", "").replace("title", "status: draft\ntitle"))
    with app.test_request_context():
        assert [post.outcome for post in import_posts(folder)] == ["added"]
