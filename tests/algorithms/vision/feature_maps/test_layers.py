"""The layers' table against the networks themselves, and addresses of channels."""

import pytest
import torch

from app.algorithms.vision.feature_maps.layers import LOGITS, NAMES, SHIPPED, Address, Layer, address, classes, layers
from app.algorithms.vision.feature_maps.seen import see
from tests.algorithms.vision.feature_maps.opened import CPU

SIDE = 96


@pytest.fixture(scope="module", params=["style-encoder", "detector", "resnet34"])
def seen(request):
    return see(request.param, CPU, untrained=True)


def test_the_table_says_what_the_network_gives(seen):
    maps = dict(seen.opened(torch.rand(1, 3, SIDE, SIDE)))
    assert list(maps) == list(seen.layers)
    for name, found in maps.items():
        layer, pooled = seen.layers[name], seen.name == "resnet34" and name == LOGITS
        assert found.shape == (1, layer.channels, *([1, 1] if pooled else [SIDE // layer.stride] * 2)), name


def test_a_place_sees_its_field_and_nothing_else(seen):
    """What has a slope at a place: all of the field where no maximum picks a part of it, and never more."""
    side = 160
    for name, maps in seen.opened(x := torch.rand(1, 3, side, side).requires_grad_()):
        layer = seen.layers[name]
        if layer.field > side // 2:
            break
        middle = maps[0, :, maps.shape[2] // 2, maps.shape[3] // 2].float()
        (slope,) = torch.autograd.grad(middle.square().sum(), x, retain_graph=True)
        for axis in (1, 2):
            reached = slope[0].abs().sum((0, axis)).nonzero()
            extent = (reached.max() - reached.min() + 1).item()
            assert extent <= layer.field, name
            assert extent == layer.field or seen.name != "style-encoder", name


def test_vgg19_has_vgg19s_widths():
    found = layers("vgg19")
    assert (len(found), found["relu5_4"].channels, found["relu3_1"].stride) == (16, 512, 4)


@pytest.mark.parametrize("network", NAMES)
def test_every_address_reads_back(network):
    for layer in layers(network).values():
        last = Address(network, layer.name, layer.channels - 1)
        assert address(str(last)) == last == address(f"  {last} ")


def test_a_class_is_an_address():
    assert address("detector/logits/cat") == Address("detector", LOGITS, classes("detector").index("cat"))
    assert len(classes("detector")) == layers("detector")[LOGITS].channels
    assert classes("style-encoder") == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no network “”; there are style-encoder, detector, resnet34, vgg19."),
        ("oracle/relu1_1/0", "There is no network “oracle”; there are style-encoder, detector, resnet34, vgg19."),
        ("detector/stem/16", "stem of detector has channels 0 to 15, not “16”."),
        ("detector/stem/-1", "stem of detector has channels 0 to 15, not “-1”."),
        ("detector/stem/²", "stem of detector has channels 0 to 15, not “²”."),
        ("detector/stem", "stem of detector has channels 0 to 15, not “”."),
        ("detector/stem/cat", "stem of detector has channels 0 to 15, not “cat”."),
    ],
)
def test_what_is_no_address_is_a_sentence(text, sentence):
    with pytest.raises(ValueError) as refusal:
        address(text)
    assert str(refusal.value) == sentence


def test_a_layer_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(ValueError, match=r"detector has no layer “relu1_1”; it has stem, stage2, .*, logits\."):
        address("detector/relu1_1/0")


def test_a_window_is_what_is_worth_showing():
    assert Layer("small", 1, 1, 3).window == 3
    assert Layer("fine", 1, 2, 200).window == 32
    assert Layer("coarse", 1, 32, 900).window == 192
    assert all(layer.window <= layer.field for network in SHIPPED for layer in layers(network).values())
