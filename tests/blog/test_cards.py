"""Cards: their colours, their lines, their picture; drawn once for each version, and never by a page."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.blog import editing
from app.blog.cards import card, drawing
from app.blog.cards.colours import srgb, token
from app.blog.cards.lettering import SERIF, _lines, drawable, font, set_in
from app.blog.transfer import manuscript_of
from app.db import now

Publish = Callable[..., int]

PHRASES = (
    "What a convolutional network looks for, and how one finds out",
    "Object detection, part 2: one object, one box",
    "One network, two answers: the largest object",
    "a bb ccc dddd eeeee ffffff ggggggg hhhhhhhh iiiiiiiii",
)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def drawn(title: str, cover: Path | None = None) -> Image.Image:
    return opened(drawing.draw(drawing.Words(title, "A series, part 1 of 2", "Test press"), cover))


def change(app: Flask, number: int, **fields: object) -> None:
    with app.test_request_context():
        post = editing.get(number)
        editing.save(number, post.version, replace(manuscript_of(post), **fields))  # type: ignore[arg-type]


def address(app: Flask, number: int) -> str:
    with app.test_request_context():
        return card.address(editing.get(number))


@pytest.mark.parametrize(
    ("oklch", "expected"),
    [  # of the Web Platform Tests for CSS Color 4
        ((0.51975, 0.17686, 142.495), (0, 128, 0)),
        ((0.0, 0.0, 0.0), (0, 0, 0)),
        ((1.0, 0.0, 0.0), (255, 255, 255)),
        ((0.627955, 0.257683, 29.234), (255, 0, 0)),
        ((0.452014, 0.313214, 264.052), (0, 0, 255)),
    ],
)
def test_colours_are_those_of_browsers(oklch: tuple[float, float, float], expected: tuple[int, int, int]) -> None:
    assert all(abs(ours - theirs) <= 1 for ours, theirs in zip(srgb(*oklch), expected, strict=True))


@pytest.mark.parametrize("phrase", PHRASES)
def test_lines_are_as_few_and_as_even_as_they_can_be(phrase: str) -> None:
    block = set_in(phrase, SERIF, 520, 400, range(96, 39, -4), 1.14)
    type_ = font(SERIF, block.size)
    widths = [type_.getlength(line) for line in block.lines]
    assert " ".join(block.lines) == phrase
    assert max(widths) <= 520
    assert len(block.lines) == len(_lines(phrase, type_, 520))
    evenest = min(spread for spread in spreads(phrase.split(), len(block.lines), type_.getlength))
    assert sum(width**2 for width in widths) == pytest.approx(evenest)


def spreads(words: list[str], lines: int, width: Callable[[str], float]) -> list[float]:
    """The sums of the squares of their widths, of all the ways to break words into lines of 520 pixels at most."""
    found = []
    for places in combinations(range(1, len(words)), lines - 1):
        edges = [0, *places, len(words)]
        widths = [width(" ".join(words[start:end])) for start, end in pairwise(edges)]
        found += [sum(width**2 for width in widths)] if max(widths) <= 520 else []
    return found


def test_a_longer_title_is_set_smaller_and_the_longest_is_cut() -> None:
    sizes = range(96, 39, -4)
    blocks = [set_in("word " * count, SERIF, 520, 400, sizes, 1.14) for count in (1, 8, 20, 200)]
    assert [block.size for block in blocks] == sorted({block.size for block in blocks} | {40}, reverse=True)
    assert blocks[-1].lines[-1].endswith("word…")
    assert all(len(block.lines) * block.size * 1.14 <= 400 for block in blocks)


def test_no_text_takes_no_line() -> None:
    assert set_in("", SERIF, 520, 400, range(96, 39, -4), 1.14).lines == []


def test_a_word_wider_than_its_line_is_broken() -> None:
    block = set_in("x" * 150, SERIF, 520, 400, range(96, 39, -4), 1.14)
    assert "".join(block.lines) == "x" * 150
    assert all(block.font.getlength(line) <= 520 for line in block.lines)


def test_letters_stay_and_signs_that_no_font_has_go() -> None:
    assert drawable("Café “10×” → π")[0] == "Café “10×” → π"
    assert drawable("Ready 🎉 go\u200d!")[0] == "Ready go!"
    assert drawable("🎉🎉")[0] == ""


@settings(max_examples=8, deadline=None)
@given(st.text(max_size=30))
def test_any_title_gives_a_card(title: str) -> None:
    assert drawn(title).size == (1200, 630)


@pytest.mark.parametrize("title", ["畳み込みネットワークは何を見ているのか", "😀", "", "مرحبا بالعالم", "\u0000\ud83d"])
def test_titles_of_other_scripts_give_a_card(title: str) -> None:
    assert drawn(title).size == (1200, 630)


def test_a_card_is_paper_and_its_title_ink() -> None:
    seen = drawn("A title")
    assert seen.getpixel((5, 5)) == token("day-paper")
    colours = {colour for _, colour in seen.getcolors(1 << 24)}
    assert {token("day-ink"), token("day-accent")} <= colours


def test_the_cover_is_on_the_right(tmp_path: Path) -> None:
    Image.new("RGB", (400, 900), (10, 200, 30)).save(tmp_path / "cover.png")
    seen = drawn("A title", tmp_path / "cover.png")
    assert seen.getpixel((950, 315)) == (10, 200, 30)
    assert seen.getpixel((1195, 315)) == token("day-paper")


def test_a_broken_cover_leaves_its_place_empty(tmp_path: Path) -> None:
    (tmp_path / "cover.png").write_bytes(b"no picture")
    assert drawn("A title", tmp_path / "cover.png").tobytes() == drawn("A title").tobytes()


def test_a_card_is_drawn_once_and_kept_for_ever(
    app: Flask, client: FlaskClient, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    draw = drawing.draw
    monkeypatch.setattr(drawing, "draw", lambda *given: calls.append(given) or draw(*given))
    number = publish("One")
    client.get("/")
    client.get("/posts/one")
    url = address(app, number)
    assert calls == []  # no page waits for a card
    first, second = client.get(url), client.get(url)
    assert first.data == second.data
    assert len(calls) == 1
    assert first.mimetype == "image/png"
    assert "immutable" in first.headers["Cache-Control"]
    assert client.get("/cards/one.png?v=old").headers["Cache-Control"] == "no-cache"
    assert client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_changed_title_is_a_new_card_and_the_old_one_goes(app: Flask, client: FlaskClient, publish: Publish) -> None:
    number, other = publish("One"), publish("Other")
    before = address(app, number)
    client.get(before)
    client.get(address(app, other))
    change(app, number, title="Two")
    after = address(app, number)
    assert after != before
    assert client.get(after).data != client.get(address(app, other)).data
    folder = app.config["SETTINGS"].DATA / "cards"
    assert sorted(file.name.partition("-")[0] for file in folder.iterdir()) == sorted([str(number), str(other)])
    with app.test_request_context():
        editing.delete(other)
    change(app, number, title="Three")
    client.get(address(app, number))
    assert [file.name.partition("-")[0] for file in folder.iterdir()] == [str(number)]


def test_the_text_alone_changes_no_card(app: Flask, publish: Publish) -> None:
    number = publish("One")
    before = address(app, number)
    change(app, number, source="Another text.")
    assert address(app, number) == before


def test_the_length_of_a_series_is_on_the_card(app: Flask, publish: Publish) -> None:
    number = publish("One", series="S", part=1)
    before = address(app, number)
    publish("Two", series="S", part=2)
    assert address(app, number) != before


def test_the_card_of_a_post_that_moved_is_still_there(app: Flask, client: FlaskClient, publish: Publish) -> None:
    number = publish("One", slug="first")
    before = address(app, number)
    change(app, number, slug="second")
    assert "immutable" in client.get(before).headers["Cache-Control"]


def test_what_is_not_public_has_no_card(client: FlaskClient, publish: Publish) -> None:
    publish("Draft", status="draft")
    publish("Later", published_at=now() + timedelta(hours=1))
    assert {client.get(f"/cards/{slug}.png").status_code for slug in ("draft", "later", "none")} == {404}


def test_the_site_has_a_card(client: FlaskClient) -> None:
    assert opened(client.get("/card.png").data).size == (1200, 630)
