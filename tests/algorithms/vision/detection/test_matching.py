"""Matching: two rules and a border zone, against a loop that applies them one anchor at a time."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from app.algorithms.vision.detection.anchors import anchors
from app.algorithms.vision.detection.boxes import corners, iou
from app.algorithms.vision.detection.matching import FITS, IGNORED, MIDDLE, NEARLY, NOTHING, match

STANDING = anchors(96, 64)
ANYWHERE = 1e6
PLACE, SIDE = st.floats(0, 60, width=32), st.floats(1, 60, width=32)
OBJECTS = st.lists(st.tuples(PLACE, PLACE, SIDE, SIDE), min_size=1, max_size=8).map(
    lambda rows: torch.tensor([(x, y, x + w, y + h) for x, y, w, h in rows])
)


def drawn(count: int, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    start, side = torch.rand((2, count, 2), generator=generator) * 50
    return torch.cat([start, start + side + 2], 1)


def near(anchor: list[float], box: list[float], middle: float) -> bool:
    """Whether the anchor's centre is near the box's."""
    away = [abs(anchor[axis] - (box[axis] + box[axis + 2]) / 2) for axis in (0, 1)]
    return all(away[axis] <= middle * (box[axis + 2] - box[axis]) for axis in (0, 1))


def one_by_one(standing: Tensor, boxes: Tensor, middle: float) -> list[int]:
    shared = iou(corners(standing), boxes).tolist()
    answers = []
    for anchor, whole in zip(standing.tolist(), shared, strict=True):
        row = [fit if near(anchor, box, middle) else 0.0 for fit, box in zip(whole, boxes.tolist(), strict=True)]
        fit = max(row)
        answers.append(row.index(fit) if fit >= FITS else IGNORED if fit >= NEARLY else NOTHING)
    best = [max(range(len(shared)), key=lambda anchor, m=m: shared[anchor][m]) for m in range(len(boxes))]
    for anchor in set(best):
        answers[anchor] = max((m for m in range(len(boxes)) if best[m] == anchor), key=lambda m: shared[anchor][m])
    return answers


@pytest.mark.parametrize("middle", [0.0, MIDDLE, 0.5, ANYWHERE])
@pytest.mark.parametrize("seed", range(8))
def test_a_loop_agrees(seed, middle):
    boxes = drawn(1 + 2 * seed, seed)
    matches = match(STANDING, boxes, middle=middle)
    assert matches.objects.tolist() == one_by_one(STANDING, boxes, middle)
    assert torch.equal(matches.fit, iou(corners(STANDING), boxes).amax(1))


@settings(deadline=None)
@given(OBJECTS)
def test_every_object_has_an_anchor_unless_its_best_one_fits_another_no_worse(boxes):
    objects, _ = match(STANDING, boxes)
    shared = iou(corners(STANDING), boxes)
    for index in set(range(len(boxes))) - set(objects.tolist()):
        best = int(shared[:, index].argmax())  # the first of several that fit alike
        owner = int(objects[best])
        assert owner >= 0 and shared[best, owner] >= shared[best, index]


@settings(deadline=None)
@given(OBJECTS)
def test_anchors_answer_for_what_fits_and_are_asked_nothing_where_it_nearly_does(boxes):
    objects, fit = match(STANDING, boxes, middle=ANYWHERE)
    best = iou(corners(STANDING), boxes)
    chosen = (best == best.amax(0)).any(1)  # some object's best anchor, which the first rule gave away
    assert (objects[fit >= FITS] >= 0).all()
    assert (objects[(fit < FITS) & (fit >= NEARLY) & ~chosen] == IGNORED).all()
    assert (objects[(fit < NEARLY) & ~chosen] == NOTHING).all()
    answering = (objects >= 0) & ~chosen
    assert torch.equal(best[answering, objects[answering]], fit[answering])


def test_objects_far_apart_have_an_anchor_each_however_badly_it_fits():
    boxes = torch.tensor(
        [[1.0, 1.0, 3.0, 3.0], [60.0, 1.0, 61.0, 2.0], [1.0, 90.0, 63.0, 91.0], [50.0, 70.0, 54.0, 95.0]]
    )
    objects, fit = match(STANDING, boxes)
    assert set(objects.tolist()) == {NOTHING, 0, 1, 2, 3}
    assert (fit[objects == 1] < NEARLY).all()


def test_without_objects_every_anchor_answers_for_nothing():
    objects, fit = match(STANDING, torch.empty(0, 4))
    assert (objects == NOTHING).all() and not fit.any()
    assert len(objects) == len(fit) == len(STANDING)


def test_stricter_rules_leave_fewer_anchors():
    boxes = drawn(5, 3)
    counts = [int((match(STANDING, boxes, fits=fits).objects >= 0).sum()) for fits in (0.4, 0.5, 0.6, 0.9)]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1]


def test_a_wider_middle_asks_more_anchors():
    boxes = drawn(5, 3)
    counts = [int((match(STANDING, boxes, middle=middle).objects >= 0).sum()) for middle in (0.1, 0.3, ANYWHERE)]
    assert counts == sorted(counts) and counts[0] < counts[-1]


def test_anchors_of_what_is_not_asked_for_are_asked_nothing():
    boxes, asked = drawn(6, 4), torch.tensor([True, False, True, False, True, True])
    every, some = match(STANDING, boxes), match(STANDING, boxes, asked)
    crowd = (every.objects >= 0) & ~asked[every.objects.clamp_min(0)]
    assert crowd.any() and (some.objects[crowd] == IGNORED).all()
    assert torch.equal(some.objects[~crowd], every.objects[~crowd])
    assert torch.equal(some.fit, every.fit)


def test_a_crowd_takes_no_objects_best_anchor():
    anchors_ = torch.tensor([[50.0, 50, 20, 20], [150.0, 150, 20, 20]])
    boxes = torch.tensor([[30.0, 30, 90, 90], [38.0, 38, 62, 62]])  # an object that fits badly, a crowd that fits well
    asked = torch.tensor([True, False])
    assert match(anchors_, boxes, asked).objects.tolist() == [0, NOTHING]
    assert match(anchors_, boxes[1:], asked[1:]).objects.tolist() == [IGNORED, NOTHING]
