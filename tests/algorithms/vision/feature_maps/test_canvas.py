"""Canvases: what is put on one is seen on it, and its numbers have the proportions of a photograph."""

import pytest
import torch

from app.algorithms.vision.feature_maps.canvas import AXES, Canvas, amplitudes

KINDS = [(fourier, decorrelate) for fourier in (False, True) for decorrelate in (False, True)]
kinds = pytest.mark.parametrize(("fourier", "decorrelate"), KINDS)


def chance(seed=0):
    return torch.Generator().manual_seed(seed)


@kinds
@pytest.mark.parametrize("shape", [(16, 16), (15, 22), (9, 7)])
def test_a_canvas_of_a_picture_shows_it(fourier, decorrelate, shape):
    x = 0.02 + 0.96 * torch.rand((2, 3, *shape), generator=chance())
    assert torch.allclose(Canvas.of(x, fourier=fourier, decorrelate=decorrelate).picture(), x, atol=1e-4)


@kinds
def test_no_picture_leaves_black_and_white(fourier, decorrelate):
    canvas = Canvas.of(torch.rand((1, 3, 8, 8), generator=chance()), fourier=fourier, decorrelate=decorrelate)
    with torch.no_grad():
        canvas.numbers.add_(3 * torch.randn(canvas.numbers.shape, generator=chance(1)))
    before = canvas.picture()
    canvas.settle()
    assert canvas.picture().min() >= 0
    assert canvas.picture().max() <= 1
    assert torch.allclose(canvas.picture(), before, atol=1e-5)


@pytest.mark.parametrize("decorrelate", [False, True])
def test_pixels_that_settled_can_come_back_at_once(decorrelate):
    canvas = Canvas.of(torch.full((1, 3, 4, 4), 0.5), fourier=False, decorrelate=decorrelate)
    with torch.no_grad():
        canvas.numbers.add_(5.0)
    canvas.settle()
    shown = canvas.picture().detach()
    again = Canvas.of(shown, fourier=False, decorrelate=decorrelate)
    assert torch.allclose(again.numbers, canvas.numbers, atol=1e-5)


def test_numbers_alike_are_a_photographs_spectrum():
    """White numbers: power falls with the square of the frequency, whatever the band."""
    side = 64
    numbers = torch.randn((64, 3, side, side // 2 + 1, 2), generator=chance())
    canvas = Canvas(0.001 * numbers, torch.Size((side, side)), fourier=True, decorrelate=False)
    power = torch.fft.rfft2(canvas.picture().logit(), norm="ortho").abs().square().mean((0, 1))
    frequency = torch.hypot(torch.fft.fftfreq(side)[:, None], torch.fft.rfftfreq(side)[None])
    inner = torch.zeros_like(frequency, dtype=torch.bool)
    inner[:, 1:-1] = True  # the first and the last column are their own mirror images
    bands = [
        (power * frequency.square())[inner & (frequency >= low) & (frequency < high)].mean()
        for low, high in ((0.03, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 0.5))
    ]
    assert max(bands) / min(bands) < 1.1


def test_amplitudes_are_finite_and_fall():
    found = amplitudes(torch.Size((32, 48)))[..., 0]
    assert found.shape == (32, 25)
    assert found[0, 0] == 48
    assert (found[0, 1:].diff() < 0).all()


def test_the_first_axis_of_colour_is_brightness():
    brightness = AXES[:, 0] / AXES[:, 0].norm()
    assert torch.allclose(brightness, torch.full((3,), 3**-0.5), atol=0.02)
    assert AXES.norm(dim=0).argsort(descending=True).tolist() == [0, 1, 2]
