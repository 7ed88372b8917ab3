"""Boxes: torchvision agrees on what they share and on how they are moved, and moving is undone by asking how."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from app.algorithms.vision import torchvision_shim  # noqa: F401
from app.algorithms.vision.detection.boxes import (
    LONGEST_LOG,
    area,
    centres,
    corners,
    generalised_iou,
    iou,
    moved,
    offsets,
    paired_iou,
)

from torchvision import ops  # isort: skip
from torchvision.models.detection._utils import BoxCoder  # isort: skip

NUMBER, SIDE = st.floats(-200, 200, width=32), st.floats(1, 200, width=32)
BOXES = st.lists(st.tuples(NUMBER, NUMBER, SIDE, SIDE), min_size=1, max_size=8).map(torch.tensor)  # as centres


def drawn(count: int, seed: int) -> Tensor:
    """Boxes (count, 4) as corners, many of which overlap."""
    generator = torch.Generator().manual_seed(seed)
    start, side = torch.rand((2, count, 2), generator=generator) * 60
    return torch.cat([start, start + side + 0.5], 1)


@settings(deadline=None)
@given(BOXES)
def test_both_ways_to_write_a_box_agree(boxes):
    assert torch.allclose(corners(boxes), ops.box_convert(boxes, "cxcywh", "xyxy"))
    assert torch.allclose(centres(corners(boxes)), boxes, atol=1e-3)


def test_torchvision_agrees_bit_for_bit_on_what_boxes_share():
    boxes, others = drawn(50, 0), drawn(70, 1)
    assert torch.equal(area(boxes), ops.box_area(boxes))
    assert torch.equal(iou(boxes, others), ops.box_iou(boxes, others))


@settings(deadline=None)
@given(BOXES)
def test_shares_are_symmetric_and_whole_with_oneself(boxes):
    shared = iou(corners(boxes), corners(boxes))
    assert torch.equal(shared, shared.T)
    assert torch.allclose(shared.diagonal(), torch.ones(len(boxes)))
    assert shared.min() >= 0 and shared.max() <= 1 + 1e-6


def test_empty_boxes_share_nothing():
    empty = torch.tensor([[5.0, 5.0, 5.0, 5.0], [9.0, 9.0, 3.0, 3.0]])
    assert not iou(empty, torch.cat([empty, drawn(5, 0)])).any()


def test_torchvision_agrees_on_the_generalised_share():
    boxes, others = drawn(60, 2), drawn(60, 3)
    ours = generalised_iou(boxes, others)
    assert torch.allclose(ours, ops.generalized_box_iou(boxes, others).diagonal(), atol=1e-6)
    assert torch.allclose(1 - ours, ops.generalized_box_iou_loss(boxes, others), atol=1e-5)


def test_only_the_generalised_share_tells_how_far_boxes_are_apart():
    box, near, far = (torch.tensor([[x, 0.0, x + 10, 10.0]]) for x in (0.0, 20.0, 80.0))
    assert iou(box, near) == iou(box, far) == 0
    assert -1 < generalised_iou(box, far) < generalised_iou(box, near) < 0


@settings(deadline=None)
@given(BOXES, st.data())
def test_moving_is_undone(anchors, data):
    boxes = data.draw(st.lists(st.tuples(NUMBER, NUMBER, SIDE, SIDE), min_size=len(anchors), max_size=len(anchors)))
    wanted = torch.tensor(boxes)
    # A box over e^4 times its anchor's side is the one thing that cannot be reached.
    wanted[:, 2:] = torch.minimum(wanted[:, 2:], anchors[:, 2:] * 50)
    assert torch.allclose(moved(anchors, offsets(anchors, corners(wanted))), corners(wanted), rtol=1e-3, atol=0.05)


def test_torchvision_agrees_on_moving():
    anchors, boxes = drawn(40, 4), drawn(40, 5)
    coder = BoxCoder(weights=(10.0, 10.0, 5.0, 5.0))  # the reverse of SSD's variances
    told = coder.encode_single(boxes, anchors)
    assert torch.allclose(offsets(centres(anchors), boxes), told, atol=1e-4)
    assert torch.allclose(moved(centres(anchors), told), coder.decode_single(told, anchors), atol=1e-3)


def test_no_offset_moves_nothing_and_a_wild_one_stays_finite():
    anchors = centres(drawn(10, 6))
    assert torch.equal(moved(anchors, torch.zeros(10, 4)), corners(anchors))
    wild = centres(moved(anchors, torch.full((10, 4), 1e4)))
    assert wild[:, 2:] / anchors[:, 2:] == pytest.approx(torch.full((10, 2), LONGEST_LOG).exp(), rel=0.05)


def test_batches_are_moved_alike():
    anchors, batch = centres(drawn(10, 7)), torch.randn((3, 10, 4), generator=torch.Generator().manual_seed(0))
    assert torch.equal(moved(anchors, batch), torch.stack([moved(anchors, one) for one in batch]))


def test_paired_iou_is_the_diagonal_of_iou():
    boxes, others = (torch.rand(9, 2, 2, generator=torch.Generator().manual_seed(seed)).cumsum(1) for seed in (1, 2))
    boxes, others = boxes.flatten(1), others.flatten(1)
    assert torch.equal(paired_iou(boxes, others), iou(boxes, others).diag())
