"""Colours of the photograph on a painted picture, against what they promise."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from app.algorithms.vision.colours import coloured, histogram, luminance, monge_kantorovich
from tests.algorithms.vision.test_style_transfer import DOT, WHITE, painted


def rows(image: Image.Image) -> np.ndarray:
    return np.asarray(image, float).reshape(-1, 3)


def dim(seed: int) -> Image.Image:
    """Colours far from black and white, so that none is cut off."""
    return painted(seed).point(lambda value: 96 + value // 4)


def test_painted_colours_are_left_alone() -> None:
    made = painted(1)
    assert coloured(made, painted(2), "painted") is made


def test_luminance_takes_brightness_from_one_and_colour_from_the_other() -> None:
    made, photograph = dim(1), dim(2)
    own, light, colour = (
        np.asarray(each.convert("YCbCr"), float) for each in (luminance(made, photograph), made, photograph)
    )
    assert np.abs(own[..., 0] - light[..., 0]).max() <= 2
    assert np.abs(own[..., 1:] - colour[..., 1:]).max() <= 2


def test_histogram_has_the_photographs_mean_and_covariance() -> None:
    own, wanted = rows(histogram(dim(1), dim(2))), rows(dim(2))
    assert np.abs(own.mean(0) - wanted.mean(0)).max() < 0.5
    np.testing.assert_allclose(np.cov(own.T), np.cov(wanted.T), rtol=0.05, atol=3)


def test_the_map_is_symmetric_and_takes_one_covariance_to_the_other() -> None:
    chance = np.random.default_rng(0)
    own, wanted = ((lambda a: a @ a.T + np.eye(3))(chance.normal(size=(3, 3))) for _ in range(2))
    moved = monge_kantorovich(own, wanted)
    np.testing.assert_allclose(moved @ own @ moved.T, wanted)
    np.testing.assert_allclose(moved, moved.T)
    assert np.linalg.eigvalsh(moved).min() > 0  # of all such maps the one of least effort is the positive one
    np.testing.assert_allclose(monge_kantorovich(own, own), np.eye(3), atol=1e-9)


@pytest.mark.parametrize("kind", ["luminance", "histogram"])
@pytest.mark.parametrize("made", [WHITE, DOT, painted(1, 1, 90)], ids=lambda image: str(image.size))
@pytest.mark.parametrize("photograph", [WHITE, DOT, painted(2, 90, 2)], ids=lambda image: str(image.size))
def test_odd_pictures_work(made: Image.Image, photograph: Image.Image, kind: str) -> None:
    assert coloured(made, photograph, kind).size == made.size
