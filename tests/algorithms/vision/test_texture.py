"""Texture synthesis: noise takes on a style, and what must hold of every run."""

import pytest
import torch

from app.algorithms.vision.losses import STYLE_LAYERS, style_loss
from app.algorithms.vision.pixels import tensor
from app.algorithms.vision.styles import load, measure
from app.algorithms.vision.texture import optimise, synthesise
from tests.algorithms.vision.test_style_transfer import CPU, painted, tiny


@pytest.fixture(scope="module")
def network():
    return tiny()


@pytest.fixture(scope="module")
def style(network):
    return measure(network, painted(2), "noise", (32, 64))


def run(network, style, **options):
    return list(
        optimise(network, style, **{"size": 64, "steps": 40, "seed": 0, "device": CPU, "smallest": 32, **options})
    )


def distances(network, image, style) -> list[float]:
    features = network(tensor(image, CPU), STYLE_LAYERS)
    return [style_loss(features[layer], matrix).item() for layer, matrix in style.grams(max(image.size)).items()]


def test_noise_comes_nearer_to_the_style_in_every_layer(network, style):
    iterates = run(network, style)
    noise, made = (distances(network, iterates[place].picture, style) for place in (0, -1))
    assert all(after < 0.5 * before for before, after in zip(noise, made, strict=True))


def test_a_style_is_not_its_neighbour(network, style):
    other = measure(network, painted(7), "other", (32, 64))
    made = run(network, style)[-1].picture
    assert sum(distances(network, made, style)) < sum(distances(network, made, other))


def test_every_step_is_seen(network, style):
    iterates = run(network, style, steps=9)
    assert [iterate.step for iterate in iterates] == list(range(1, 10))
    assert [iterate.picture.size for iterate in iterates] == [(iterate.size, iterate.size) for iterate in iterates]
    assert iterates[0].size < iterates[-1].size == 64
    assert [iterate.progress for iterate in iterates] == sorted(iterate.progress for iterate in iterates)
    assert iterates[-1].progress == 1
    assert set(iterates[0].losses) == {"total", "style", "means", *STYLE_LAYERS}


def test_same_seed_same_picture(network, style):
    first, again, other = (run(network, style, steps=4, seed=seed)[-1].picture.tobytes() for seed in (3, 3, 4))
    assert first == again != other


def test_a_shipped_painting_becomes_a_swatch_of_its_colours():
    style = load("starry-night")
    *_, last = synthesise(style, size=64, steps=40)
    red, _, blue = torch.tensor(last.picture.resize((1, 1)).getpixel((0, 0)))
    assert last.picture.size == (64, 64)
    assert blue > red


def test_the_painting_does_not_come_back(network, style):
    """The Gram matrices fit, and yet what was where is not in them."""
    made, own = (tensor(image, CPU).flatten() for image in (run(network, style)[-1].picture, painted(2, 64, 64)))
    assert torch.corrcoef(torch.stack([made, own]))[0, 1] < 0.6


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"size": 4}, "The size must be between 32 and 2048, not 4."),
        ({"steps": 0}, "The steps must be between 1 and 5000, not 0."),
        ({"seed": -1}, f"The seed must be between 0 and {2**63 - 1}, not -1."),
        ({"device": "toaster"}, "“toaster” is no device; write cpu or cuda."),
    ],
)
def test_arguments_out_of_range_are_sentences(options, sentence):
    with pytest.raises(ValueError) as refusal:
        synthesise(load("udnie"), **options)
    assert str(refusal.value) == sentence
