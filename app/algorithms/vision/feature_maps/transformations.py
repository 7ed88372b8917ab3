"""How a picture is moved before the network sees it: what is only there in one exact place is then not worth drawing.

Source: Mordvintsev, Olah, Tyka, “Inceptionism” (2015), for jitter; Lucid for scale and turn. Invariant: amounts of zero
change nothing, and the same seed and step move alike.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from app.algorithms.vision.feature_maps.methods import Method

JITTER = 1 / 28  # of the picture's side, at most, each way: eight pixels of 224
SCALE = 0.1
TURN = 10.0  # degrees


@dataclass(frozen=True)
class Move:
    """Pixels down and right, a magnification, and degrees."""

    dy: int = 0
    dx: int = 0
    scale: float = 1.0
    turn: float = 0.0


def drawn(method: Method, side: int, seed: int, step: int) -> Move:
    """The move of one step, of those that the method makes."""
    chance = np.random.default_rng((seed, step))
    dy, dx = chance.integers(-(reach := max(1, round(side * JITTER))), reach + 1, 2)
    scale, turn = 1 + SCALE * chance.uniform(-1, 1), TURN * chance.uniform(-1, 1)
    return Move(
        int(dy) if method.jitter else 0,
        int(dx) if method.jitter else 0,
        scale if method.scale else 1.0,
        turn if method.turn else 0.0,
    )


def moved(x: Tensor, move: Move) -> Tensor:
    """The pictures (n, 3, h, w), turned and magnified about their middle and shifted around their edges."""
    if move.scale != 1 or move.turn != 0:
        x = _turned(x, move.scale, math.radians(move.turn))
    if move.dy or move.dx:
        x = torch.roll(x, (move.dy, move.dx), (2, 3))
    return x


def _turned(x: Tensor, scale: float, angle: float) -> Tensor:
    h, w = x.shape[-2:]
    cosine, sine = math.cos(angle) / scale, math.sin(angle) / scale
    # In the grid's own units a picture is two wide and two high, whatever its sides.
    matrix = x.new_tensor([[cosine, -sine * h / w, 0], [sine * w / h, cosine, 0]]).expand(len(x), 2, 3)
    grid = functional.affine_grid(matrix, list(x.shape), align_corners=False)
    return functional.grid_sample(x, grid, padding_mode="reflection", align_corners=False)
