"""Activation maximisation: slopes by finite differences, an optimum known in closed form, what holds of all runs."""

from dataclasses import replace

import pytest
import torch

from app.algorithms.vision.feature_maps import Channel, Direction, Diverse, Neuron, Weighted, maximise
from app.algorithms.vision.feature_maps.ascent import looked, measured
from app.algorithms.vision.feature_maps.canvas import Canvas
from app.algorithms.vision.feature_maps.methods import METHODS, Method
from app.algorithms.vision.feature_maps.objectives import likeness
from app.algorithms.vision.feature_maps.seen import see
from app.algorithms.vision.feature_maps.transformations import Move, moved
from app.algorithms.vision.pixels import tensor
from tests.algorithms.vision.feature_maps.opened import CPU, network, noise

EVERY = Method(grow=True, blur=True, fourier=True, decorrelate=True, jitter=True, scale=True, turn=True, decay=True)
SMALL = replace(METHODS["growing"], start=32)


@pytest.fixture(scope="module")
def detector():
    return see("detector", CPU)


def smooth(x, seed=0, channels=4):
    """Maps of a small network that is smooth everywhere, in the picture's own precision."""
    chance = torch.Generator().manual_seed(seed)
    weights = torch.randn((channels, 3, 3, 3), generator=chance, dtype=torch.float64).to(x)
    return torch.nn.functional.conv2d(x, weights, padding=1).tanh()


def run(objective, seen, **options):
    return list(maximise(objective, network=seen, **{"size": 48, "steps": 12, **options}))


@pytest.mark.parametrize("kind", [(False, False), (False, True), (True, False), (True, True)])
@pytest.mark.parametrize(
    "objective",
    [
        Channel("stem", 1),
        Neuron("stem", 2, 0.3, 0.7),
        Direction("stem", (1.0, 0.5, -0.5, 2.0)),
        Weighted(((Channel("stem", 0), 0.5), (Neuron("stem", 3), -1.0))),
    ],
    ids=lambda objective: type(objective).__name__,
)
def test_slopes_are_those_of_finite_differences(kind, objective):
    seen = network("detector", stem=smooth)
    x = 0.2 + 0.6 * torch.rand((1, 3, 6, 5), generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    canvas = Canvas.of(x, fourier=kind[0], decorrelate=kind[1])

    def wanted(numbers):
        shown = moved(replace(canvas, numbers=numbers).picture(), Move(1, -1, 1.05, 4.0))
        return objective.wanted(dict(seen.opened(shown)))

    assert torch.autograd.gradcheck(wanted, canvas.numbers, eps=1e-6, atol=1e-6)


def test_a_linear_networks_optimum_is_the_sign_of_its_filter():
    """A mean of one weight a pixel is largest where each is black or white by its weight's sign."""
    weights = torch.randn((1, 3, 40, 40), generator=torch.Generator().manual_seed(2))
    seen = network("detector", stem=lambda x: (x * weights).sum(1, keepdim=True))
    last = run(Channel("stem", 0), seen, size=40, method="plain", steps=60)[-1]
    best = weights.clamp_min(0).sum() / 40**2
    assert last.activation == pytest.approx(best.item(), rel=1e-4)
    assert torch.equal(tensor(last.pictures[0], CPU) > 0.5, weights > 0)


@pytest.mark.parametrize("method", ["plain", SMALL, "fourier", EVERY], ids=["plain", "growing", "fourier", "every"])
@pytest.mark.parametrize("address", [("detector", "stage3", 7), ("style-encoder", "relu3_1", 37)])
def test_the_activation_rises(method, address):
    name, layer, channel = address
    seen = see(name, CPU)
    begun = measured(Channel(layer, channel), seen, torch.full((1, 3, 48, 48), 0.5)).item()
    iterates = run(Channel(layer, channel), seen, method=method, steps=24)
    assert iterates[-1].activation > max(begun, iterates[0].activation) + 0.01


def test_every_step_is_seen(detector):
    iterates = run(Channel("stem", 3), detector, method=SMALL, steps=9, size=64)
    assert [iterate.step for iterate in iterates] == list(range(1, 10))
    assert {iterate.of for iterate in iterates} == {9}
    assert [iterate.size for iterate in iterates] == sorted(iterate.size for iterate in iterates)
    assert all(iterate.pictures[0].size == (iterate.size, iterate.size) for iterate in iterates)
    assert iterates[0].size == 32 < iterates[-1].size == 64
    assert [iterate.progress for iterate in iterates] == sorted(iterate.progress for iterate in iterates)
    assert iterates[-1].progress == 1


@pytest.mark.parametrize("method", ["plain", SMALL, "fourier", EVERY], ids=["plain", "growing", "fourier", "every"])
def test_same_seed_same_pictures(detector, method):
    first, again, other = (
        [iterate.pictures[0].tobytes() for iterate in run(Channel("stage2", 3), detector, method=method, seed=seed)]
        for seed in (3, 3, 4)
    )
    assert first == again
    assert first[-1] != other[-1]


def test_the_last_activation_is_that_of_the_finished_picture(detector):
    last = run(Channel("stage3", 7), detector)[-1]
    again = measured(Channel("stage3", 7), detector, tensor(last.pictures[0], CPU)).item()
    assert last.activation == pytest.approx(again, rel=0.02)  # pictures are rounded to bytes
    assert last.activations == (last.activation,)


def test_a_run_that_is_closed_leaves_its_picture(detector):
    iterates = maximise(Channel("stage2", 3), network=detector, size=48, steps=50)
    third = [next(iterates) for _ in range(3)][-1]
    iterates.close()
    with pytest.raises(StopIteration):
        next(iterates)
    whole = list(maximise(Channel("stage2", 3), network=detector, size=48, steps=50))
    assert third.pictures[0].tobytes() == whole[2].pictures[0].tobytes()


def test_only_what_is_asked_for_is_computed():
    def never(_x):
        raise AssertionError("a layer above the highest was computed")

    seen = network("detector", stem=smooth, stage2=lambda x: 2 * smooth(x, 1), stage3=never)
    both = Weighted(((Channel("stem", 0), 1.0), (Channel("stage2", 0), 1.0)))
    assert set(looked(seen, torch.rand(1, 3, 8, 8), both)) == {"stem", "stage2"}
    assert len(run(both, seen, steps=2)) == 2


def test_a_silent_channel_says_so():
    seen = network("detector", stem=lambda x: 0 * x)
    iterates = run(Channel("stem", 0), seen, method="fourier", steps=4)
    assert [iterate.activation for iterate in iterates] == [0, 0, 0, 0]


def test_a_channel_that_begins_silent_is_woken():
    """Below its ReLU it has a slope, which a leak lets through until it is heard."""
    from collections.abc import Iterator

    from app.algorithms.vision.feature_maps.seen import Seen

    def opened(x, leak) -> Iterator:
        below = smooth(x) - 0.5
        after = below.relu()
        yield "stem", after if leak is None else after + (low := leak * below.clamp_max(0)) - low.detach()

    assert run(Channel("stem", 0), Seen("detector", opened, CPU), method="fourier", steps=60)[-1].activation > 0


def test_four_that_are_kept_apart_differ_more_than_four_seeds():
    seen, wanted = see("style-encoder", CPU), Channel("relu3_1", 37)
    options = {"size": 56, "steps": 50, "method": "plain"}
    kept = run(Diverse(wanted, apart=3.0), seen, **options)[-1]
    seeds = [run(wanted, seen, seed=seed, **options)[-1] for seed in range(4)]
    alike = [
        likeness(seen.features(torch.cat([tensor(picture, CPU) for picture in pictures]), "relu3_1")).item()
        for pictures in (kept.pictures, [one.pictures[0] for one in seeds])
    ]
    assert len(kept.pictures) == len(kept.activations) == 4
    assert kept.activation == pytest.approx(sum(kept.activations) / 4)
    assert alike[0] < alike[1]


@pytest.mark.parametrize("method", ["plain", SMALL, "fourier"], ids=["plain", "growing", "fourier"])
def test_a_photograph_is_pushed_and_keeps_its_proportions(detector, method):
    photograph = noise(12, 18).resize((72, 48), 3)
    before = measured(Channel("stage2", 3), detector, tensor(photograph, CPU)).item()
    last = run(Channel("stage2", 3), detector, start=photograph, size=72, method=method)[-1]
    pushed, own = tensor(last.pictures[0], CPU), tensor(photograph, CPU)
    assert last.pictures[0].size == (72, 48)
    assert last.activation > before
    assert torch.corrcoef(torch.stack([pushed.flatten(), own.flatten()]))[0, 1] > 0.2
    assert (pushed - own).abs().mean() > 0.02


def test_an_untrained_network_answers_with_other_pictures():
    trained, untrained = (
        list(maximise(Channel("stage2", 3), network="detector", size=32, steps=3, untrained=flag))[-1]
        for flag in (False, True)
    )
    assert trained.pictures[0].tobytes() != untrained.pictures[0].tobytes()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"size": 4}, "The size must be between 32 and 1024, not 4."),
        ({"steps": 0}, "The steps must be between 1 and 5000, not 0."),
        ({"seed": -1}, f"The seed must be between 0 and {2**63 - 1}, not -1."),
        ({"method": "magic"}, "The method can be plain, growing, fourier, not “magic”."),
        ({"device": "toaster"}, "“toaster” is no device; write cpu or cuda."),
        ({"network": "oracle"}, "There is no network “oracle”; there are style-encoder, detector, resnet34, vgg19."),
    ],
)
def test_arguments_out_of_range_are_sentences(options, sentence):
    with pytest.raises(ValueError) as refusal:
        maximise(Channel("stem", 0), **{"network": "detector", **options})
    assert str(refusal.value) == sentence


def test_a_layer_of_another_network_is_a_sentence(detector):
    with pytest.raises(ValueError, match=r"This network has no layer relu1_1\."):
        maximise(Channel("relu1_1", 0), network=detector)
