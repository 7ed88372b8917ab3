"""The library tells where each picture is shown, and throws away only what no text shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.blog import editing
from app.blog.models import Post, Revision, WorkingCopy
from app.blog.pictures import files, library, shelf
from app.blog.pictures.models import Picture
from app.blog.pictures.uses import alts_of, names_in, uses
from app.blog.transfer import manuscript_of
from app.db import db, now, writing
from app.errors import Conflict, NotFound
from tests.pictures import photograph

Publish = Callable[..., int]


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.fixture
def lake() -> str:
    return shelf.take_in(photograph(), "my-lake.jpg", "A lake").hash


def change(post_id: int, **fields: Any) -> None:
    post = editing.get(post_id)
    editing.save(post_id, post.version, replace(manuscript_of(post), **fields))


def age(model: Any, **by: int) -> None:
    """Makes everything of a kind older."""
    column = "created_at" if model is Picture else "at"
    with writing() as session:
        session.execute(update(model).values({column: now() - timedelta(**by)}))


def on_disk() -> set[str]:
    return {file.name for file in files.path("x").parents[1].rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    "source",
    [
        "![](my-lake.jpg)",
        '<img src="./my-lake.jpg" alt="x">',
        "![x](my%2Dlake.jpg)",
        "![x][1]\n\n[1]: my-lake.jpg",
        "[as a file](<my-lake.jpg>)",
        "It is my-lake.jpg.",
        "![x](my&#45;lake.jpg)",
        "![x](my\\-lake.jpg)",
    ],
)
def test_a_post_that_names_it_shows_it(publish: Publish, lake: str, source: str) -> None:
    post_id = publish("On lakes", source, status="draft")
    assert [(use.kind, use.post_id, use.title) for use in uses().of(lake) if use.kind == "post"] == [
        ("post", post_id, "On lakes")
    ]


@pytest.mark.parametrize("source", ["my-lake.jpeg", "not-my-lake.jpg", "my-lake.jpg2", "lakes/my-lake.jpg", "my lake"])
def test_what_is_called_otherwise_is_another(publish: Publish, lake: str, source: str) -> None:
    publish("x", source, status="draft")
    assert uses().of(lake) == []


def test_an_address_of_its_own_and_a_cover_count(publish: Publish, lake: str) -> None:
    found = shelf.find("my-lake.jpg")
    assert found
    by_address = publish("One", f"![x]({found.largest})")
    by_cover = publish("Two", cover="my-lake.jpg")
    assert [use.post_id for use in uses().of(lake) if use.kind == "post"] == [by_address, by_cover]


@given(st.from_regex(shelf.NAME, fullmatch=True), st.sampled_from(["![]({})", "({}", "a {} b", "<{}>"]))
def test_every_name_that_a_text_can_have_is_found_in_it(name: str, text: str) -> None:
    assert name.removeprefix("./").rstrip(".") in names_in(text.format(name))


def test_what_is_typed_and_not_saved_counts_until_it_is_gone(lake: str) -> None:
    copy = WorkingCopy(base_version=0, fields={"title": "New", "source": "![](my-lake.jpg)"}, rev=1, updated_at=now())
    with writing() as session:
        session.add(copy)
    (use,) = uses().of(lake)
    assert (use.kind, use.title, use.post_id, use.number) == ("copy", "New", None, copy.id)
    with writing() as session:
        session.execute(update(WorkingCopy).values(fields={}))
    assert uses().of(lake) == []


def test_earlier_texts_count_as_long_as_they_are_recent(publish: Publish, lake: str) -> None:
    post_id = publish("On lakes", "![](my-lake.jpg)")
    change(post_id, source="Nothing to see.")
    change(post_id, source="Nothing at all.")
    assert {use.kind for use in uses().of(lake)} == {"revision"}
    with pytest.raises(Conflict, match="an earlier text of “On lakes”"):
        library.throw_away(lake)
    age(Revision, days=31)
    assert uses().of(lake) == []
    assert [use.kind for use in uses(timedelta(days=400)).of(lake)] == ["revision"]
    library.throw_away(lake)


def test_the_earlier_text_that_is_named_is_the_last_that_shows_it(publish: Publish, lake: str) -> None:
    hill = shelf.take_in(photograph(50, 40), "hill.jpg").hash
    one, other = "![](my-lake.jpg)", "![A hill](hill.jpg)"
    texts = [
        "x",
        one,
        f"{one}\n{other}",
        f"y\n{one}",
        f"{other}\nz",
        one,
        "y",
        f"{other}, {one}",
        "z",
        f"w\n{other}",
        "v",
    ]
    first, second = publish("First", texts[0]), publish("Second", one)
    for text in texts[1:]:
        change(first, source=text)
    change(second, source="None.")
    for key, name in ((lake, "my-lake.jpg"), (hill, "hill.jpg")):
        last = {
            revision.post_id: revision.number
            for revision in db.session.scalars(select(Revision).order_by(Revision.number))
            if name in revision.source
        }
        assert {use.post_id: use.number for use in uses().of(key) if use.kind == "revision"} == last


def test_of_two_with_one_name_a_text_shows_the_last(publish: Publish) -> None:
    old = shelf.take_in(photograph(50, 40), "x.png").hash
    new = shelf.take_in(photograph(70, 40), "x.png").hash
    publish("Late", "![x](x.png)")
    assert (uses().of(old), len(uses().of(new))) == ([], 2)  # the post, and its revision


def test_what_a_page_shows_is_in_use_although_its_name_means_another_by_now(publish: Publish) -> None:
    old = shelf.take_in(photograph(50, 40), "x.png").hash
    publish("Early", "![x](x.png)")
    shelf.take_in(photograph(70, 40), "x.png")
    assert [use.title for use in uses().of(old)] == ["Early"]


def test_it_is_refused_while_it_is_shown_and_then_gone_with_its_files(publish: Publish, lake: str) -> None:
    post_id = publish("On lakes", "![](my-lake.jpg)")
    with pytest.raises(Conflict, match="shown by “On lakes”"):
        library.throw_away(lake)
    assert shelf.find("my-lake.jpg")
    editing.delete(post_id)
    library.throw_away(lake)
    assert shelf.find("my-lake.jpg") is None
    assert on_disk() == set()
    with pytest.raises(NotFound):
        library.throw_away(lake)


def test_all_its_names_go_and_a_figure_of_the_site_stays() -> None:
    for name in ("a.jpg", "b.jpg", "/static/figures/lake.jpg"):
        key = shelf.take_in(photograph(), name).hash
    library.throw_away(key)
    assert [name for name in ("a.jpg", "b.jpg", "/static/figures/lake.jpg") if shelf.find(name)] == [
        "/static/figures/lake.jpg"
    ]
    assert len(on_disk()) == 1


def test_a_picture_taken_in_while_it_is_thrown_away_is_whole(monkeypatch: pytest.MonkeyPatch, lake: str) -> None:
    """The other comes between the look for its files and the row."""
    whole, looks = shelf._whole, []

    def in_between(picture: Picture) -> bool:
        looks.append(picture)
        if len(looks) == 1:
            assert whole(picture)
            library.throw_away(lake)
            return True
        return whole(picture)

    monkeypatch.setattr(shelf, "_whole", in_between)
    found = shelf.take_in(photograph(), "my-lake.jpg")
    assert all(files.path(name).exists() for name, _ in found.files)
    assert len(looks) > 2


def test_only_what_nobody_shows_and_nobody_has_just_taken_in_goes_at_once(publish: Publish) -> None:
    keys = {name: shelf.take_in(photograph(60 + n, 40), f"{name}.png").hash for n, name in enumerate("abcd")}
    publish("x", "![x](a.png)")
    assert library.unused() == []
    age(Picture, days=31)
    late = shelf.take_in(photograph(99, 40), "late.png").hash
    assert {entry.picture.name for entry in library.unused()} == {"b.png", "c.png", "d.png"}
    publish("y", "![x](d.png)")  # between the page and its button
    assert library.throw_away_unused([keys["a"], keys["b"], keys["d"], late]) == 1
    assert {picture.name for picture in shelf.everything()} == {"a.png", "c.png", "d.png", "late.png"}
    assert not any(name.startswith(keys["b"]) for name in on_disk())


def test_it_is_looked_through_by_name_by_words_and_page_by_page(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        shelf.take_in(photograph(60 + number, 40), f"lake-{number}.png", "Water" if number else "")
    publish("x", "![](lake-3.png)")
    monkeypatch.setattr(library, "PAGE", 2)
    names = [entry.picture.name for number in (1, 2, 3) for entry in library.leaf(number=number).entries]
    assert names == [f"lake-{number}.png" for number in (4, 3, 2, 1, 0)]
    assert library.leaf("LAKE-2").total == 1
    assert library.leaf("water").total == 4
    assert library.leaf(only="unused").total == 4
    assert [entry.picture.name for entry in library.leaf(only="silent").entries] == ["lake-0.png"]
    for number in (0, 4):
        with pytest.raises(NotFound):
            library.leaf(number=number)


def test_what_it_shows_is_said_anew_where_a_post_says_nothing_of_its_own(publish: Publish, lake: str) -> None:
    publish("Silent", "![](my-lake.jpg)")
    publish("Speaking", "![Mine](my-lake.jpg) ![](my-lake.jpg)")
    assert alts_of(lake) == [("Silent", "A lake"), ("Speaking", "Mine"), ("Speaking", "A lake")]
    library.describe(lake, 'A "big" lake')
    assert alts_of(lake) == [("Silent", 'A "big" lake'), ("Speaking", "Mine"), ("Speaking", 'A "big" lake')]
    assert {post.version for post in db.session.scalars(db.select(Post))} == {1}


def test_a_name_is_not_taken_from_another_by_who_asks_first(lake: str) -> None:
    with pytest.raises(shelf.NameTaken):
        shelf.take_in(photograph(70, 40), "my-lake.jpg", alone=True)
    assert shelf.take_in(photograph(), "my-lake.jpg", alone=True).hash == lake


def test_files_are_removed_once(tmp_path: Path, lake: str) -> None:
    (name, _), *_ = library.entries(lake)[0].picture.files
    files.remove(name)
    files.remove(name)
    assert name not in on_disk()
