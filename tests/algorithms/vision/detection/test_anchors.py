"""Anchors: counted, of the promised areas and ratios, and in the order in which the network answers."""

import pytest
import torch

from app.algorithms.vision.detection.anchors import PER_CELL, RATIOS, SIZES, Grid, anchors, grids, of_grid
from app.algorithms.vision.networks.detector import STRIDES, Head, SingleShot


@pytest.mark.parametrize(("h", "w"), [(32, 32), (64, 96), (416, 416), (320, 416)])
def test_every_cell_of_every_grid_has_its_anchors(h, w):
    expected = sum(
        (h // stride) * (w // stride) * len(sizes) * len(RATIOS) for stride, sizes in zip(STRIDES, SIZES, strict=True)
    )
    assert anchors(h, w).shape == (expected, 4)
    assert sum(grid.rows * grid.columns * len(grid.shapes) for grid in grids(h, w)) == expected


def test_centres_are_the_middles_of_cells():
    for grid in grids(96, 64):
        found = {tuple(centre) for centre in of_grid(grid)[:, :2].tolist()}
        middle = grid.stride / 2
        rows, columns = range(96 // grid.stride), range(64 // grid.stride)
        assert found == {(middle + x * grid.stride, middle + y * grid.stride) for y in rows for x in columns}


def test_sizes_are_areas_and_ratios_are_width_to_height():
    for grid in grids(64, 64):
        cell = of_grid(grid)[: len(grid.shapes), 2:]
        wanted = [(size * size, ratio) for size in grid.sizes for ratio in grid.ratios]
        assert [(w * h, w / h) for w, h in cell.tolist()] == [pytest.approx(pair, rel=1e-5) for pair in wanted]


def test_the_order_is_row_by_row_cell_by_cell_shape_by_shape():
    grid = Grid(10, 2, 3, sizes=(4.0, 8.0), ratios=(1.0,))
    expected = [(5 + 10 * x, 5 + 10 * y, side, side) for y in range(2) for x in range(3) for side in (4, 8)]
    assert of_grid(grid).tolist() == [pytest.approx(anchor) for anchor in expected]
    assert torch.equal(anchors(64, 96), torch.cat([of_grid(grid) for grid in grids(64, 96)]))


@pytest.mark.parametrize(("h", "w"), [(0, 32), (32, 40), (100, 96), (-7, 32)])
def test_other_sides_are_a_sentence(h, w):
    with pytest.raises(ValueError, match=f"multiples of 32 pixels, not {w} × {h}"):
        anchors(h, w)


def test_the_network_answers_for_each_of_them():
    torch.manual_seed(0)
    with torch.no_grad():
        raw = SingleShot(3, PER_CELL).eval()(torch.zeros(2, 3, 64, 96))
    assert raw.offsets.shape == (2, len(anchors(64, 96)), 4)
    assert raw.logits.shape == (2, len(anchors(64, 96)), 3)


def test_the_network_answers_in_their_order():
    torch.manual_seed(0)
    head, (row, column) = Head(8, 3, 2).eval(), (2, 6)
    level = torch.zeros(1, 8, 7, 9)
    level[0, :, row, column] = 5.0
    with torch.no_grad():
        for answers, still in zip(head(level), head(torch.zeros_like(level)), strict=True):
            changed = (answers != still).any(2)[0].view(7, 9, 2).any(2)
            # Two layers of three by three look two cells far, so the middle of what changed is the cell itself.
            assert changed.nonzero().float().mean(0).tolist() == [row, column]
        head.offsets.bias.copy_(torch.arange(8) * 100.0)
        numbers = (head(torch.zeros_like(level))[0] / 100).round()
    assert numbers.view(7 * 9, 8).eq(torch.arange(8)).all()
