"""Reading a photograph: maps without what was filled up, channels against their usual, patches where the pattern is."""

import numpy as np
import pytest
import torch
from PIL import Image
from torch.nn import functional

from app.algorithms.vision.feature_maps.excitation import amount, patches, read, shown, strongest
from app.algorithms.vision.feature_maps.layers import layers
from app.algorithms.vision.feature_maps.seen import see
from app.algorithms.vision.images import fit
from app.algorithms.vision.pixels import tensor
from tests.algorithms.vision.feature_maps.opened import CPU, network, noise

STRIPES = torch.tensor([1.0, -1.0, 1.0, -1.0]).repeat(1, 3, 4, 1)  # (1, 3, 4, 4): upright stripes of one pixel


def stripes(x):
    return functional.conv2d(x, STRIPES, stride=4).relu()


@pytest.mark.parametrize("name", ["style-encoder", "detector"])
def test_every_layer_is_read_and_is_what_the_network_says(name):
    photograph = noise(150, 211)
    reading = read(see(name, CPU), photograph, size=160)
    assert reading.photograph == (211, 150) and reading.seen == (160, 114)
    assert list(reading.maps) == list(layers(name))
    for layer, maps in reading.maps.items():
        with torch.no_grad():
            wanted = see(name, CPU).features(tensor(fit(photograph, 160), CPU), layer)[0].numpy()
        c, h, w = maps.shape
        assert c == layers(name)[layer].channels
        np.testing.assert_allclose(maps, wanted[:, :h, :w], rtol=1e-4, atol=1e-4)


def test_what_the_detector_fills_up_with_is_not_read():
    reading = read(see("detector", CPU), noise(97, 320))
    assert reading.maps["level5"].shape == (256, 3, 10), "the fourth row lies wholly under 97 pixels and half a place"


def test_only_the_layers_asked_for_are_read():
    assert list(read(see("style-encoder", CPU), noise(64, 64), size=64, only=("relu2_1",)).maps) == ["relu2_1"]
    with pytest.raises(ValueError, match="no layer relu9_9"):
        read(see("style-encoder", CPU), noise(64, 64), only=("relu9_9",))


@pytest.mark.parametrize("size", [(1, 400), (400, 1), (3, 3)])
def test_the_thinnest_photograph_is_read_and_has_patches_inside_it(size):
    for name in ("style-encoder", "detector"):
        reading = read(see(name, CPU), noise(*size), size=96)
        for layer in reading.maps:
            for x0, y0, x1, y1 in patches(reading, layer, 1):
                assert 0 <= x0 < x1 <= size[1] + 1e-6 and 0 <= y0 < y1 <= size[0] + 1e-6


def test_patches_are_where_the_pattern_was_planted():
    pixels = np.full((160, 240, 3), 128, np.uint8)
    planted = [(40, 24), (200, 24), (120, 100)]
    for place, (x, y) in enumerate(planted):
        pixels[y : y + 8, x : x + 8 : 2] = 250 - 40 * place
        pixels[y : y + 8, x + 1 : x + 8 : 2] = 0
    photograph = Image.fromarray(pixels).resize((480, 320), Image.Resampling.NEAREST)
    reading = read(network("style-encoder", relu3_1=stripes), photograph, size=240)
    found = patches(reading, "relu3_1", 0)
    assert len(found) == 3
    for (x, y), (x0, y0, x1, y1) in zip(planted, found, strict=True):
        assert x0 <= 2 * x + 8 <= x1 and y0 <= 2 * y + 8 <= y1
        assert x1 - x0 == y1 - y0 == pytest.approx(2 * layers("style-encoder")["relu3_1"].window)


def test_patches_do_not_overlap_and_come_best_first():
    reading = read(see("style-encoder", CPU), noise(240, 320), size=320)
    for layer in ("relu2_1", "relu4_1", "relu5_1"):
        found = patches(reading, layer, 5)
        assert found
        for place, (x0, y0, x1, y1) in enumerate(found):
            for u0, v0, u1, v1 in found[:place]:
                assert min(x1, u1) - max(x0, u0) < 1e-6 or min(y1, v1) - max(y0, v0) < 1e-6


def test_the_strongest_are_farthest_above_their_usual():
    reading = read(
        network("style-encoder", relu1_1=lambda x: x * torch.tensor([1.0, 2.0, 3.0]).view(1, 3, 1, 1)), white()
    )
    found = strongest(reading, {"relu1_1": [0.1, 2.0, 1.0]}, 2)["relu1_1"]
    assert [excited.channel for excited in found] == [0, 2]
    # A tenth of the layer's mean, here of the photograph's, stands for any usual below it.
    assert [excited.ratio for excited in found] == pytest.approx([1 / 0.2, 3 / 1.0])
    assert found[1].mean == pytest.approx(3) and found[1].peak == pytest.approx(3)


def test_a_channel_that_was_never_on_is_not_infinitely_above_its_usual():
    reading = read(
        network("style-encoder", relu1_1=lambda x: x * torch.tensor([1.0, 1e-4, 1.0]).view(1, 3, 1, 1)), white()
    )
    (first, *_) = strongest(reading, {"relu1_1": [0.5, 0.0, 2.0]})["relu1_1"]
    assert first.channel == 0
    assert all(np.isfinite(excited.ratio) for excited in strongest(reading, {"relu1_1": [0.0] * 3})["relu1_1"])


def test_a_layer_nobody_surveyed_is_compared_with_its_mean():
    reading = read(
        network("style-encoder", relu1_1=lambda x: x * torch.tensor([1.0, 2.0, 3.0]).view(1, 3, 1, 1)), white()
    )
    ratios = {excited.channel: excited.ratio for excited in strongest(reading, {})["relu1_1"]}
    assert ratios == pytest.approx({0: 0.5, 1: 1.0, 2: 1.5})


def test_of_an_activation_what_is_below_nothing_does_not_count_and_a_class_has_its_odds():
    maps = np.array([[[-3.0, 2.0]]], np.float32)
    assert amount("stage4", maps).tolist() == [[[0, 2]]]
    probability = 1 / (1 + np.exp(-maps))
    np.testing.assert_allclose(amount("logits", maps), -np.log(1 - probability), rtol=1e-5)


def test_maps_for_the_reader_are_small_bytes_scaled_to_the_channels_top():
    reading = read(see("style-encoder", CPU), noise(200, 320), size=320)
    own = shown(reading, "relu1_2", [3, 7])
    assert own.dtype == np.uint8 and own.shape == (2, 35, 56)
    high = np.stack([reading.maps["relu4_1"][channel] for channel in (3, 5)])
    full = shown(reading, "relu4_1", [3, 5])
    assert full.shape == high.shape and (full.max((1, 2)) == 255).all()
    half = shown(reading, "relu4_1", [3, 5], tops=(2 * high.max((1, 2))).tolist())
    np.testing.assert_allclose(half, full / 2.0, atol=1)


def test_a_silent_channel_is_shown_black():
    reading = read(network("style-encoder", relu1_1=lambda x: x * 0), white())
    assert not shown(reading, "relu1_1", [0]).any()


def white() -> Image.Image:
    return Image.new("RGB", (40, 40), "white")
