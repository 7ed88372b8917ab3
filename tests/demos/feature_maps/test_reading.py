"""What is read of a photograph: every map lies where the data says, and covering shows what the channel needs."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.algorithms.vision.feature_maps.layers import layers
from app.demos.base import Update
from app.demos.feature_maps.reading import LISTED
from tests.demos.feature_maps.conftest import Run


@pytest.fixture
def read(ran: Run) -> Update:
    return ran(question="photo", photo="coffee")[-1]


def cut(update: Update, file: str, place: list[int]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    offset, width, height = place
    return np.frombuffer(update.files[file], np.uint8, width * height, offset).reshape(height, width)


def test_every_layer_has_its_strongest_channels_in_order(read: Update) -> None:
    assert list(read.data["strongest"]) == list(layers("detector"))
    for name, listed in read.data["strongest"].items():
        assert len({one["channel"] for one in listed}) == LISTED
        assert all(0 <= one["channel"] < layers("detector")[name].channels for one in listed)
        assert [one["ratio"] for one in listed] == sorted((one["ratio"] for one in listed), reverse=True)


def test_the_maps_fill_their_files_without_gap_or_overlap(read: Update) -> None:
    entries = [one for listed in read.data["strongest"].values() for one in listed] + [read.data["asked"]]
    assert sum(one["map"][1] * one["map"][2] for one in entries) == len(read.files["maps"])
    offsets = sorted(one["map"] for one in entries)
    ends = [offset + width * height for offset, width, height in offsets]
    assert [offset for offset, *_ in offsets] == [0, *ends[:-1]]
    assert all(cut(read, "maps", one["map"]).max() == 255 for one in entries if one["peak"] > 0)


def test_places_lie_in_the_photograph_and_on_what_lights_up(read: Update) -> None:
    asked = read.data["asked"]
    map = cut(read, "maps", asked["map"])
    height, width = map.shape
    for left, top, right, bottom in asked["places"]:
        assert 0 <= left < right <= 1 and 0 <= top < bottom <= 1
    left, top, right, bottom = asked["places"][0]
    inside = map[int(top * height) : int(bottom * height) + 1, int(left * width) : int(right * width) + 1]
    assert inside.max() > map.mean()


def test_classes_are_sure_of_what_is_there(read: Update) -> None:
    scores = [one["score"] for one in read.data["classes"]]
    assert read.data["classes"][0]["label"] == "cup" and scores == sorted(scores, reverse=True)
    for one in read.data["classes"]:
        assert cut(read, "cams", one["map"]).max() == 255


def test_covering_is_told_for_every_part(read: Update) -> None:
    told = read.data["occlusion"]
    falls = np.frombuffer(read.files["occlusion"], "<f4").reshape(told["rows"], told["columns"])
    assert falls.max() == pytest.approx(told["drop"], rel=1e-3)
    last = told["left"] + (told["columns"] - 1) * told["across"]
    assert 0 < told["left"] < last < 1 and last == pytest.approx(1 - told["left"])


def test_a_larger_square_covers_more(ran: Run) -> None:
    small, large = (ran(question="photo", occluder=side)[-1] for side in ("16", "96"))
    assert large.data["occlusion"]["side_x"] > small.data["occlusion"]["side_x"]
    falls = [np.frombuffer(one.files["occlusion"], "<f4").mean() for one in (small, large)]
    assert falls[1] != falls[0]


def test_each_step_adds_to_what_is_shown_and_takes_nothing_away(ran: Run) -> None:
    updates = ran(question="photo")
    assert [update.data["step"] for update in updates] == [1, 2, 3]
    assert [update.data["of"] for update in updates] == [3, 3, 3]
    for before, after in pairwise(updates):
        assert before.data.keys() < after.data.keys() or before.data.keys() == after.data.keys()
        assert before.pictures.keys() <= after.pictures.keys()
    assert {"result", "photo", "patches", "cam"} == set(updates[-1].pictures)
    assert {"maps", "cams", "occlusion"} == set(updates[-1].files)


def test_what_learned_nothing_is_compared_with_its_own_layer(ran: Run) -> None:
    read = ran(question="photo", untrained="1")[-1]
    assert read.data["compared"] == "layer" and read.data["best"] is None


def test_the_overlay_is_the_photograph_dimmed(read: Update) -> None:
    photo, result = (np.asarray(read.pictures[name].convert("L"), float) for name in ("photo", "result"))
    assert result.mean() < photo.mean()
    assert isinstance(read.pictures["patches"], Image.Image)
