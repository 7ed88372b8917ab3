from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.demos.kinds import Choice, Kind, Number, Picture, Refused, Shelf, Text, Toggle

STEPS = Number("Steps", 20, 500)
STRENGTH = Number("Strength", 0, 1, 0.05)
SIZE = Choice("Size", {"256": "Small", "512": "Large"})
NAME = Text("Name", longest=5)


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    Image.new("RGB", (3, 2), "red").save(tmp_path / "red.webp")
    (tmp_path / "notes.txt").write_text("no picture")
    return Picture("Photograph", shelf=tmp_path)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [(STEPS, "150", 150), (STRENGTH, "0.35", 0.35), (SIZE, "512", "512"), (Toggle("Keep"), "on", True),
     (Toggle("Keep"), "0", False), (NAME, "Ann", "Ann")],
)  # fmt: skip
def test_a_value_is_read(kind: Kind, text: str, value: object) -> None:
    assert kind.parse(text) == value
    assert type(kind.parse(text)) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [(STEPS, "many", "whole number"), (STEPS, "1.5", "whole number"), (STEPS, "19", "from 20 to 500"),
     (STEPS, "501", "from 20 to 500"), (STRENGTH, "nan", "from 0 to 1"), (STRENGTH, "inf", "from 0 to 1"),
     (STRENGTH, "1e400", "from 0 to 1"), (SIZE, "384", "256 or 512"), (Toggle("Keep"), "maybe", "true or false"),
     (NAME, "Annabel", "5 characters")],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_the_label_and_what_is_allowed(kind: Kind, text: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        kind.parse(text)
    assert words in str(refused.value)
    assert kind.label in str(refused.value)


@given(st.text())
def test_no_text_breaks_a_kind(text: str) -> None:
    for kind in (STEPS, STRENGTH, SIZE, NAME, Toggle("Keep"), Picture("Photograph")):
        try:
            kind.parse(text)
        except Refused as refused:
            assert len(str(refused)) < 200


def test_a_shelf_holds_its_pictures_by_name(picture: Picture) -> None:
    assert picture.parse("red").image.size == (3, 2)
    assert picture.dump(picture.parse("red")) == {"name": "red"}
    with pytest.raises(Refused, match="red"):
        picture.parse("../red")
    with pytest.raises(Refused):
        picture.parse("notes")


def test_several_shelves_hold_their_pictures_in_the_order_of_their_captions(tmp_path: Path) -> None:
    for name in ("plain/blue-sky", "told/alder", "told/birch", "told/cedar"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        Image.new("RGB", (3, 2)).save(tmp_path / f"{name}.png")
    told = Shelf(tmp_path / "told", "Trees", {"cedar": "A cedar of Lebanon", "oak": "Not here", "alder": "An alder"})
    picture = Picture("Photograph", shelf=(told, Shelf(tmp_path / "plain")))
    assert list(picture.names) == ["cedar", "alder", "birch", "blue-sky"]
    assert [told.caption(name) for name in told.names] == ["A cedar of Lebanon", "An alder", "Birch"]
    assert picture.parse("blue-sky").name == "blue-sky"
    assert picture.schema()["anyOf"][1]["enum"] == list(picture.names)


@pytest.mark.parametrize("kind", [STEPS, STRENGTH, SIZE, NAME, Toggle("Keep")])
def test_a_schema_names_a_type(kind: Kind) -> None:
    assert kind.schema()["type"] in {"integer", "number", "string", "boolean"}
