"""Objectives against loops over places, and pictures that are kept apart."""

import math

import pytest
import torch

from app.algorithms.vision.feature_maps.objectives import (
    LEAST_COSINE,
    Channel,
    Direction,
    Diverse,
    Each,
    Neuron,
    Weighted,
    at,
    highest,
    likeness,
)

CHANCE = torch.Generator().manual_seed(0)
MAPS = {"low": torch.randn((3, 4, 5, 7), generator=CHANCE), "high": torch.randn((3, 6, 2, 3), generator=CHANCE)}
VECTOR = (0.5, -1.0, 2.0, 0.25)


def test_a_channel_is_the_mean_of_its_map():
    for n in range(3):
        places = [MAPS["low"][n, 2, y, x].item() for y in range(5) for x in range(7)]
        assert Channel("low", 2).score(MAPS)[n].item() == pytest.approx(sum(places) / 35, abs=1e-6)


@pytest.mark.parametrize(
    ("x", "y", "column", "row"), [(0, 0, 0, 0), (1, 1, 6, 4), (0.5, 0.5, 3, 2), (0.15, 0.79, 1, 3)]
)
def test_a_neuron_is_one_place(x, y, column, row):
    assert torch.equal(Neuron("low", 1, x, y).score(MAPS), MAPS["low"][:, 1, row, column])
    assert torch.equal(at(MAPS["low"], x, y), MAPS["low"][:, :, row, column])


def pointed(vector):
    """Dot product with VECTOR's direction × cosine², of one place."""
    length = math.hypot(*VECTOR)
    dot = sum(a * b / length for a, b in zip(vector, VECTOR, strict=True))
    return dot * max(LEAST_COSINE, dot / math.hypot(*vector)) ** 2


def test_a_direction_is_the_dot_product_by_the_cosine_squared():
    for n in range(3):
        places = [pointed(MAPS["low"][n, :, y, x].tolist()) for y in range(5) for x in range(7)]
        assert Direction("low", VECTOR).score(MAPS)[n].item() == pytest.approx(sum(places) / 35, rel=1e-4)
        one = Direction("low", VECTOR, x=0.5, y=0.5).score(MAPS)[n].item()
        assert one == pytest.approx(pointed(MAPS["low"][n, :, 2, 3].tolist()), rel=1e-4)


def test_a_direction_has_no_length():
    longer = tuple(3 * value for value in VECTOR)
    assert torch.allclose(Direction("low", VECTOR).score(MAPS), Direction("low", longer).score(MAPS))


def test_sums_differences_and_negatives():
    a, b = Channel("low", 0), Neuron("high", 5)
    assert torch.allclose(Weighted(((a, 0.25), (b, -2.0))).score(MAPS), 0.25 * a.score(MAPS) - 2 * b.score(MAPS))
    assert torch.equal(Weighted(((a, -1.0),)).score(MAPS), -a.score(MAPS))


def test_each_picture_has_its_own():
    parts = (Channel("low", 0), Channel("high", 3), Neuron("low", 2))
    assert Each(parts).pictures == 3
    for n, part in enumerate(parts):
        assert torch.allclose(Each(parts).score(MAPS)[n], part.score(MAPS)[n])


def test_the_highest_layer_is_where_the_network_is_cut():
    mix = Weighted(((Channel("high", 0), 1.0), (Channel("low", 0), 1.0)))
    assert mix.layers == Diverse(mix).layers == Each((mix,)).layers == {"low", "high"}
    assert highest(["low", "middle", "high"], mix) == "high"
    with pytest.raises(ValueError, match=r"This network has no layer high\."):
        highest(["low"], mix)


def test_likeness_is_one_for_copies_and_nothing_for_strangers():
    copies = MAPS["low"][:1].repeat(3, 1, 1, 1)
    assert likeness(copies).item() == pytest.approx(1, abs=1e-6)
    strangers = torch.zeros(2, 2, 3, 3)
    strangers[0, 0] = strangers[1, 1] = 1
    assert likeness(strangers).item() == 0


def test_likeness_is_the_mean_over_pairs():
    grams = [(flat @ flat.T).flatten() for flat in MAPS["low"].flatten(2)]
    pairs = [torch.cosine_similarity(grams[a], grams[b], dim=0).item() for a, b in ((0, 1), (0, 2), (1, 2))]
    assert likeness(MAPS["low"]).item() == pytest.approx(sum(pairs) / 3, abs=1e-5)


def test_the_penalty_is_no_activation():
    diverse = Diverse(Channel("low", 1), count=3, apart=0.5)
    own = Channel("low", 1).score(MAPS)
    assert torch.equal(diverse.score(MAPS), own)
    expected = own.sum() - 0.5 * own.abs().sum() * likeness(MAPS["low"])
    assert diverse.wanted(MAPS).item() == pytest.approx(expected.item(), abs=1e-6)
