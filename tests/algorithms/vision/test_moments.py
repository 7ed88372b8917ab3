"""Moments against their definition; normalising against torch's own, mixing against a mix of features."""

import pytest
import torch
from torch.nn import functional

from app.algorithms.vision.moments import LAYERS, Moments, adain, mixed, moments


def features(seed: int, n: int = 2, side: int = 9) -> dict[str, torch.Tensor]:
    chance = torch.Generator().manual_seed(seed)
    return {layer: 1 + 2 * torch.randn(n, 5, side, side + 1, generator=chance) for layer in LAYERS}


def test_moments_are_each_pictures_own():
    both = moments(features(0))
    for row in range(2):
        one = features(0)["relu2_1"][row]
        for channel in range(5):
            values = one[channel].flatten().double()
            mean = values.sum() / len(values)
            assert both.means["relu2_1"][row, channel].item() == pytest.approx(mean.item(), rel=1e-5)
            deviation = ((values - mean) ** 2).sum().div(len(values)).sqrt()
            assert both.deviations["relu2_1"][row, channel].item() == pytest.approx(deviation.item(), rel=1e-5)


def test_one_pixel_deviates_by_nothing():
    found = moments({"relu1_1": torch.full((1, 5, 1, 1), 3.0)}, ["relu1_1"])
    assert (found.means["relu1_1"] == 3).all()
    assert found.deviations["relu1_1"].max() < 1e-5


def test_a_silent_channel_does_not_spoil_a_gradient():
    x = torch.zeros(1, 5, 4, 4, requires_grad=True)
    found = moments({"relu1_1": x}, ["relu1_1"])
    (found.means["relu1_1"] + found.deviations["relu1_1"]).sum().backward()
    assert x.grad is not None
    assert x.grad.isfinite().all()


def test_normalised_features_have_the_moments_asked_for():
    content, style = features(1)["relu4_1"], moments(features(2))
    made = moments({"relu4_1": adain(content, style.means["relu4_1"], style.deviations["relu4_1"])}, ["relu4_1"])
    torch.testing.assert_close(made.means["relu4_1"], style.means["relu4_1"])
    torch.testing.assert_close(made.deviations["relu4_1"], style.deviations["relu4_1"])


def test_normalising_to_nought_and_one_is_instance_norm():
    content = features(3)["relu1_1"]
    torch.testing.assert_close(
        adain(content, torch.zeros(5), torch.ones(5)), functional.instance_norm(content, eps=0), rtol=1e-4, atol=1e-4
    )


def test_own_moments_change_nothing():
    content = features(4)
    own = moments(content)
    for layer, x in content.items():
        torch.testing.assert_close(adain(x, own.means[layer], own.deviations[layer]), x, rtol=1e-4, atol=1e-4)


def test_a_channel_that_hardly_fires_is_not_blown_up():
    faint = 1e-3 * torch.randn(1, 5, 9, 9, generator=torch.Generator().manual_seed(0))
    assert adain(faint, torch.zeros(5), torch.ones(5)).abs().max() < 0.1


def test_mixing_moments_mixes_normalised_features():
    content = features(5)["relu3_1"]
    one, other = moments(features(6)), moments(features(7))
    mix = mixed([one, other], [3, 1])
    separate = [adain(content, style.means["relu3_1"], style.deviations["relu3_1"]) for style in (one, other)]
    torch.testing.assert_close(
        adain(content, mix.means["relu3_1"], mix.deviations["relu3_1"]), 0.75 * separate[0] + 0.25 * separate[1]
    )


def test_only_the_weights_ratios_count():
    styles = [moments(features(8)), moments(features(9))]
    small, large = mixed(styles, [0.1, 0.3]), mixed(styles, [10, 30])
    torch.testing.assert_close(small.means["relu1_1"], large.means["relu1_1"])
    torch.testing.assert_close(small.deviations["relu4_1"], large.deviations["relu4_1"])


def test_a_single_style_and_one_picture_mix():
    single = moments(features(10, n=1))
    row = Moments(*({k: v[0] for k, v in part.items()} for part in (single.means, single.deviations)))
    mix = mixed([row, single], [0, 2])
    torch.testing.assert_close(mix.means["relu4_1"], single.means["relu4_1"])


@pytest.mark.parametrize("weights", [[], [1], [1, 1, 1], [0, 0], [1, -1], [1, float("nan")], [1, float("inf")]])
def test_weights_must_make_sense(weights):
    with pytest.raises(ValueError, match="mix"):
        mixed([moments(features(0)), moments(features(1))], weights)
