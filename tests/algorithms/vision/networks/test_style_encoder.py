"""The encoder against torchvision's VGG, and against itself."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from app.algorithms.vision import torchvision_shim  # noqa: F401
from app.algorithms.vision.networks.style_encoder import VGG19_DEPTHS, Vgg

# Imported after the shim, without which it may not load.
from torchvision.models.vgg import cfgs, make_layers  # isort: skip


def tiny(**options) -> Vgg:
    torch.manual_seed(0)
    return Vgg((4, 6, 8, 8, 8), **options)


def test_layers_are_vgg_19s():
    names = [f"relu{block}_{layer}" for block, depth in enumerate((2, 2, 4, 4, 1), 1) for layer in range(1, depth + 1)]
    assert Vgg().layers == names


@pytest.mark.parametrize("layers", [["relu1_1"], ["relu2_2", "relu4_1"], ["relu5_1"]])
def test_cut_network_equals_the_full_one(layers):
    encoder, x = tiny(), torch.rand(2, 3, 40, 33)
    full, cut = encoder(x), encoder(x, layers)
    assert sorted(cut) == layers
    assert all(torch.equal(cut[name], full[name]) for name in layers)


def test_nothing_above_the_last_layer_is_computed():
    encoder, calls = tiny(), []
    for name, layer in encoder.convolutions.items():
        layer.register_forward_hook(lambda *_, name=name: calls.append(name))
    encoder(torch.rand(1, 3, 16, 16), ["relu2_1", "relu1_1"])
    assert calls == ["1_1", "1_2", "2_1"]


def test_vgg_19_equals_torchvisions():
    plan = [4, 4, "M", 6, 6, "M", 8, 8, 8, 8, "M", 8, 8, 8, 8, "M", 8, 8, 8, 8, "M"]
    assert [kind == "M" for kind in plan] == [kind == "M" for kind in cfgs["E"]]
    theirs = make_layers(plan, batch_norm=False)
    theirs[0].padding_mode = "replicate"
    ours = tiny(depths=VGG19_DEPTHS, pooling="maximum", mean=(0.4, 0.5, 0.6), deviation=(0.2, 0.3, 0.4))
    ours.load_state_dict(dict(zip(ours.state_dict(), theirs.state_dict().values(), strict=True)))
    x = torch.rand(2, 3, 48, 37)
    expected = (x - torch.tensor((0.4, 0.5, 0.6)).view(3, 1, 1)) / torch.tensor((0.2, 0.3, 0.4)).view(3, 1, 1)
    features, names = ours(x), iter(ours.layers)
    for layer in theirs:
        expected = layer(expected)
        if isinstance(layer, nn.ReLU):
            torch.testing.assert_close(features[next(names)], expected)
    assert next(names, None) is None


def test_first_layer_sees_no_frame():
    flat = tiny()(torch.full((1, 3, 12, 12), 0.8), ["relu1_1"])["relu1_1"]
    torch.testing.assert_close(flat, flat[..., 5:6, 5:6].expand_as(flat))


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40))
def test_pictures_of_any_size_have_all_features(h, w):
    features = tiny()(torch.rand(1, 3, h, w))
    assert all(min(x.shape) > 0 and x.isfinite().all() for x in features.values())


def test_unknown_layers_are_named():
    with pytest.raises(ValueError, match="no layer relu9_9"):
        tiny()(torch.rand(1, 3, 8, 8), ["relu9_9", "relu1_1"])
