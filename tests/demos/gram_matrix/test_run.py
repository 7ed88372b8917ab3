"""The numbers and the pictures of the Gram bench are those of the features themselves."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from app.demos.base import Update
from app.demos.gram_matrix.demo import DEMO
from app.demos.gram_matrix.run import distance, run
from app.demos.gram_matrix.sheet import HEAT, columns, heat, sheet, tile

WIDTHS = {"relu1_1": 16, "relu2_1": 32, "relu3_1": 64, "relu4_1": 128, "relu5_1": 128}
MAPS = np.random.default_rng(1).random((5, 8, 12)).astype(np.float32)


def last(**inputs: str) -> Update:
    return list(run(DEMO.parse(inputs)))[-1]


def matrix(update: Update, name: str = "gram") -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    channels = update.data["channels"]
    return np.frombuffer(update.files[name], "<f4").reshape(channels, channels)


@pytest.mark.parametrize("layer", WIDTHS)
def test_a_layer_gives_a_symmetric_matrix_of_its_width(layer: str) -> None:
    update = last(layer=layer)
    gram = matrix(update)
    assert len(gram) == WIDTHS[layer]
    np.testing.assert_allclose(gram, gram.T, rtol=1e-5)
    assert (
        np.linalg.eigvalsh(gram.astype(np.float64)).min() > -1e-4 * gram.max()
    )  # no mixture of maps has less than no power
    assert update.pictures["result"].size == (HEAT, HEAT)
    assert len(update.data["peaks"]) == WIDTHS[layer]


def test_a_picture_beside_itself_is_no_distance_away_and_another_is() -> None:
    same = last(picture="cat", beside="cat")
    assert same.data["distance"] == pytest.approx(0, abs=1e-9)
    assert same.files["gram"] == same.files["beside"]
    other = last(picture="cat", beside="dahlia")
    assert other.data["distance"] == pytest.approx(distance(matrix(other), matrix(other, "beside")), rel=1e-3)
    assert other.data["distance"] > 0.05


def test_the_network_changes_the_matrix() -> None:
    assert last(network="trained").files["gram"] != last(network="random").files["gram"]


def test_the_brightest_square_is_the_largest_number() -> None:
    numbers = np.array([[1, 0.2], [0.2, 4]], dtype=np.float32)
    pixels = np.asarray(heat(numbers).convert("L"))
    half = HEAT // 2
    assert pixels[half:, half:].min() > pixels[:half, :half].max() > pixels[:half, half:].max()
    assert np.array_equal(pixels[:half, half:], pixels[half:, :half])


def test_every_map_stands_on_the_sheet_where_it_is_looked_for() -> None:
    (width, height), across = tile(MAPS), columns(MAPS)
    page = np.asarray(sheet(MAPS).convert("L"), dtype=float)
    for number, one in enumerate(MAPS):
        left, top = number % across * width, number // across * height
        shown = Image.fromarray(page[top : top + height, left : left + width]).resize((12, 8), Image.Resampling.BOX)
        assert np.corrcoef(np.asarray(shown).ravel(), one.ravel())[0, 1] > 0.98


def test_a_map_that_never_fires_is_black() -> None:
    assert np.asarray(sheet(np.zeros((4, 6, 6), np.float32))).max() == 0
    assert np.asarray(heat(np.zeros((4, 4), np.float32))).max() < 40
