"""The lit photograph: grey and dim where nothing is excited, coloured where much is; patches in a row."""

import numpy as np
import pytest
from PIL import Image

from app.algorithms.vision.feature_maps.overlay import overlay, strip
from tests.algorithms.vision.feature_maps.opened import noise


def test_where_the_map_is_low_the_photograph_is_grey_and_darker():
    photograph = noise(40, 60)
    dim = np.asarray(overlay(photograph, np.zeros((4, 6), np.float32)), int)
    assert (dim.max(-1) - dim.min(-1)).max() == 0
    assert dim.mean() < 0.6 * np.asarray(photograph.convert("L")).mean()


def test_where_the_map_is_high_it_is_brighter_however_colours_are_told_apart():
    photograph = Image.new("RGB", (64, 32), (120, 120, 120))
    map = np.repeat(np.linspace(0, 1, 8, dtype=np.float32)[None], 4, 0)
    lit = overlay(photograph, map)
    assert lit.size == photograph.size
    brightness = np.asarray(lit.convert("L"), int).mean(0)
    assert (np.diff(brightness) >= 0).all() and brightness[-1] > brightness[0] + 60
    left, right = np.asarray(lit)[16, 0].astype(int), np.asarray(lit)[16, -1].astype(int)
    assert np.ptp(left) == 0 and np.ptp(right) > 30


def test_bytes_and_shares_are_the_same_map():
    photograph, map = noise(30, 30), np.random.default_rng(2).integers(0, 256, (5, 5), dtype=np.uint8)
    assert np.array_equal(overlay(photograph, map), overlay(photograph, map / 255))


def test_a_strip_has_every_patch_in_its_order():
    photograph = Image.new("RGB", (100, 50), "red")
    photograph.paste("blue", (50, 0, 100, 50))
    row = strip(photograph, [(60, 0, 100, 40), (0, 0, 40, 40)], side=20)
    assert row.size == (44, 20)
    assert row.getpixel((10, 10)) == (0, 0, 255) and row.getpixel((34, 10)) == (255, 0, 0)


@pytest.mark.parametrize("boxes", [[], ()])
def test_no_patches_are_a_pixel(boxes):
    assert strip(noise(9, 9), boxes).size == (1, 1)
