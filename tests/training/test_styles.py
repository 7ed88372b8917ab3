"""The drawn styles: the same from a seed, square, rich in texture, and unlike each other."""

from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from training.styles import STYLES, style

SIZE = 128


@pytest.fixture(scope="module")
def drawn() -> dict[str, Image.Image]:
    return {name: style(name, SIZE) for name in STYLES}


@pytest.fixture(scope="module")
def pictures(drawn: dict[str, Image.Image]) -> dict[str, np.ndarray]:
    return {name: np.asarray(picture, dtype=np.float64) / 255 for name, picture in drawn.items()}


def test_there_are_eight_styles():
    assert len(STYLES) == 8


@pytest.mark.parametrize("name", STYLES)
def test_a_seed_decides_every_pixel(name: str, drawn: dict[str, Image.Image]):
    assert style(name, SIZE, seed=1).tobytes() == drawn[name].tobytes()
    assert style(name, SIZE, seed=2).tobytes() != drawn[name].tobytes()


@pytest.mark.parametrize("name", STYLES)
def test_every_size_shows_the_same_composition(name: str, drawn: dict[str, Image.Image]):
    small = style(name, 64)
    assert (small.size, small.mode) == ((64, 64), "RGB")
    coarse = [np.asarray(picture.resize((8, 8), Image.Resampling.BOX)) / 255 for picture in (small, drawn[name])]
    assert np.abs(coarse[0] - coarse[1]).mean() < 0.1


@pytest.mark.parametrize("name", STYLES)
def test_no_style_is_flat(name: str, pictures: dict[str, np.ndarray]):
    grey = pictures[name].mean(axis=2)
    patches = grey.reshape(8, SIZE // 8, 8, SIZE // 8).std(axis=(1, 3))  # (8, 8)
    assert grey.std() > 0.1
    assert np.median(patches) > 0.02, "half of the picture has hardly any texture"


def test_styles_are_unlike_each_other(pictures: dict[str, np.ndarray]):
    described = {name: _palette_and_texture(picture) for name, picture in pictures.items()}
    for one, other in combinations(described, 2):
        assert np.abs(described[one] - described[other]).sum() > 0.5, (one, other)


def _palette_and_texture(picture: np.ndarray) -> np.ndarray:
    """Shares of the pixels in 4 x 4 x 4 colours, and of the slopes in 8 directions."""
    colours, _ = np.histogramdd(picture.reshape(-1, 3), bins=4, range=[(0, 1)] * 3)
    down, across = np.gradient(picture.mean(axis=2))
    slopes, _ = np.histogram(np.arctan2(down, across), bins=8, weights=np.hypot(down, across))
    return np.concatenate([colours.ravel() / colours.sum(), slopes / slopes.sum()])
