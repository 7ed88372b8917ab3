"""Training the earlier stages' heads: a frozen trunk, falling losses, and runs that go on as if never stopped."""

import numpy as np
import pytest
import torch

from app.algorithms.vision.detection.boxes import offsets
from app.algorithms.vision.detection.loss import Objects
from app.algorithms.vision.networks.detector import Raw, Trunk
from app.algorithms.vision.networks.stages import Staged, Stages, sixteen_anchors
from training.labelled import labelled
from training.mosaics import Share
from training.stages import largest, staged_losses, train


def squares(count):
    """A bright square in one of two colours on grey, and where it is."""
    random, made = np.random.default_rng(0), []
    for _ in range(count):
        picture = np.full((64, 64, 3), 90, np.uint8)
        x, y, label = int(random.integers(30)), int(random.integers(30)), int(random.integers(2))
        picture[y : y + 30, x : x + 30, label] = 255
        made.append(labelled(picture, [(x, y, x + 30, y + 30)], [label], [False]))
    return made


@pytest.fixture
def trunk():
    torch.manual_seed(0)
    return Trunk().eval().requires_grad_(False)


def run(trunk, folder, **how):
    torch.manual_seed(1)
    stages = Stages(2)
    shares = [Share(squares(12), 1, known=True)]
    return train(stages, trunk, shares, None, classes=2, folder=folder, batch=4, side=96, workers=0, **how)


def test_losses_fall_and_the_trunk_stays(trunk, tmp_path):
    before = {name: value.clone() for name, value in trunk.state_dict().items()}
    run(trunk, tmp_path, steps=50)
    rows = np.loadtxt(tmp_path / "stages.csv", delimiter=",", skiprows=1)
    assert (rows[-1, 2:] < rows[0, 2:]).all()
    assert all(torch.equal(value, before[name]) for name, value in trunk.state_dict().items())


def test_a_resumed_run_ends_where_an_uninterrupted_one_does(trunk, tmp_path):
    whole = run(trunk, tmp_path / "whole", steps=6)
    run(trunk, tmp_path / "halves", steps=6, stop_after=3)
    halves = run(trunk, tmp_path / "halves", steps=6)
    assert all(torch.equal(value, halves.state_dict()[name]) for name, value in whole.state_dict().items())


def objects(boxes, classes, asked=None):
    asked = [True] * len(boxes) if asked is None else asked
    return Objects(
        torch.tensor(boxes).float().reshape(-1, 4), torch.tensor(classes).reshape(-1, 2), torch.tensor(asked).bool()
    )


def test_largest_is_the_largest_that_is_sure_enough():
    boxes = [[0, 0, 9, 9], [0, 0, 50, 50], [0, 0, 20, 20]]
    assert largest(objects(boxes, [[1.0, 0], [0.1, 0.2], [0, 0.9]])) == 2
    assert largest(objects(boxes[1:2], [[0.1, 0.2]])) is None
    assert largest(objects([], [])) is None


def perfect(box, label):
    far = 30.0
    logits = torch.full((1, 2), -far)
    logits[0, label] = far
    sixteen = torch.full((1, 16, 2), -far)
    sixteen[0, 5, label] = far
    moves = offsets(sixteen_anchors(96), torch.tensor([box]).float().expand(16, 4))[None]
    return Staged(logits, torch.tensor([box]) / 96, logits, Raw(moves, sixteen))


def test_the_right_answer_costs_nothing_and_another_class_does():
    seen = [objects([[24.0, 24, 48, 48]], [[0.0, 1]])]
    assert [loss.item() for loss in staged_losses(perfect([24.0, 24, 48, 48], 1), seen, 96)] == pytest.approx(
        [0, 0, 0], abs=1e-4
    )
    assert all(loss.item() > 1 for loss in staged_losses(perfect([24.0, 24, 48, 48], 0), seen, 96))


def test_crowds_and_empty_pictures_are_asked_nothing_of_the_largest():
    for nothing in (objects([], []), objects([[24.0, 24, 48, 48]], [[0.0, 1]], [False])):
        assert staged_losses(perfect([0.0, 0, 96, 96], 0), [nothing], 96)[1].item() == 0
