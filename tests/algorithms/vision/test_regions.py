"""Regions: what a mask tells apart."""

from __future__ import annotations

import pytest
import torch
from PIL import Image

from app.algorithms.vision.losses import gram
from app.algorithms.vision.mixture import mixture
from app.algorithms.vision.regions import KEPT, area, kept, regions
from tests.algorithms.vision.test_style_transfer import painted

OUTSIDE, INSIDE = mixture(painted(1)), mixture(painted(2))
SHAPE = torch.Size((8, 12))


def half() -> Image.Image:
    mask = Image.new("L", (12, 8), 0)
    mask.paste(255, (0, 0, 6, 8))
    return mask


def test_without_a_mask_there_is_one_region_of_all() -> None:
    (region,) = regions(OUTSIDE, None, None, SHAPE)
    assert (region.styles, region.area, region.share) == (OUTSIDE, None, 1.0)


def test_the_white_is_inside_and_the_shares_sum_to_one() -> None:
    outside, inside = regions(OUTSIDE, INSIDE, half(), SHAPE)
    assert (outside.styles, inside.styles) == (OUTSIDE, INSIDE)
    assert outside.area is not None and inside.area is not None
    torch.testing.assert_close(outside.area + inside.area, torch.ones(1, 1, *SHAPE))
    assert inside.area[..., :6].min() == 1
    assert outside.share == inside.share == 0.5


@pytest.mark.parametrize(
    ("shade", "inside", "count"), [(0, INSIDE, 1), (255, INSIDE, 1), (255, None, 0), (128, INSIDE, 2)]
)
def test_a_region_that_is_not_there_is_left_out(shade: int, inside: object, count: int) -> None:
    assert len(regions(OUTSIDE, inside, Image.new("L", (5, 5), shade), SHAPE)) == count  # type: ignore[arg-type]


def test_a_regions_gram_is_that_of_its_places() -> None:
    _, inside = regions(OUTSIDE, INSIDE, half(), SHAPE)
    features = {"a": torch.rand(1, 3, 8, 12), "b": torch.rand(1, 3, 4, 6)}
    weights = inside.weights(features)
    for layer, side in (("a", 6), ("b", 3)):
        torch.testing.assert_close(gram(features[layer], weights[layer]), gram(features[layer][..., :side]))


def test_what_is_kept_counts_more_and_all_count_one_on_average() -> None:
    weights = kept(half(), SHAPE)
    assert weights.mean().item() == pytest.approx(1)
    assert (weights[..., 0, 0] / weights[..., 0, -1]).item() == pytest.approx(KEPT)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (300, 200)])
def test_a_mask_may_have_any_size(size: tuple[int, int]) -> None:
    white = area(Image.new("RGB", size, "white"), SHAPE)
    assert white.shape == (1, 1, *SHAPE)
    assert white.min() == 1
