"""The sheets that ship: one of every layer, all channels on it, and light."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from app.algorithms.vision.feature_maps.layers import LOGITS, SHIPPED, Layer, address, classes, layers
from app.demos.feature_maps import combinations, gallery, sheets
from app.demos.feature_maps.about import HERE
from app.demos.feature_maps.atlases import CHARTED
from app.demos.feature_maps.making import UNTRAINED

MOST_SHEETS, MOST_BESIDE = 2_000_000, 600_000
LAYERS = [(network, layer) for network in SHIPPED for layer in layers(network).values()]
every_layer = pytest.mark.parametrize(("network", "layer"), LAYERS, ids=lambda one: getattr(one, "name", one))


def weight(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def test_all_sheets_together_are_under_two_megabytes() -> None:
    assert weight(HERE / "sheets") <= MOST_SHEETS
    assert weight(HERE / "atlas") + weight(HERE / "switches") <= MOST_BESIDE


@every_layer
def test_a_layers_sheet_tells_of_every_channel(network: str, layer: Layer) -> None:
    sheet = sheets.find(network, layer.name)
    assert sheet is not None
    with Image.open(sheet.picture) as picture:
        assert picture.size == sheet.size
    told = sheet.about
    assert (told["channels"], told["stride"], told["field"]) == (layer.channels, layer.stride, layer.field)
    for name in ("activation", "mean", "deviation", "usual", "best", "tops", "artefacts"):
        assert len(told[name]) == layer.channels, name
    assert all(0 <= share <= 1 for share in told["artefacts"])
    assert told["labels"] == (list(classes(network)) if layer.name == LOGITS else [])
    assert set(told["pictures"]) <= set(gallery.shelf().names)


@every_layer
def test_the_best_places_are_few_of_each_photograph_and_in_order(network: str, layer: Layer) -> None:
    sheet = sheets.find(network, layer.name)
    assert sheet is not None
    for channel, tops in enumerate(sheet.about["tops"]):
        assert len(tops) <= 9
        assert [score for *_, score in tops] == sorted((score for *_, score in tops), reverse=True)
        pictures = [picture for picture, *_ in tops]
        assert all(pictures.count(picture) <= 2 for picture in pictures)
        if channel not in sheet.about["dead"]:
            assert tops and tops[0][3] >= sheet.about["mean"][channel]


@every_layer
def test_what_is_drawn_excites_more_than_what_is_usual(network: str, layer: Layer) -> None:
    sheet = sheets.find(network, layer.name)
    assert sheet is not None
    drawn = [activation > mean for activation, mean in zip(sheet.about["activation"], sheet.about["mean"], strict=True)]
    assert sum(drawn) >= 0.9 * (layer.channels - len(sheet.about["dead"]))


def test_some_layers_are_drawn_untrained_some_as_atlases_and_some_channels_in_all_combinations() -> None:
    for text in UNTRAINED:
        sheet = sheets.find(*text.split("/"))
        assert sheet is not None and sheet.untrained is not None
    for text in CHARTED:
        assert (HERE / "atlas" / f"{text.replace('/', '-')}.webp").exists()
    for text in combinations.CHANNELS:
        assert str(address(text)) == text
        told = sheets.read(combinations.FOLDER / f"{text.replace('/', '-')}.json").about
        assert told["channel"] == text and len(told["activation"]) == 2 ** len(told["switches"])


def test_of_a_network_that_nobody_has_drawn_there_is_no_sheet() -> None:
    assert sheets.find("vgg19", "relu1_1") is None
