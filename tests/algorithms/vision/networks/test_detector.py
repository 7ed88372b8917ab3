"""The detector's network: an answer for every anchor, the same wherever an object stands, silence before training."""

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from app.algorithms.vision.detection.anchors import PER_CELL, anchors, grids
from app.algorithms.vision.networks.detector import (
    DEVIATION,
    LEVEL_WIDTHS,
    MEAN,
    PRIOR,
    STRIDES,
    Raw,
    SingleShot,
    SpatialPyramid,
    Trunk,
)

CLASSES = 2


def loud(network):
    """Weights that let a signal through all layers; those a convolution starts with let it fade."""
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight)
    return network.requires_grad_(False).eval()


@pytest.fixture(scope="module")
def network() -> SingleShot:
    torch.manual_seed(0)
    return loud(SingleShot(CLASSES, PER_CELL))


@pytest.mark.parametrize(("h", "w"), [(32, 32), (32, 128), (96, 64), (160, 96)])
def test_every_anchor_has_its_answer(network, h, w):
    raw = network(torch.rand(2, 3, h, w))
    assert raw.offsets.shape == (2, len(anchors(h, w)), 4)
    assert raw.logits.shape == (2, len(anchors(h, w)), CLASSES)


@pytest.mark.parametrize(("h", "w"), [(32, 64), (96, 32)])
def test_levels_have_their_strides_and_widths(network, h, w):
    shapes = [tuple(level.shape) for level in network.trunk(torch.rand(1, 3, h, w))]
    assert shapes == [(1, width, h // s, w // s) for width, s in zip(LEVEL_WIDTHS, STRIDES, strict=True)]


def test_a_picture_is_answered_alike_alone_and_among_others(network):
    x = torch.rand(3, 3, 64, 96)
    together = network(x)
    for row in range(3):
        for alone, among in zip(network(x[row : row + 1]), together, strict=True):
            torch.testing.assert_close(alone[0], among[row], rtol=1e-3, atol=1e-3)


def middles(raw: Raw, side: int, near: int, shift: int) -> list[Tensor]:
    """The answers of all cells at least `near` pixels from the edges, `shift` pixels further right, grid by grid."""
    kept, standing = [], grids(side, side)
    for answers in raw:
        parts = answers[0].split([grid.rows * grid.columns * len(grid.shapes) for grid in standing])
        for part, grid in zip(parts, standing, strict=True):
            cells = part.unflatten(0, (grid.rows, grid.columns, len(grid.shapes)))
            start, end, step = near // grid.stride, (side - near) // grid.stride, shift // grid.stride
            kept.append(cells[start:end, start + step : end + step])
    return kept


def test_answers_move_with_the_picture(network):
    # So large that all that the middle sees lies in it: what is further off than this is lost in rounding.
    side, near, shift = 896, 384, STRIDES[-1]
    blocks = torch.rand(1, 3, side // 16, (side + shift) // 16, generator=torch.Generator().manual_seed(1))
    scene = functional.interpolate(blocks, scale_factor=16.0)  # finer noise is the same everywhere, seen from afar
    before, after = network(scene[..., :side]), network(scene[..., shift:])
    pairs = list(zip(middles(before, side, near, shift), middles(after, side, near, 0), strict=True))
    assert len(pairs) == 2 * len(STRIDES)
    for there, here in pairs:
        assert (there - here).abs().max() < here.std((0, 1)).min() / 50  # cells differ by far more than rounding


def test_the_untrained_say_nothing_of_everything():
    torch.manual_seed(0)
    with torch.no_grad():
        scores = SingleShot(80, PER_CELL)(torch.rand(2, 3, 64, 64)).logits.sigmoid()
    torch.testing.assert_close(scores, torch.full_like(scores, PRIOR), rtol=0.5, atol=0)


@pytest.mark.parametrize(("h", "w"), [(1, 1), (2, 9), (13, 13), (20, 17)])
def test_the_pyramid_sees_five_nine_and_thirteen_cells(h, w):
    torch.manual_seed(0)
    pyramid, x = loud(SpatialPyramid(8)), torch.randn(2, 8, h, w)
    entered = pyramid.enter(x)
    around = [functional.max_pool2d(entered, side, 1, side // 2) for side in (5, 9, 13)]
    assert torch.equal(pyramid(x), pyramid.leave(torch.cat([entered, *around], 1)))


def test_the_stem_sees_every_pixel_normalised_once():
    torch.manual_seed(0)
    trunk, x, entered = Trunk(), torch.rand(2, 3, 32, 64), []
    trunk.stem.register_forward_pre_hook(lambda _, given: entered.append(given[0]))
    with torch.no_grad():
        trunk(x)
    pixels = torch.stack([(x[:, c] - MEAN[c]) / DEVIATION[c] for c in range(3)], 1)
    # Torch keeps a colour's four pixels together, row by row; ours are corner by corner, column by column.
    expected = functional.pixel_unshuffle(pixels, 2).unflatten(1, (3, 2, 2)).permute(0, 3, 2, 1, 4, 5).flatten(1, 3)
    torch.testing.assert_close(entered[0], expected)


def test_every_weight_learns():
    torch.manual_seed(0)
    network = loud(SingleShot(CLASSES, PER_CELL)).requires_grad_(True)
    raw = network(torch.rand(2, 3, 64, 64))
    (raw.offsets.square().mean() + raw.logits.square().mean()).backward()
    assert all(weight.grad is not None and weight.grad.abs().sum() > 0 for weight in network.parameters())
