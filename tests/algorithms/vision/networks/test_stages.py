"""The earlier stages' heads: their shapes, and sixteen anchors that tile the picture."""

import pytest
import torch

from app.algorithms.vision.detection.boxes import area, corners, iou
from app.algorithms.vision.networks.stages import Stages, sixteen_anchors


@pytest.mark.parametrize("h, w", [(13, 13), (10, 10), (4, 4), (9, 13)])
def test_every_head_answers_for_maps_of_any_size(h, w):
    staged = Stages(5).eval()(torch.rand(2, 256, h, w))
    assert staged.presence.shape == staged.largest_class.shape == (2, 5)
    assert staged.largest_box.shape == (2, 4)
    assert ((staged.largest_box >= 0) & (staged.largest_box <= 1)).all()
    assert staged.sixteen.offsets.shape == (2, 16, 4)
    assert staged.sixteen.logits.shape == (2, 16, 5)


def test_sixteen_anchors_tile_the_picture_row_by_row():
    boxes = corners(sixteen_anchors(416))
    assert torch.equal(area(boxes).sum(), torch.tensor(416.0**2))
    assert iou(boxes, boxes).triu(1).sum() == 0
    assert boxes[0].tolist() == [0, 0, 104, 104]
    assert boxes[1].tolist() == [104, 0, 208, 104]
    assert boxes[15].tolist() == [312, 312, 416, 416]


def test_a_cell_answers_for_what_is_in_it():
    torch.manual_seed(0)
    head = Stages(3).eval().sixteen
    maps = torch.zeros(1, 256, 16, 16)
    elsewhere = maps.clone()
    elsewhere[..., 12:, 12:] = 1.0  # the last cell, and so the three beside it, through one 3 × 3 convolution
    changed = (head(maps).logits != head(elsewhere).logits).any(-1)[0]
    assert set(changed.nonzero().flatten().tolist()) == {10, 11, 14, 15}


def test_largest_depends_on_the_place():
    torch.manual_seed(0)
    head = Stages(3).eval().largest
    maps = torch.rand(1, 256, 14, 14)
    assert not torch.allclose(head(maps)[0], head(maps.flip(-1))[0], atol=1e-4)
