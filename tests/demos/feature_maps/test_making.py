"""What is made ahead: every file with its numbers, once, the same each time, and again where it was stopped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from app.algorithms.vision.feature_maps.layers import layers
from app.demos.feature_maps import atlases, combinations, gallery, making, portraits, sheets
from app.errors import AppError

STEM = layers("detector")["stem"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two photographs, small drawings of few steps, made in a folder of their own."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "HERE", folder)
        patch.setattr(atlases, "FOLDER", folder / "atlas")
        patch.setattr(combinations, "FOLDER", folder / "switches")
        patch.setattr(making, "UNTRAINED", ("detector/stem",))
        patch.setattr(making, "CROPS", 3)
        patch.setattr(atlases, "CHARTED", ("detector/stem",))
        patch.setattr(atlases, "GRIDS", (2, 3))
        patch.setattr(combinations, "CHANNELS", ("detector/stem/3",))
        patch.setattr(combinations, "SIZE", 64)
        patch.setattr(portraits, "DRAWN", 32)
        for module in (portraits, atlases, combinations):
            patch.setattr(module, "STEPS", 2)
        patch.setitem(gallery.shelf().__dict__, "names", dict(list(gallery.shelf().names.items())[:2]))
        lines = made()
        assert len(lines) == 4 and all(" kB in " in line and line.endswith(" s") for line in lines)
        yield folder


def made(**given: str | bool | None) -> list[str]:
    asked = {"network": "detector", "layer": "stem", "again": False} | given
    return list(making.make_all(**asked))  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_a_layer_gets_its_sheet_its_atlas_and_its_combinations(small: Path) -> None:
    assert set(files(small)) == {
        "sheets/detector/stem.json",
        "sheets/detector/stem.webp",
        "sheets/detector/stem.untrained.webp",
        "atlas/detector-stem.json",
        "atlas/detector-stem.webp",
        "switches/detector-stem-3.json",
        "switches/detector-stem-3.webp",
    }


def test_a_sheet_has_a_tile_and_numbers_for_every_channel(small: Path) -> None:
    sheet = sheets.find("detector", "stem")
    assert sheet is not None and sheet.untrained is not None
    for file in (sheet.picture, sheet.untrained):
        with Image.open(file) as picture:
            assert picture.size == sheet.size
    for name in ("activation", "mean", "deviation", "usual", "best", "tops", "artefacts"):
        assert len(sheet.about[name]) == STEM.channels
    for tops in sheet.about["tops"]:
        assert all(0 <= x <= 1 and 0 <= y <= 1 for _, x, y, _ in tops)
        scores = [score for *_, score in tops]
        assert scores == sorted(scores, reverse=True)


def test_an_atlas_has_an_icon_for_every_cell(small: Path) -> None:
    told = json.loads((small / "atlas/detector-stem.json").read_text())
    count = sum(len(grid["cells"]) for grid in told["grids"])
    assert [grid["first"] for grid in told["grids"]] == [0, len(told["grids"][0]["cells"])]
    with Image.open(small / "atlas/detector-stem.webp") as picture:
        rows = -(-count // told["columns"])
        assert picture.size == (told["tile"] * told["columns"], told["tile"] * rows)
    for grid in told["grids"]:
        assert len({(column, row) for column, row, *_ in grid["cells"]}) == len(grid["cells"])
        assert all(number < len(told["pictures"]) for _, _, _, number, _, _ in grid["cells"])


def test_combinations_are_told_by_their_bits(small: Path) -> None:
    told = json.loads((small / "switches/detector-stem-3.json").read_text())
    assert len(told["activation"]) == 32 == 2 ** len(told["switches"])
    # Without growing there is nothing to blur after it: bit 1 alone changes nothing, beside bit 0 it does.
    assert told["activation"][0] == told["activation"][2] != told["activation"][1]


def test_what_is_there_is_left_and_what_is_made_again_is_the_same(small: Path) -> None:
    before = files(small)
    assert all(line.endswith("is there.") for line in made())
    (small / "sheets/detector/stem.json").unlink()
    assert [line.endswith("is there.") for line in made()] == [False, True, True, True]
    assert files(small) == before


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"network": "alexnet"}, "there are style-encoder"),
        ({"layer": "relu9_9"}, "there are stem"),
        ({"network": None, "layer": "relu9_9"}, "there are relu1_1"),
        ({"network": "resnet34", "layer": None}, "not on this server"),
    ],
)
def test_what_there_is_not_is_refused_in_a_sentence(app: Flask, given: dict[str, str | None], words: str) -> None:
    with app.app_context(), pytest.raises(AppError, match=words):
        made(**given)
