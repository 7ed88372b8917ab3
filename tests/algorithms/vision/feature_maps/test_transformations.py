"""Moves: none is the identity, a quarter turn is exact, and each switch moves what it says."""

import pytest
import torch

from app.algorithms.vision.feature_maps.methods import METHODS, Method
from app.algorithms.vision.feature_maps.transformations import Move, _turned, drawn, moved

X = torch.rand(2, 3, 12, 16, generator=torch.Generator().manual_seed(0))
SQUARE = X[..., :12]


def test_no_move_changes_nothing():
    assert torch.equal(moved(X, Move()), X)
    assert torch.allclose(_turned(X, 1.0, 0.0), X, atol=1e-5)


def test_jitter_goes_around_the_edges():
    assert torch.equal(moved(X, Move(dy=2, dx=-3))[..., 5, 4], X[..., 3, 7])
    assert torch.equal(moved(moved(X, Move(dy=2, dx=-3)), Move(dy=-2, dx=3)), X)


def test_a_quarter_turn_is_exact():
    turned = moved(SQUARE, Move(turn=90.0))
    assert any(torch.allclose(turned, torch.rot90(SQUARE, k, (2, 3)), atol=1e-4) for k in (1, -1))
    assert torch.allclose(moved(turned, Move(turn=-90.0)), SQUARE, atol=1e-4)


def test_a_turn_is_no_shear_where_sides_differ():
    """Turned by 180 degrees, an oblong picture is upside down and back to front."""
    assert torch.allclose(moved(X, Move(turn=180.0)), X.flip(2, 3), atol=1e-4)


def test_a_magnification_spreads_what_is_in_the_middle():
    ramp = torch.linspace(-1, 1, 64).expand(1, 3, 64, 64)
    middle = (slice(None), slice(None), slice(20, 44), slice(20, 44))
    assert torch.allclose(moved(ramp, Move(scale=2.0))[middle], ramp[middle] / 2, atol=1e-3)


def test_each_step_moves_otherwise_and_each_seed():
    method = METHODS["fourier"]
    moves = {drawn(method, 224, seed, step) for seed in range(3) for step in range(5)}
    assert len(moves) == 15
    assert drawn(method, 224, 1, 2) == drawn(method, 224, 1, 2)


@pytest.mark.parametrize("switch", ["jitter", "scale", "turn"])
def test_a_switch_moves_what_it_says(switch):
    moves = [drawn(Method(**{switch: True}), 224, 0, step) for step in range(50)]
    still = Move()
    assert any((move.dy, move.dx) != (0, 0) for move in moves) == (switch == "jitter")
    assert any(move.scale != still.scale for move in moves) == (switch == "scale")
    assert any(move.turn != still.turn for move in moves) == (switch == "turn")
    assert max(abs(move.dy) for move in moves) <= 8
