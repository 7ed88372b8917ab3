"""The optimisation: losses against their definitions, and what must hold of every run."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from torch import nn

from app.algorithms.vision import style_transfer
from app.algorithms.vision.networks.style_encoder import Vgg
from app.algorithms.vision.style_transfer import (
    climb,
    content_loss,
    gram,
    ladder,
    optimise,
    picture,
    style_loss,
    stylise,
    tensor,
    total_variation,
)

CPU = torch.device("cpu")
WHITE, DOT = Image.new("RGB", (40, 30), "white"), Image.new("RGB", (1, 1), (10, 200, 30))


def painted(seed: int, w: int = 60, h: int = 40) -> Image.Image:
    """Soft coloured noise: as good as a painting, and made on the spot."""
    coarse = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((w, h), Image.Resampling.BICUBIC)


def tiny() -> Vgg:
    torch.manual_seed(0)
    encoder = Vgg((4, 6, 8, 8, 8)).requires_grad_(False)
    for layer in encoder.convolutions.values():
        nn.init.kaiming_normal_(layer.weight)
    return encoder


@pytest.fixture
def network() -> Vgg:
    return tiny()


def run(network, content=None, style=None, **options):
    chosen = {"size": 48, "steps": 12, "strength": 0.5, "seed": 0, "device": CPU, **options}
    return list(optimise(network, content or painted(1), style or painted(2), **chosen))


def test_the_gradient_of_gram_is_exact_for_any_loss():
    """Also for one that treats the entries ij and ji apart, against autograd through the definition."""
    gradients = []
    chance = torch.Generator().manual_seed(0)
    features, weights = torch.rand((2, 5, 6, 7), generator=chance), torch.rand((5, 5), generator=chance)
    for definition in (gram, lambda x: torch.einsum("nihw,njhw->ij", x, x) / (2 * 6 * 7)):
        x = features.clone().requires_grad_()
        (weights * definition(x)).sum().backward()
        gradients.append(x.grad)
    torch.testing.assert_close(*gradients)


@given(st.integers(1, 2), st.integers(1, 5), st.integers(1, 6), st.integers(1, 6))
@settings(max_examples=30, deadline=None)
def test_gram_is_its_definition(n, c, h, w):
    features = torch.randn(n, c, h, w, generator=torch.Generator().manual_seed(h * w))
    naive = torch.zeros(c, c)
    for i in range(c):
        for j in range(c):
            naive[i, j] = (features[:, i] * features[:, j]).sum() / (n * h * w)
    torch.testing.assert_close(gram(features), naive)
    torch.testing.assert_close(gram(features), torch.einsum("nihw,njhw->ij", features, features) / (n * h * w))


def test_losses_are_shares_of_their_target():
    features = torch.rand(1, 3, 4, 4) + 0.1
    assert content_loss(features, features) == 0
    assert style_loss(features, gram(features)) == 0
    torch.testing.assert_close(content_loss(torch.zeros_like(features), features), torch.tensor(1.0))
    torch.testing.assert_close(style_loss(torch.zeros_like(features), gram(features)), torch.tensor(1.0))


def test_style_does_not_care_where():
    features = torch.rand(1, 3, 5, 5)
    torch.testing.assert_close(gram(features), gram(features.roll((2, 1), (2, 3))))


def test_total_variation_is_its_definition():
    x = torch.rand(1, 3, 4, 5)
    down = sum(float((x[..., i + 1, :] - x[..., i, :]).square().sum()) for i in range(3))
    across = sum(float((x[..., i + 1] - x[..., i]).square().sum()) for i in range(4))
    assert total_variation(x).item() == pytest.approx((down + across) / x.numel())
    assert total_variation(torch.rand(1, 3, 1, 1)) == 0


@given(st.integers(*style_transfer.SIZES), st.integers(1, 600))
def test_ladder_ends_at_the_size_with_every_step(size, steps):
    rungs = ladder(size, steps)
    assert sum(count for _, count in rungs) == steps
    assert all(count > 0 for _, count in rungs)
    assert rungs[-1][0] == size
    assert rungs == sorted(rungs)


def test_climbing_keeps_the_momentum():
    x = torch.rand(1, 3, 8, 8, requires_grad=True)
    adam = torch.optim.Adam([x])
    x.sum().backward()
    adam.step()
    larger, next_adam = climb(x, adam, torch.Size((12, 16)))
    assert larger.shape == (1, 3, 12, 16)
    assert larger.requires_grad
    torch.testing.assert_close(next_adam.state[larger]["exp_avg"], torch.full((1, 3, 12, 16), 0.1))
    assert climb(x, adam, torch.Size((8, 8))) == (x, adam)


def test_tensor_and_picture_are_inverse():
    image = painted(3)
    assert picture(tensor(image, CPU)).tobytes() == image.tobytes()


@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0])
def test_loss_falls(network, strength):
    iterates = run(network, strength=strength, steps=25)
    assert len({iterate.size for iterate in iterates}) == 1
    assert iterates[-1].losses["total"] < iterates[0].losses["total"]


def test_strength_trades_content_for_style(network):
    ends = [run(network, strength=strength, steps=30)[-1].losses for strength in (0.0, 0.5, 1.0)]
    assert ends[0]["content"] < ends[1]["content"] < ends[2]["content"]
    assert ends[0]["style"] > ends[2]["style"]


def test_every_step_is_seen(network):
    iterates = run(network, size=200, steps=9)
    assert [iterate.step for iterate in iterates] == list(range(1, 10))
    assert {iterate.of for iterate in iterates} == {9}
    assert [iterate.size for iterate in iterates] == [max(iterate.picture.size) for iterate in iterates]
    assert iterates[0].size < iterates[-1].size == 200
    assert [iterate.progress for iterate in iterates] == sorted(iterate.progress for iterate in iterates)
    assert iterates[-1].progress == 1
    assert set(iterates[0].losses) == {"total", "content", "style", *style_transfer.STYLE_LAYERS}


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_same_seed_same_picture(seed):
    network = tiny()
    first, again = (run(network, seed=seed, steps=4)[-1] for _ in range(2))
    assert first.picture.tobytes() == again.picture.tobytes()
    assert first.losses == again.losses
    assert run(network, seed=seed ^ 1, steps=4)[-1].picture.tobytes() != first.picture.tobytes()


@pytest.mark.parametrize(
    "content", [WHITE, DOT, painted(1, 1, 90), painted(1, 90, 2)], ids=lambda image: str(image.size)
)
@pytest.mark.parametrize("style", [WHITE, DOT, painted(2, 3, 70)], ids=lambda image: str(image.size))
def test_odd_pictures_work(network, content, style):
    last = run(network, content, style, steps=3)[-1]
    assert max(last.picture.size) == 48
    assert all(np.isfinite(loss) for loss in last.losses.values())


def test_stylise_uses_the_shipped_encoder():
    iterates = list(stylise(painted(1), painted(2), size=64, steps=20))
    assert iterates[-1].picture.size == (64, 43)
    assert iterates[-1].losses["style"] < 0.8 * iterates[0].losses["style"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"size": 4}, "The size must be between 32 and 2048, not 4."),
        ({"size": 100_000}, "The size must be between 32 and 2048, not 100000."),
        ({"steps": 0}, "The steps must be between 1 and 5000, not 0."),
        ({"strength": 1.5}, "The strength must be between 0 and 1, not 1.5."),
        ({"strength": float("nan")}, "The strength must be between 0 and 1, not nan."),
        ({"seed": -1}, f"The seed must be between 0 and {2**63 - 1}, not -1."),
        ({"device": "toaster"}, "“toaster” is no device; write cpu or cuda."),
        ({"network": "resnet"}, "There is no network “resnet”; there are style-encoder, vgg19."),
    ],
)
def test_arguments_out_of_range_are_sentences(options, sentence):
    with pytest.raises(ValueError) as refusal:
        stylise(painted(1), painted(2), **options)
    assert str(refusal.value) == sentence
