"""The gallery is the one made here, is small, and says of every picture whose it is."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.gallery import LONGEST, PICTURES, SOURCES, credit, picture

HERE = Path(__file__).parents[2]
GALLERY = HERE / "app/demos/feature_maps/gallery"
MOST = 700_000  # bytes of all pictures
FREE = {"CC0 1.0", "CC BY 2.0", "public domain"}


def test_what_lies_there_is_what_is_made_here_and_small():
    assert {file.stem for file in GALLERY.glob("*.webp")} == set(PICTURES)
    assert sum(file.stat().st_size for file in GALLERY.iterdir()) <= MOST


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_one_made_here(name: str):
    again, there = picture(name), Image.open(GALLERY / f"{name}.webp").convert("RGB")
    assert again.size == there.size and max(again.size) <= LONGEST
    assert np.abs(np.asarray(again, np.int16) - np.asarray(there, np.int16)).mean() < 8, "WebP is lossy, not false"


@pytest.mark.parametrize("name", [name for name, (_, box, _) in PICTURES.items() if box])
def test_a_detail_lies_within_its_picture_and_is_not_enlarged(name: str):
    source, box, _ = PICTURES[name]
    assert box is not None
    height, width = SOURCES[source].load().shape[:2]
    left, top, right, bottom = box
    assert 0 <= left < right <= width and 0 <= top < bottom <= height
    made = picture(name)
    assert made.width <= right - left and made.height <= bottom - top


def test_every_picture_is_credited_where_readers_and_authors_look():
    said = json.loads((GALLERY / "credits.json").read_text(encoding="utf-8"))
    credits = (HERE / "CREDITS.md").read_text(encoding="utf-8")
    assert said == {name: credit(name) for name in PICTURES}
    for name, words in said.items():
        assert words["licence"] in FREE and all(words.values())
        assert f"`{name}`" in credits and words["author"] in credits
