"""From a folder of pictures to a file of statistics: names, order, and nothing that depends on the precision."""

from pathlib import Path

import pytest
import torch
from PIL import Image

from app.algorithms.vision.paintings import PAINTINGS
from app.algorithms.vision.styles import read, write
from training import pictures, style_statistics
from training.style_statistics import name, statistics


@pytest.fixture(scope="module")
def network():
    return style_statistics.encoder()


@pytest.fixture
def folder(tmp_path) -> Path:
    for stem, colour in (("my_cellar", "grey"), ("munch_the_scream", "orange"), ("Starry Night", "navy")):
        Image.new("RGB", (60, 20), colour).save(tmp_path / f"{stem}.png")
    return tmp_path


def test_names_are_the_paintings_or_the_files():
    assert name(Path("van_gogh_starry_night.jpg")) == "starry-night"
    assert name(Path("Starry Night.webp")) == "starry-night"
    assert name(Path("my_cellar.png")) == "my-cellar"
    assert name(Path("warehouses.png")) == "warehouses"


def test_a_folder_becomes_a_file(network, folder, tmp_path):
    styles = statistics(network, pictures.paths(folder), (32, 64))
    assert [style.name for style in styles] == ["starry-night", "the-scream", "my-cellar"]
    write(styles, tmp_path / "styles.safetensors")
    for style in styles:
        again = read(tmp_path / "styles.safetensors", style.name)
        assert again.sizes == (32, 64)
        for layer, matrix in style.grams(64).items():
            assert (again.grams(64)[layer] - matrix).norm() < 0.001 * matrix.norm()


def test_two_pictures_of_one_name_are_a_sentence(network, folder):
    Image.new("RGB", (60, 20)).save(folder / "the_scream.png")
    with pytest.raises(ValueError, match="Two of the pictures would have the same name"):
        statistics(network, pictures.paths(folder), (32,))


def test_the_encoder_is_a_copy_in_full_precision(network):
    assert network.precision == torch.float32
    assert style_statistics.encoder() is not network


def test_every_painting_has_a_name_of_its_own():
    stems = [f"somebody_{known.replace('-', '_')}.jpg" for known in PAINTINGS]
    assert [name(Path(stem)) for stem in stems] == list(PAINTINGS)
