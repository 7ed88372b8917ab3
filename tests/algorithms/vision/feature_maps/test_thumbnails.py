"""Thumbnails: none depends on its neighbours, and each is the middle of what a run of its own would make."""

import pytest

from app.algorithms.vision.feature_maps.objectives import Channel, Direction
from app.algorithms.vision.feature_maps.seen import see
from app.algorithms.vision.feature_maps.thumbnails import BATCH, thumbnails, tiles
from tests.algorithms.vision.feature_maps.opened import CPU

OPTIONS = {"size": 36, "steps": 6}


@pytest.fixture(scope="module")
def detector():
    return see("detector", CPU)


def test_every_channel_has_its_tile_in_order(detector):
    made = list(thumbnails(detector, "stage2", range(BATCH + 2), **OPTIONS))
    assert [channel for channel, _, _ in made] == list(range(BATCH + 2))
    assert {picture.size for _, picture, _ in made} == {(36, 36)}
    assert len({picture.tobytes() for _, picture, _ in made}) == BATCH + 2


def test_a_tile_does_not_depend_on_its_neighbours(detector):
    together = [
        (c, picture.tobytes(), said) for c, picture, said in thumbnails(detector, "stage3", range(6), **OPTIONS)
    ]
    alone = [(c, picture.tobytes(), said) for c, picture, said in thumbnails(detector, "stage3", [4, 2], **OPTIONS)]
    assert alone == [together[4], together[2]]


def test_any_objective_has_a_tile(detector):
    wanted = [Channel("stage2", 1), Direction("stage2", (1.0,) * 32)]
    first, second = (picture for picture, _ in tiles(detector, wanted, **OPTIONS))
    ((_, same, _),) = thumbnails(detector, "stage2", [1], **OPTIONS)
    assert first.tobytes() == same.tobytes() != second.tobytes()


def test_more_steps_excite_more(detector):
    ((_, _, few),), ((_, _, many),) = (thumbnails(detector, "stage3", [7], size=48, steps=steps) for steps in (1, 30))
    assert many > few
