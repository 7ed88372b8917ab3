"""Pictures to learn from: held out ones are never learned, crops are what they say."""

import numpy as np
import pytest
from PIL import Image

from training import pictures


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "deep").mkdir()
    for number in range(7):
        Image.new("RGB", (400, 50 + number), (number * 30, 0, 0)).save(tmp_path / "deep" / f"{number}.jpg")
    (tmp_path / "notes.txt").write_text("no picture")
    return tmp_path


def test_held_out_and_learned_share_nothing(folder):
    found = pictures.paths(folder)
    assert len(found) == 7
    assert sorted(pictures.learned(found) + pictures.held_out(found)) == found
    assert not set(pictures.learned(found)) & set(pictures.held_out(found))


def test_an_empty_folder_is_a_sentence(tmp_path):
    with pytest.raises(ValueError, match="There is no picture in"):
        pictures.paths(tmp_path)


def test_pictures_are_large_enough_to_crop(folder):
    loaded = pictures.load(pictures.paths(folder), 320)
    assert all(min(picture.shape[:2]) >= 96 and picture.dtype == np.uint8 for picture in loaded)


def test_crops_are_squares_in_range_and_seeded(folder):
    loaded = pictures.load(pictures.paths(folder))
    first, again = (pictures.crops(loaded, 5, 64, np.random.default_rng(3)) for _ in range(2))
    assert first.shape == (5, 3, 64, 64)
    assert first.min() >= 0 and first.max() <= 1
    assert np.array_equal(first, again)


@pytest.mark.parametrize(("noisy", "least", "most"), [(0, 0, 0), (0.5, 5, 15), (1, 20, 20)])
def test_noise_is_in_the_share_asked_for(noisy, least, most):
    grey = [np.full((100, 100, 3), 128, np.uint8)]
    flat = pictures.crops(grey, 20, 16, np.random.default_rng(0), noisy=noisy)
    assert least <= (flat.std((2, 3)).amax(1) > 1e-3).sum() <= most
