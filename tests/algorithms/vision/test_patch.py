"""A picture laid over others."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from app.algorithms.vision.patch import Patch
from tests.algorithms.vision.test_style_transfer import painted

RED, BLUE = (Image.new("RGB", (30, 20), colour) for colour in ("red", "blue"))


@pytest.mark.parametrize(("shade", "seen"), [("white", RED), ("black", BLUE)])
def test_white_is_the_patch_and_black_is_not(shade: str, seen: Image.Image) -> None:
    assert Patch(RED, Image.new("L", (30, 20), shade)).over(BLUE).tobytes() == seen.tobytes()


def test_grey_is_half_of_each() -> None:
    made = np.asarray(Patch(RED, Image.new("L", (30, 20), 128)).over(BLUE), float)
    assert np.abs(made - [128, 0, 127]).max() <= 1


def test_one_patch_fits_pictures_of_every_size() -> None:
    patch = Patch(painted(1), Image.new("RGB", (3, 9), "white"))
    for size in ((30, 20), (60, 40), (1, 7), (30, 20)):
        made = patch.over(BLUE.resize(size))
        assert made.tobytes() == painted(1).resize(size, Image.Resampling.LANCZOS).tobytes()
