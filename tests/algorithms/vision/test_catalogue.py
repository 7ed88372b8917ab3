"""The list of weights: hashes are compared, files are loaded as they are, and absence is a sentence."""

import hashlib
from dataclasses import replace

import pytest
import torch
from skimage import data

from app.algorithms.vision import catalogue, pretrained, torchvision_shim  # noqa: F401
from app.algorithms.vision.catalogue import STYLE_ENCODER, VGG19, checked, load_style_encoder, weights
from app.algorithms.vision.style_transfer import STYLE_LAYERS

from torchvision.models.vgg import cfgs, make_layers  # isort: skip

CPU = torch.device("cpu")


@pytest.fixture
def downloaded(tmp_path, monkeypatch):
    """VGG-19's file as torchvision would save it, with random convolutions and the smallest of classifiers."""
    torch.manual_seed(0)
    features = make_layers(cfgs["E"], batch_norm=False)
    everything = {f"features.{name}": value.half().float() for name, value in features.state_dict().items()}
    torch.save({**everything, "classifier.0.weight": torch.zeros(2, 2)}, tmp_path / VGG19.file)
    digest = hashlib.sha256((tmp_path / VGG19.file).read_bytes()).hexdigest()
    monkeypatch.setattr(catalogue, "ALL", (STYLE_ENCODER, replace(VGG19, sha256=digest[:8])))
    yield tmp_path, features
    pretrained._style_encoder.cache_clear()


def test_shipped_weights_are_the_listed_ones():
    path = STYLE_ENCODER.path()
    assert path.stat().st_size == STYLE_ENCODER.size
    assert hashlib.sha256(path.read_bytes()).hexdigest() == STYLE_ENCODER.sha256


def test_style_encoder_loads_once_and_frozen():
    encoder = load_style_encoder("style-encoder", CPU)
    assert encoder is load_style_encoder("style-encoder", CPU)
    assert not any(value.requires_grad for value in encoder.parameters())


def test_channels_fire_alike():
    """Gatys' normalisation: in the layers that style is read from, nearly all channels fire, none drowns the others."""
    encoder = load_style_encoder("style-encoder", CPU)
    x = torch.from_numpy(data.astronaut()).permute(2, 0, 1)[None, :, ::2, ::2] / 255
    for features in encoder(x, STYLE_LAYERS).values():
        means = features.float().mean((0, 2, 3))
        assert (means > 0.01).float().mean() > 0.9
        assert 0.5 < means.mean() < 2
        assert means.max() < 10


def test_vgg_19_loads_from_torchvisions_file(downloaded):
    folder, features = downloaded
    encoder = load_style_encoder("vgg19", CPU, folder)
    x = torch.rand(1, 3, 32, 32)
    normalised = (x - encoder.mean.float()) / encoder.deviation.float()
    features[0].padding_mode = "replicate"
    expected = features[:3](normalised)  # relu1_1, then conv1_2
    torch.testing.assert_close(encoder(x, ["relu1_2"])["relu1_2"].float(), expected.relu(), rtol=0.05, atol=0.05)


def test_other_files_are_refused(downloaded):
    folder, _ = downloaded
    with (folder / VGG19.file).open("ab") as file:
        file.write(b"one more byte")
    with pytest.raises(ValueError, match="not the file they should be"):
        checked(weights("vgg19"), folder)


def test_absence_is_a_sentence(tmp_path):
    with pytest.raises(ValueError, match="vgg19 are not on this server"):
        load_style_encoder("vgg19", CPU, tmp_path)


def test_unknown_networks_are_named():
    with pytest.raises(ValueError, match="no network “resnet”; there are style-encoder, .*vgg19, resnet34, ssdlite320, ssd300"):
        weights("resnet")
