"""The shelf of styles, and what a run makes of each kind of style."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from app import demos
from app.algorithms.vision import styles
from app.algorithms.vision.paintings import PAINTINGS
from app.demos.kinds import Picture, Upload
from app.demos.style_transfer import run as style_run

CREDITS = (Path(__file__).parents[3] / "CREDITS.md").read_text(encoding="utf-8")
CHEAP = {"content": "cat", "size": "256", "steps": "20"}


@pytest.fixture
def shelf() -> Picture:
    kind = next(field.kind for field in demos.get("style-transfer").fields if field.name == "style")
    assert isinstance(kind, Picture)
    return kind


@pytest.mark.parametrize("name", PAINTINGS)
def test_every_painting_is_on_the_shelf_and_in_the_credits(shelf: Picture, name: str) -> None:
    with Image.open(shelf.names[name]) as swatch:
        assert swatch.size[0] == swatch.size[1] >= 176
    painting = PAINTINGS[name]
    assert shelf.shelves[0].caption(name) == f"{painting.title}, {painting.painter}, {painting.year}"
    row = next(line for line in CREDITS.splitlines() if line.startswith(f"| `{name}` |"))
    assert row.split(" | ")[1:4] == [painting.title, painting.painter, str(painting.year)]


def test_no_name_is_on_two_shelves(shelf: Picture) -> None:
    assert len(shelf.names) == sum(len(each.names) for each in shelf.shelves)
    assert len(shelf.shelves[0].names) == len(PAINTINGS)


class Asked(Exception):
    """Ends a run where the algorithm would begin."""


def style_of(monkeypatch: pytest.MonkeyPatch, given: dict[str, str], files: dict[str, Upload] | None = None) -> object:
    """What the algorithm is handed as the style."""

    def stylise(content: Image.Image, style: object, **options: object) -> None:
        raise Asked(style)

    monkeypatch.setattr(style_run, "stylise", stylise)
    with pytest.raises(Asked) as asked:
        list(style_run.run(demos.get("style-transfer").parse(CHEAP | given, files)))
    return asked.value.args[0]


def test_a_painting_is_its_statistics(monkeypatch: pytest.MonkeyPatch) -> None:
    assert style_of(monkeypatch, {"style": "starry-night"}) is styles.load("starry-night")


def test_a_drawn_style_and_a_readers_own_are_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(file, "PNG")

    class Own(io.BytesIO):
        filename = "starry-night.png"

    drawn = style_of(monkeypatch, {"style": "woodcut"})
    own = style_of(monkeypatch, {}, {"style": Own(file.getvalue())})
    assert isinstance(drawn, Image.Image) and drawn.size == (512, 512)
    assert isinstance(own, Image.Image) and own.size == (8, 6)


def test_a_painting_can_be_run() -> None:
    updates = list(style_run.run(demos.get("style-transfer").parse(CHEAP | {"style": "great-wave"})))
    losses = [update.data["losses"]["style"] for update in updates]
    assert losses[-1] < losses[0]
    assert max(updates[-1].pictures["result"].size) == 256
