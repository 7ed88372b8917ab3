"""A zip of everything: taken in where nothing is, it goes out again as the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app import blog
from app.blog import archive, editing, rendering
from app.blog.exchange import bundle, parcel
from app.blog.exchange.intake import Arrival, Intake
from app.blog.manuscript import Manuscript
from app.blog.models import FormerAddress
from app.blog.pictures import shelf
from app.blog.pictures.models import Picture
from app.db import writing
from tests.blog.test_frontmatter import manuscripts
from tests.pictures import photograph

SHIPPED = Path(blog.__file__).parent / "posts"
NAMES = ("lake.jpg", "more/lake.jpg", "Über.png", "a-b_c.d.png", "x.svg")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path d="M0 0h9"/></svg>'
FILES = {name: SVG if name.endswith("svg") else photograph(20 + number, 20, "PNG") for number, name in enumerate(NAMES)}
sources = st.lists(
    st.one_of(
        st.sampled_from(["\r\n", "\n\n", "```\n![](lake.jpg)\n```\n", "- a\n\n    b\n", "$x$", "\ttab  \n"]),
        st.sampled_from(NAMES).map(lambda name: f"![alt](<{name}>)" if " " in name else f"![alt]({name})\n"),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    ),
    max_size=6,
).map("".join)
several = st.lists(
    st.builds(
        lambda made, source, cover: replace(made, source=source, cover=cover, status="draft", kind="post"),
        manuscripts.filter(lambda made: not made.check()),
        sources,
        st.sampled_from(["", *NAMES]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda made: made.slug,
)


def out() -> bytes:
    written = io.BytesIO()
    bundle.write(written)
    return written.getvalue()


def came_in(data: bytes) -> list[Arrival]:
    return list(Intake(parcel.of_zip(io.BytesIO(data))).taken_in())


def wipe() -> None:
    for post in editing.everything():
        editing.delete(post.id)
    with writing() as session:
        session.execute(delete(FormerAddress))
        session.execute(delete(Picture))


def fill(made: Sequence[Manuscript], files: dict[str, bytes]) -> None:
    for name, data in files.items():
        shelf.take_in(data, name, "" if "b" in name else f"What {name} shows")
    taken = {manuscript.slug for manuscript in made}
    for manuscript in made:
        aliases = tuple(alias for alias in manuscript.aliases if alias not in taken)
        taken |= set(aliases)
        editing.create(replace(manuscript, aliases=aliases))


def test_whatever_is_written_goes_out_and_comes_in_as_the_same_bytes(app: Flask) -> None:
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(several)
    def attempt(made: list[Manuscript]) -> None:
        wipe()
        told = "".join(manuscript.source + manuscript.cover for manuscript in made)
        fill(made, {name: data for name, data in FILES.items() if name in told})
        once = out()
        wipe()
        assert {each.outcome for each in came_in(once)} == {"added"}
        assert out() == once
        assert {each.outcome for each in came_in(once)} == {"same"}

    with app.test_request_context():
        attempt()


def test_the_shipped_posts_do(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "embed", lambda: lambda name, options: f"<section>{name}</section>")
    with app.test_request_context():
        for arrival in Intake(parcel.of_path(SHIPPED)).taken_in():
            assert arrival.outcome == "added", arrival.sentence
        once = out()
        wipe()
        came_in(once)
        assert out() == once
    with zipfile.ZipFile(io.BytesIO(once)) as made:
        for file in SHIPPED.glob("*.md"):
            shipped, written = file.read_bytes(), made.read(f"posts/{file.name}")
            assert written.partition(b"---\n\n")[2] == shipped.partition(b"---\n\n")[2]


def test_a_picture_meant_by_its_address_gets_a_name(app: Flask, publish: Callable[..., int]) -> None:
    with app.test_request_context():
        first = shelf.take_in(photograph(30, 20), "lake.jpg", "A lake")
        name, address = f"{first.hash}.{first.kind}", shelf.shown(first).usual
        shelf.take_in(photograph(40, 20), "lake.jpg", "Another")
        publish("Old", f"![A lake]({address}) and ![Another](lake.jpg)", slug="old")
        once = out()
        wipe()
        came_in(once)
        assert out() == once
        source = archive.post("old").source
        assert source == f"![A lake]({name}) and ![Another](lake.jpg)"
        assert (known := shelf.find(name)) and known.width == 30


def test_earlier_addresses_and_settings_are_told(app: Flask, publish: Callable[..., int]) -> None:
    with app.test_request_context():
        publish("A", "x", slug="a", aliases=("2019/a.html",))
        with zipfile.ZipFile(io.BytesIO(out())) as made:
            assert made.read("redirects.txt") == (b"/2019/a.html /posts/a 301\n/posts/2019/a.html /posts/a 301\n")
            told = made.read("settings.env").decode()
    assert "NAME='Test press'\n" in told
    assert "SECRET_KEY" not in told
    assert "DATA=" not in told


def test_a_picture_that_is_here_under_the_same_name_is_not_replaced(app: Flask, publish: Callable[..., int]) -> None:
    with app.test_request_context():
        shelf.take_in(photograph(30, 20), "lake.jpg", "Theirs")
        publish("Theirs", "![A lake](lake.jpg)", slug="theirs")
        theirs = out()
        wipe()
        shelf.take_in(photograph(50, 20), "lake.jpg", "Mine")
        publish("Mine", "![A lake](lake.jpg)", slug="mine")
        came_in(theirs)
        assert archive.post("theirs").source == "![A lake](theirs/lake.jpg)"
        assert [(shelf.find(name) or shelf.Shown(0, 0)).width for name in ("lake.jpg", "theirs/lake.jpg")] == [50, 30]
