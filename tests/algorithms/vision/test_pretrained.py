"""Networks from files made on the spot as torchvision saves them, with random weights."""

import hashlib
from dataclasses import replace

import pytest
import torch
from skimage import data

from app.algorithms.vision import catalogue, pretrained, torchvision_shim  # noqa: F401
from app.algorithms.vision.catalogue import VGG19, load_style_encoder, weights
from app.algorithms.vision.downloads import fetch
from app.algorithms.vision.losses import STYLE_LAYERS
from app.algorithms.vision.pretrained import load_resnet34, load_torchvision

from torchvision.models import resnet34  # isort: skip
from torchvision.models.detection import ssd300_vgg16, ssdlite320_mobilenet_v3_large  # isort: skip
from torchvision.models.vgg import cfgs, make_layers  # isort: skip

CPU = torch.device("cpu")


@pytest.fixture
def put(monkeypatch):
    """Writes values to a network's file in a folder, and lists it with their hash."""

    def write(name, values, folder, archive=True):
        entry = weights(name)
        torch.save(values, folder / entry.file, _use_new_zipfile_serialization=archive)
        digest = hashlib.sha256((folder / entry.file).read_bytes()).hexdigest()
        made = replace(entry, sha256=digest[:8], size=(folder / entry.file).stat().st_size)
        monkeypatch.setattr(catalogue, "ALL", tuple(made if other is entry else other for other in catalogue.ALL))
        return made

    yield write
    pretrained._style_encoder.cache_clear()
    pretrained._torchvision.cache_clear()


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


# torchvision's file of VGG-19 is from 2017, before its files were archives.
@pytest.mark.parametrize("archive", [True, False])
def test_vgg_19_loads_from_torchvisions_file(put, tmp_path, archive):
    torch.manual_seed(0)
    features = make_layers(cfgs["E"], batch_norm=False)
    values = {f"features.{name}": value.half().float() for name, value in features.state_dict().items()}
    put("vgg19", {**values, "classifier.0.weight": torch.zeros(2, 2)}, tmp_path, archive)
    encoder = load_style_encoder("vgg19", CPU, tmp_path)
    x = torch.rand(1, 3, 32, 32)
    normalised = (x - encoder.mean.float()) / encoder.deviation.float()
    features[0].padding_mode = "replicate"
    expected = features[:3](normalised)  # relu1_1, then conv1_2
    torch.testing.assert_close(encoder(x, ["relu1_2"])["relu1_2"].float(), expected.relu(), rtol=0.05, atol=0.05)


@pytest.mark.parametrize("archive", [True, False])
def test_resnet_34_is_torchvisions(put, tmp_path, archive):
    original = resnet34(weights=None).eval()
    put("resnet34", original.state_dict(), tmp_path, archive)
    network = load_resnet34(CPU, tmp_path)
    x = torch.rand(1, 3, 64, 64)
    torch.testing.assert_close(network(x), original(x), rtol=0, atol=0)
    assert not any(value.requires_grad for value in network.parameters())
    assert load_torchvision("resnet34", CPU, tmp_path).network is network
    assert "tabby" in load_torchvision("resnet34", CPU, tmp_path).classes


def test_ssdlite_is_fetched_and_detects_as_torchvisions(put, mirror, tmp_path):
    torch.manual_seed(0)
    original = ssdlite320_mobilenet_v3_large(weights=None, weights_backbone=None).eval()
    entry = put("ssdlite320", original.state_dict(), mirror.folder)
    list(fetch(entry, tmp_path, mirror.url))
    found = load_torchvision("ssdlite320", CPU, tmp_path)
    x = [torch.rand(3, 60, 80)]
    expected = original(x)[0]
    assert len(expected["boxes"])
    for name, value in expected.items():
        torch.testing.assert_close(found.network(x)[0][name], value, rtol=0, atol=0)
    assert len(found.classes) == 91
    assert (found.classes[0], found.classes[17]) == ("__background__", "cat")


def test_ssd300_is_torchvisions(put, tmp_path):
    values = ssd300_vgg16(weights=None, weights_backbone=None).state_dict()
    put("ssd300", values, tmp_path)
    found = load_torchvision("ssd300", CPU, tmp_path)
    torch.testing.assert_close(dict(found.network.state_dict()), dict(values), rtol=0, atol=0)
    assert not found.network.training
    assert found.classes[1] == "person"


def test_another_file_is_refused_before_it_is_read(put, tmp_path):
    put("vgg19", {}, tmp_path)
    (tmp_path / VGG19.file).write_bytes(b"another")
    with pytest.raises(ValueError, match="not the file they should be"):
        load_style_encoder("vgg19", CPU, tmp_path)


@pytest.mark.parametrize("name", ["resnet34", "ssdlite320", "ssd300"])
def test_absence_is_a_sentence(name, tmp_path):
    with pytest.raises(ValueError, match=f"{name} are not on this server"):
        load_torchvision(name, CPU, tmp_path)
    with pytest.raises(ValueError, match="vgg19 are not on this server"):
        load_style_encoder("vgg19", CPU, tmp_path)


def test_what_torchvision_does_not_build_is_a_sentence():
    with pytest.raises(ValueError, match=r"“style-encoder”.*resnet34, ssdlite320, ssd300"):
        load_torchvision("style-encoder", CPU)
