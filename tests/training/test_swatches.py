"""Swatches: from statistics alone, square, the same from a seed, and each in its painting's own hand."""

import pytest
import torch
from PIL import Image

from app.algorithms.vision.catalogue import load_style_encoder
from app.algorithms.vision.losses import STYLE_LAYERS, style_loss
from app.algorithms.vision.paintings import PAINTINGS
from app.algorithms.vision.pixels import tensor
from app.algorithms.vision.styles import load
from app.demos.style_transfer.demo import HERE
from training.swatches import swatch

CPU = torch.device("cpu")


def test_a_seed_decides_every_pixel():
    first, again, other = (swatch("udnie", size=64, kept=32, steps=5, seed=seed) for seed in (1, 1, 2))
    assert (first.size, first.mode) == ((32, 32), "RGB")
    assert first.tobytes() == again.tobytes() != other.tobytes()


@pytest.fixture(scope="module")
def distances() -> torch.Tensor:
    """(13, 13): the style distance of each kept swatch, a row, to each painting, a column."""
    network, rows = load_style_encoder("style-encoder", CPU), []
    for name in PAINTINGS:
        with Image.open(HERE / "paintings" / f"{name}.webp") as picture, torch.no_grad():
            features = network(tensor(picture, CPU), STYLE_LAYERS)
        rows.append([_distance(features, load(other).grams(max(picture.size))) for other in PAINTINGS])
    return torch.tensor(rows)


@pytest.mark.parametrize("name", PAINTINGS)
def test_a_kept_swatch_is_nearest_to_its_own_painting(distances: torch.Tensor, name: str):
    row = list(PAINTINGS).index(name)
    assert distances[row].argmin() == row


def _distance(features: dict[str, torch.Tensor], grams: dict[str, torch.Tensor]) -> float:
    return sum(style_loss(features[layer], grams[layer]).item() for layer in STYLE_LAYERS)
