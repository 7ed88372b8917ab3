"""Networks opened at their layers: cut where they are told to, and a leak that is only a slope."""

from collections import Counter

import pytest
import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook

from app.algorithms.vision.catalogue import load_style_encoder
from app.algorithms.vision.feature_maps.layers import SHIPPED
from app.algorithms.vision.feature_maps.seen import see
from tests.algorithms.vision.feature_maps.opened import CPU


@pytest.fixture
def calls():
    """How many convolutions have been computed."""
    counted = Counter()
    hook = register_module_forward_hook(lambda module, *_: counted.update([isinstance(module, nn.Conv2d)]))
    yield lambda: counted[True]
    hook.remove()


@pytest.mark.parametrize(
    ("network", "layer", "convolutions"),
    [
        ("style-encoder", "relu1_1", 1),
        ("style-encoder", "relu3_2", 6),
        ("style-encoder", "relu5_1", 13),
        ("detector", "stem", 1),
        ("detector", "stage2", 1 + 2 + 6),
        ("resnet34", "conv1", 1),
        ("resnet34", "layer1.1", 5),
    ],
)
def test_nothing_above_the_layer_is_computed(network, layer, convolutions, calls):
    seen = see(network, CPU, untrained=True)
    before = calls()
    seen.features(torch.rand(1, 3, 32, 32), layer)
    assert calls() - before == convolutions


def test_a_layer_does_not_depend_on_which_is_asked_for():
    x = torch.rand(2, 3, 64, 64)
    for network in SHIPPED:
        seen = see(network, CPU)
        for name, maps in seen.opened(x):
            assert torch.equal(seen.features(x, name), maps.float())


def test_the_style_encoder_is_the_one_that_transfers_styles():
    x, encoder = torch.rand(1, 3, 48, 40), load_style_encoder("style-encoder", CPU)
    seen = see("style-encoder", CPU)
    for name, maps in encoder(x).items():
        assert torch.equal(seen.features(x, name), maps.float())


def test_any_size_goes_into_the_detector():
    seen, x = see("detector", CPU), torch.rand(1, 3, 33, 70)
    filled = torch.nn.functional.pad(x, (0, 26, 0, 31), mode="replicate")
    assert seen.features(x, "level5").shape == (1, 256, 2, 3)
    assert torch.equal(seen.features(x, "level5"), seen.features(filled, "level5"))


def slope(seen, layer, leak):
    x = torch.rand(2, 3, 24, 24, generator=torch.Generator().manual_seed(1)).requires_grad_()
    maps = seen.features(x, layer, leak=leak)
    return maps.detach(), torch.autograd.grad(maps.sum(), x)[0]


def test_a_leak_is_a_slope_and_no_activation():
    seen = see("style-encoder", CPU)
    leak = torch.tensor([0.0, 0.5]).view(2, 1, 1, 1)
    maps, slopes = slope(seen, "relu2_1", None)
    leaked, steeper = slope(seen, "relu2_1", leak)
    assert torch.equal(maps, leaked)
    assert torch.equal(slopes[0], steeper[0])
    assert not torch.allclose(slopes[1], steeper[1])


def test_a_silent_channel_can_be_climbed_with_a_leak():
    seen = see("style-encoder", CPU)
    x = torch.full((1, 3, 24, 24), 0.5).requires_grad_()
    silent = seen.features(x, "relu4_2").amax((0, 2, 3)).argmin().item()
    for leak, heard in ((None, False), (torch.full((1, 1, 1, 1), 0.1), True)):
        maps = seen.features(x, "relu4_2", leak=leak)[:, silent]
        assert maps.max() == 0
        assert torch.autograd.grad(maps.sum(), x)[0].any() == heard


def test_what_is_not_there_is_a_sentence():
    with pytest.raises(ValueError, match=r"style-encoder has no layer “relu9_9”; it has relu1_1, .*"):
        see("style-encoder", CPU).features(torch.rand(1, 3, 8, 8), "relu9_9")
    with pytest.raises(ValueError, match=r"There is no network “oracle”; there are .*"):
        see("oracle", CPU)


def test_an_untrained_network_is_another_and_always_the_same():
    x = torch.rand(1, 3, 32, 32)
    trained, untrained = (see("detector", CPU, untrained=flag).features(x, "stage2") for flag in (False, True))
    assert trained.shape == untrained.shape
    assert not torch.allclose(trained, untrained)
