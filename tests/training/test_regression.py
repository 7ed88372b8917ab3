"""The last layers' start: a teacher that is a linear map of the towers is found again."""

import pytest
import torch

from app.algorithms.vision.detection.anchors import PER_CELL, anchors
from app.algorithms.vision.detection.boxes import corners, moved, paired_iou
from app.algorithms.vision.networks.detector import STRIDES, SingleShot
from training import regression
from training.regression import solve

CLASSES, SIDE = 3, 96


def places():
    """Each cell's first anchor's place among all of them."""
    counts = [(SIDE // stride) ** 2 for stride in STRIDES]
    starts = [sum(counts[:level]) * PER_CELL for level in range(3)]
    return torch.cat([start + torch.arange(count) * PER_CELL for start, count in zip(starts, counts, strict=True)])


@pytest.fixture
def network():
    torch.manual_seed(0)
    return SingleShot(CLASSES, PER_CELL).requires_grad_(False)


@pytest.fixture
def teacher(network):
    """The same trunk and towers under last layers of its own; what it says of a cell is what its first anchor says."""
    torch.manual_seed(1)
    theirs = SingleShot(CLASSES, PER_CELL).requires_grad_(False)
    theirs.load_state_dict(network.state_dict())
    for head in theirs.heads:
        torch.nn.init.normal_(head.logits.weight, std=4.0)
        torch.nn.init.normal_(head.offsets.weight, std=1.0)
        head.logits.bias.zero_()

    def say(x):
        raw, first = theirs(x), places()
        return moved(anchors(SIDE, SIDE), raw.offsets)[:, first], raw.logits[:, first].sigmoid()

    return say


def batches(teacher, count, seed):
    generator = torch.Generator().manual_seed(seed)
    for _ in range(count):
        blocks = torch.rand(4, 3, SIDE // 4, SIDE // 4, generator=generator)
        x = torch.nn.functional.interpolate(blocks, scale_factor=4.0)
        yield (x, *teacher(x))


def test_a_linear_teacher_is_found_again(network, teacher, monkeypatch):
    monkeypatch.setattr(regression, "RIDGE", 1e-9)
    monkeypatch.setattr(regression, "FAINTEST", 1e-6)
    solve(network, batches(teacher, 30, 0))
    (x, boxes, scores) = next(batches(teacher, 1, 1))  # another picture
    raw = network(x)
    for anchor in range(PER_CELL):  # all of a cell's anchors start with the same classes
        torch.testing.assert_close(raw.logits[:, places() + anchor].sigmoid(), scores, atol=0.02, rtol=0)
    found = moved(anchors(SIDE, SIDE), raw.offsets)[:, places()]
    overlap = paired_iou(found.flatten(0, 1), boxes.flatten(0, 1))
    assert overlap.median() > 0.95


def test_every_anchor_of_a_cell_starts_at_the_teachers_box(network, monkeypatch):
    monkeypatch.setattr(regression, "RIDGE", 1e-9)
    standing = corners(anchors(SIDE, SIDE))[
        places()
    ]  # a teacher that always says: here, and as large as the first anchor

    def teacher(x):
        return standing.expand(len(x), -1, -1), torch.full((len(x), len(standing), CLASSES), 0.7)

    solve(network, batches(teacher, 4, 0))
    x, boxes, _ = next(batches(teacher, 1, 1))
    raw = network(x)
    found = moved(anchors(SIDE, SIDE), raw.offsets)
    for anchor in range(PER_CELL):
        torch.testing.assert_close(found[:, places() + anchor], boxes, atol=0.5, rtol=0)
    torch.testing.assert_close(raw.logits.sigmoid(), torch.full_like(raw.logits, 0.7), atol=0.01, rtol=0)
