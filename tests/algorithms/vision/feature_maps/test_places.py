"""Where places lie: in the middle of what they see, and their crops inside the picture, apart from one another."""

import numpy as np
import pytest
import torch

from app.algorithms.vision.feature_maps.layers import layers
from app.algorithms.vision.feature_maps.places import inside, peaks, side
from app.algorithms.vision.feature_maps.seen import see
from tests.algorithms.vision.feature_maps.opened import CPU

SIDE = 192


def footprint(network: str, layer: str, place: int) -> tuple[int, int]:
    """First and last column of the picture that a place's activations depend on, by the gradient."""
    x = torch.rand(1, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(1)).requires_grad_()
    maps = see(network, CPU, untrained=True).features(x, layer)
    (slope,) = torch.autograd.grad(maps[0, :, place, place].sum(), x)
    columns = torch.nonzero(slope.abs().sum((0, 1, 2))).flatten()
    return int(columns[0]), int(columns[-1])


@pytest.mark.parametrize(
    ("network", "layer"),
    [("style-encoder", "relu2_2"), ("style-encoder", "relu3_2"), ("resnet34", "conv1"), ("resnet34", "layer1.1")],
)
def test_a_crop_stands_in_the_middle_of_what_its_place_sees(network, layer):
    stride = layers(network)[layer].stride
    first, last = footprint(network, layer, SIDE // stride // 2)
    across = side(network, layer, SIDE // stride, SIDE)
    assert across.middle(SIDE // stride // 2) * SIDE == pytest.approx((first + last + 1) / 2, abs=0.51)


@pytest.mark.parametrize("layer", ["stem", "stage2", "stage3"])
def test_the_detectors_places_are_its_anchors_middles_within_half_a_stride_of_what_they_see(layer):
    stride = layers("detector")[layer].stride
    first, last = footprint("detector", layer, SIDE // stride // 2)
    middle = side("detector", layer, SIDE // stride, SIDE).middle(SIDE // stride // 2) * SIDE
    assert middle == (SIDE // stride // 2 + 0.5) * stride
    assert abs(middle - (first + last + 1) / 2) <= stride / 2


@pytest.mark.parametrize(("pixels", "places"), [(320, 10), (213, 7), (193, 6), (5, 1)])
def test_places_whose_middle_is_outside_see_only_what_was_filled_up(pixels, places):
    assert inside("detector", "level5", pixels) == places
    assert places == max(1, sum((place + 0.5) * 32 < pixels for place in range(20)))


@pytest.mark.parametrize("pixels", [1, 7, 40, 213, 320])
@pytest.mark.parametrize("layer", ["relu1_1", "relu3_3", "relu5_1"])
def test_crops_are_of_one_size_and_lie_in_the_picture(layer, pixels):
    places = max(1, pixels // layers("style-encoder")[layer].stride)
    across = side("style-encoder", layer, places, pixels)
    for place in range(places):
        begin, end = across.crop(place)
        assert 0 <= begin < end <= 1 + 1e-9
        assert end - begin == pytest.approx(across.length / pixels)
        assert across.middle(place) == pytest.approx((begin + end) / 2)


def test_peaks_are_the_greedy_choice_among_all_places():
    chance = np.random.default_rng(3)
    for _ in range(20):
        found = chance.random((13, 17), np.float32)
        down, across = side("style-encoder", "relu4_1", 13, 104), side("style-encoder", "relu4_1", 17, 136)
        chosen: list[tuple[int, int]] = []
        for place in sorted(np.ndindex(13, 17), key=lambda at: -found[at]):
            apart = all(
                abs(down.starts[place[0]] - down.starts[row]) >= down.length
                or abs(across.starts[place[1]] - across.starts[column]) >= across.length
                for row, column in chosen
            )
            if apart and found[place] > found.mean():
                chosen.append(place)
        assert peaks(found, down, across, 100) == chosen
        assert peaks(found, down, across, 2) == chosen[:2]


def test_a_map_that_is_the_same_everywhere_has_no_peak_but_one_place_is_all_there_is():
    down = side("style-encoder", "relu4_1", 4, 32)
    assert peaks(np.ones((4, 4), np.float32), down, down, 9) == []
    only = side("resnet34", "logits", 1, 320)
    assert peaks(np.zeros((1, 1), np.float32), only, only, 9) == [(0, 0)]
    assert only.crop(0) == (0, 1)


def test_places_of_one_row_see_the_whole_height():
    assert side("style-encoder", "relu5_1", 1, 9).crop(0) == (0, 1)
