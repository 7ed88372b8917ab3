"""Artefacts: a checkerboard is all artefact, noise has its share of fine detail, photographs have little of either."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.algorithms.vision.feature_maps.artefacts import artefacts
from tests.algorithms.vision.feature_maps.opened import noise

EXAMPLES = Path(__file__).parents[4] / "app" / "demos" / "detection" / "examples"


def test_a_checkerboard_is_all_of_it():
    board = np.indices((96, 96)).sum(0) % 2 * 200
    found = artefacts(Image.fromarray(board.astype(np.uint8)), 2)
    assert found.finest == pytest.approx(1, abs=0.01) and found.lattice == pytest.approx(1)


def test_noise_has_fine_detail_by_the_share_of_frequencies_but_repeats_nothing():
    found = [artefacts(noise(128, 128, seed), 8) for seed in range(5)]
    assert np.mean([one.finest for one in found]) == pytest.approx(7 / 16, abs=0.02)
    assert max(one.lattice for one in found) < 0.01


@pytest.mark.parametrize("stride", [2, 4, 8])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_lattice_is_the_share_of_what_repeats(stride, share):
    chance = np.random.default_rng(stride)
    tile = chance.standard_normal((stride, stride))
    tile = (tile - tile.mean()) / tile.std()
    pixels = 128 + 30 * (
        share**0.5 * np.tile(tile, (96 // stride,) * 2) + (1 - share) ** 0.5 * chance.standard_normal((96, 96))
    )
    found = artefacts(Image.fromarray(pixels.round().clip(0, 255).astype(np.uint8)), stride)
    assert found.lattice == pytest.approx(share, abs=0.05)


@pytest.mark.parametrize("name", ["astronaut", "cat", "coffee", "photographer"])
def test_photographs_have_little_of_either(name):
    found = artefacts(Image.open(EXAMPLES / f"{name}.webp"), 8)
    assert found.finest < 0.05 and found.lattice < 0.005


def test_a_photograph_with_a_faint_lattice_has_more_of_it_than_without():
    photograph = np.asarray(Image.open(EXAMPLES / "astronaut.webp").convert("RGB"), int)
    dots = (np.indices(photograph.shape[:2]) % 4 == 0).all(0)[..., None] * 40
    marked = Image.fromarray((photograph + dots).clip(0, 255).astype(np.uint8))
    assert artefacts(marked, 4).lattice > 10 * artefacts(Image.fromarray(photograph.astype(np.uint8)), 4).lattice


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (64, 64)])
def test_a_plain_picture_has_none_of_any_size(size):
    for stride in (1, 2, 32):
        found = artefacts(Image.new("RGB", size, "teal"), stride)
        assert (found.finest, found.lattice) == (0, 0)
