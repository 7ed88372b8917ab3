"""Pictures are found by their names, the last one taken in first; the site's own figures come along with a text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.blog import rendering
from app.blog.pictures import files, shelf
from tests.pictures import photograph

FIGURE = "/static/figures/habits.webp"


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def test_a_picture_is_found_by_its_name_and_by_its_address() -> None:
    shelf.take_in(photograph(1000, 500), "lake.jpg", "A lake")
    found = shelf.find("lake.jpg")
    assert found and (found.width, found.height, found.alt) == (1000, 500, "A lake")
    assert [width for _, width in found.files] == [480, 960, 1000]
    assert shelf.find(found.largest) == found
    assert shelf.find("lake.jpeg") is None
    assert shelf.find("/pictures/" + "0" * 32 + "-480.webp") is None


def test_the_same_bytes_have_the_same_address_and_are_written_once() -> None:
    first = shelf.take_in(photograph(), "a.jpg")
    again = shelf.take_in(photograph(), "b.jpg", "B")
    assert first.hash == again.hash
    folder = files.path("x").parents[1]
    assert [file.name for file in folder.rglob("*") if file.is_file()] == [f"{first.hash}-60.webp"]
    alts = [found.alt for name in ("a.jpg", "b.jpg") if (found := shelf.find(name))]
    assert alts == ["", "B"]


def test_a_name_means_the_picture_taken_in_last() -> None:
    old, new = photograph(50, 40), photograph(70, 40)
    for data in (old, new):
        shelf.take_in(data, "x.png")
    found = shelf.find("x.png")
    assert found and found.width == 70
    assert shelf.means_another("x.png", old)
    assert not shelf.means_another("x.png", new)
    shelf.take_in(old, "x.png")
    found = shelf.find("x.png")
    assert found and found.width == 50


def test_files_that_went_missing_are_made_again() -> None:
    picture = shelf.take_in(photograph(), "a.jpg")
    file = files.path(picture.files[0][0])
    file.unlink()
    shelf.take_in(photograph(), "a.jpg")
    assert file.is_file()


def test_a_figure_of_the_site_comes_along_with_a_text_that_shows_it() -> None:
    page = rendering.rendered_to_keep(f"![Two curves]({FIGURE})")
    assert 'width="640" height="640"' in page.html
    assert page.html.count("/pictures/") == 3
    assert page.warnings == ()
    assert shelf.everything() == []  # it is the site's, and nobody took it in by hand


def test_a_figure_that_is_not_there_stays_an_address() -> None:
    page = rendering.rendered_to_keep("![x](/static/figures/none.webp) ![y](/static/figures/../x.webp)")
    assert page.html.count('src="/static/figures/') == 2


def test_pictures_beside_a_text_come_in_when_it_names_them(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    for name in ("a.jpg", "ba.jpg", "more/c.png", "unused.jpg"):
        (tmp_path / name).write_bytes(photograph(kind="PNG" if name.endswith("png") else "JPEG"))
    (tmp_path / "secret.txt").write_text("a.jpg")
    taken = shelf.take_in_beside(tmp_path, "![x](a.jpg) ![y](./more/c.png) ![z](nope.jpg) ![w](../up.jpg) secret.txt")
    assert taken == ["a.jpg", "more/c.png"]
    assert shelf.find("more/c.png")
    assert shelf.find("./more/c.png")


def test_the_figures_version_holds_still() -> None:
    assert shelf.figures_version() == shelf.figures_version()
