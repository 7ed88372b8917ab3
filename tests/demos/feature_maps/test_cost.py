"""What a run is told to cost grows with all that it takes, and with nothing else."""

from __future__ import annotations

import pytest

from app.algorithms.vision.feature_maps.layers import NAMES, layers
from app.demos.feature_maps.cost import STEP, work
from app.demos.feature_maps.demo import DEMO


def cost(**given: str) -> float:
    return work(DEMO.parse(given))


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ({"steps": "100"}, {"steps": "200"}),
        ({"size": "128"}, {"size": "224"}),
        ({"channel": "detector/stem/0"}, {"channel": "detector/level5/0"}),
        ({"channel": "detector/level5/0"}, {"channel": "style-encoder/relu5_1/0"}),
        ({}, {"objective": "diversity"}),
        ({}, {"question": "methods"}),
        ({"question": "methods"}, {"question": "methods", "method": "own"}),
        ({"method": "growing"}, {"method": "plain"}),
        ({"question": "push"}, {}),
        (
            {"objective": "mix", "channel": "style-encoder/relu1_1/0"},
            {"objective": "mix", "channel": "style-encoder/relu1_1/0", "second": "style-encoder/relu5_1/0"},
        ),
        ({"question": "photo", "channel": "detector/stem/0"}, {"question": "photo", "channel": "detector/logits/0"}),
    ],
)
def test_more_of_it_costs_more(less: dict[str, str], more: dict[str, str]) -> None:
    assert cost(**less) < cost(**more)


@pytest.mark.parametrize("given", [{"steps": "500"}, {"size": "408"}, {"objective": "diversity"}, {"method": "plain"}])
def test_what_a_photograph_is_read_for_does_not_matter(given: dict[str, str]) -> None:
    assert cost(question="photo") == cost(question="photo", **given)


def test_a_second_channel_that_is_not_drawn_costs_nothing() -> None:
    assert cost() == cost(second="style-encoder/relu5_1/0")


def test_the_side_by_side_costs_what_its_methods_cost() -> None:
    alone = [cost(method=name) for name in ("plain", "growing", "fourier")]
    assert cost(question="methods") == pytest.approx(sum(alone))


def test_every_layer_of_every_network_has_a_cost() -> None:
    assert set(STEP) == set(NAMES)
    for network in ("style-encoder", "detector"):
        costs = [cost(channel=f"{network}/{name}/0") for name in layers(network)]
        assert costs == sorted(costs) and costs[0] > 0
