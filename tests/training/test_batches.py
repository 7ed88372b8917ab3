"""Batches of canvases: always the same ones, and boxes are believed before guesses."""

import numpy as np
import pytest
import torch

from app.algorithms.vision.detection.loss import Objects
from tests.training.rectangles import KNOWN
from training.batches import Batches, seen, shrunk
from training.mosaics import Canvas

CPU = torch.device("cpu")


def test_batch_i_is_the_same_whatever_was_made_before():
    later = Batches(KNOWN, batch=2, seed=1, side=64)
    first = [later[step] for step in range(1, 4)]
    alone = Batches(KNOWN, batch=2, seed=1, side=64)[3]
    assert len(alone) == 2
    assert [np.array_equal(*pair) for pair in zip(pixels(first[2]), pixels(alone), strict=True)] == [True, True]
    others = (first[1], Batches(KNOWN, batch=2, seed=2, side=64)[3])
    assert not any(np.array_equal(a, b) for other in others for a, b in zip(pixels(other), pixels(alone), strict=True))


def pixels(canvases):
    return [each.picture for each in canvases]


def canvas(known, boxes=(), labels=(), asked=()):
    return Canvas(
        np.full((96, 96, 3), 51, np.uint8),
        np.array(boxes, np.float32).reshape(-1, 4),
        np.array(labels, np.int64),
        np.array(asked, bool),
        np.array(known, np.float32).reshape(-1, 4),
    )


GUESS = Objects(
    # In the middle of the rectangles below; reaching out of one, and into one; on the edge between both; elsewhere.
    torch.tensor([[10, 10, 20, 20], [30, 0, 60, 20], [40, 0, 70, 20], [40, 60, 56, 80], [0, 60, 20, 90]]).float(),
    torch.tensor([[0.9, 0.1], [0.5, 0.2], [0.3, 0.4], [0.1, 0.6], [0.0, 0.7]]),
    torch.ones(5, dtype=torch.bool),
)


@pytest.mark.parametrize(
    ("known", "kept"),
    [
        ([], [0, 1, 2, 3, 4]),
        ([[0, 0, 48, 48]], [2, 3, 4]),
        ([[0, 0, 48, 48], [48, 48, 96, 96]], [2, 4]),
        ([[0, 0, 96, 96]], []),
    ],
)
def test_guesses_are_believed_only_where_nothing_is_known(known, kept):
    each = canvas(known, [[1, 2, 30, 40]], [1], [False])
    x, (objects,) = seen([each], lambda x: [GUESS] * len(x), CPU, 2)
    assert x.shape == (1, 3, 96, 96) and torch.allclose(x, torch.tensor(0.2))
    assert objects.boxes.tolist() == [[1, 2, 30, 40], *GUESS.boxes[kept].tolist()]
    assert torch.equal(objects.classes, torch.cat([torch.tensor([[0.0, 1.0]]), GUESS.classes[kept]]))
    assert objects.asked.tolist() == [False, *[True] * len(kept)]


def test_without_a_teacher_only_the_known_is_there():
    x, objects = seen([canvas([]), canvas([], [[0, 0, 9, 9]], [0], [True])], None, CPU, 2)
    assert len(x) == 2
    assert [tuple(each.boxes.shape) for each in objects] == [(0, 4), (1, 4)]
    assert [tuple(each.classes.shape) for each in objects] == [(0, 2), (1, 2)]


@pytest.mark.parametrize("side", [32, 64, 96, 160])
def test_boxes_shrink_with_their_pictures(side):
    x = torch.full((2, 3, 96, 96), 0.1)
    x[0, :, 12:60, 24:72] = 0.9
    box = Objects(torch.tensor([[24.0, 12.0, 72.0, 60.0]]), torch.tensor([[1.0]]), torch.tensor([False]))
    smaller, (first, second) = shrunk(x, [box, box], side)
    assert smaller.shape == (2, 3, side, side)
    ys, xs = torch.where(smaller[0, 0] > 0.5)
    frame = torch.tensor([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]).float()
    assert (first.boxes[0] - frame).abs().max() <= 1
    assert torch.equal(first.boxes, box.boxes * side / 96) and torch.equal(second.boxes, first.boxes)
    assert torch.equal(first.classes, box.classes) and torch.equal(first.asked, box.asked)
    assert smaller[1].amax() == pytest.approx(0.1) and smaller[1].amin() == pytest.approx(0.1)
