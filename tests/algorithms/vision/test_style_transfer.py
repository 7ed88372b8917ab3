"""The optimisation: what must hold of every run."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from torch import nn

from app.algorithms.vision.losses import STYLE_LAYERS
from app.algorithms.vision.networks.style_encoder import Vgg
from app.algorithms.vision.style_transfer import Options, Scene, optimise, stylise

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


def run(network, content=None, style=None, *, saved=None, scene=None, smallest=128, **options):
    chosen = Options(**{"size": 48, "steps": 12, "start": "photograph", **options})
    scene = scene or Scene(content or painted(1), [(style or painted(2), 1.0)])
    return list(optimise(network, scene, chosen, device=CPU, saved=saved, smallest=smallest))


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
    assert set(iterates[0].losses) == {"total", "content", "style", "smoothness", *STYLE_LAYERS}


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
@pytest.mark.parametrize("start", ["once", "photograph"])
def test_odd_pictures_work(network, content, style, start):
    last = run(network, content, style, steps=3, start=start)[-1]
    assert max(last.picture.size) == 48
    assert all(np.isfinite(loss) for loss in last.losses.values())


@pytest.mark.parametrize("optimiser", ["adam", "lbfgs"])
@pytest.mark.parametrize("content", [WHITE, DOT, painted(1, 1, 90)], ids=lambda image: str(image.size))
def test_odd_pictures_work_with_every_option(network, content, optimiser):
    scene = Scene(content, [(painted(2), 1.0), (DOT, 2.0)], [(WHITE, 1.0)], DOT)
    options = {"goal": "style", "start": "style", "colours": "histogram", "scale": 0.25, "content_layer": "relu5_1"}
    last = run(network, scene=scene, steps=4, size=200, optimiser=optimiser, **options)[-1]
    assert max(last.picture.size) == 200
    assert all(np.isfinite(loss) for loss in last.losses.values())


def test_stylise_uses_the_shipped_encoder():
    iterates = list(stylise(painted(1), painted(2), Options(size=64, steps=20, start="photograph")))
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
        ({"smoothness": -1}, "The smoothness must be between 0 and 100, not -1."),
        ({"scale": 9}, "The scale must be between 0.1 and 4, not 9."),
        ({"layers": (1, 1)}, "There are 5 style layers, not 2."),
        ({"layers": (1, 1, -1, 1, 1)}, "The weight of relu3_1 must be between 0 and 100, not -1."),
        ({"goal": "fame"}, "The goal can be both, content, style, not “fame”."),
        ({"pooling": "least"}, "The pooling can be average, max, not “least”."),
        (
            {"network": "resnet"},
            "There is no network “resnet”; there are style-encoder, vgg19, random, residual, smoothed.",
        ),
    ],
)
def test_arguments_out_of_range_are_sentences(options, sentence):
    with pytest.raises(ValueError) as refusal:
        stylise(painted(1), painted(2), Options(**options))
    assert str(refusal.value) == sentence


def test_another_device_is_a_sentence():
    with pytest.raises(ValueError, match="“toaster” is no device; write cpu or cuda"):
        stylise(painted(1), painted(2), device="toaster")
