"""What a step changes: pixels, or the frequencies of a picture, in plain or in decorrelated colours.

Source: Olah, Mordvintsev, Schubert, “Feature Visualization” (2017): where all frequencies and all colour axes are moved
alike, a picture has the proportions of a photograph, in which coarse outweighs fine and brightness outweighs hue.
Invariant: `Canvas.of(x).picture()` is x, and no picture leaves 0…1.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

# Columns are the axes along which photographs' colours vary independently, largest first, each as long as its
# deviation; Lucid's, measured on ImageNet. The largest column has length one.
AXES = torch.tensor([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]])
AXES = AXES / AXES.norm(dim=0).max()
NEAREST = 0.01  # a picture of pure black or white would be infinitely far away under the sigmoid
QUARTER = 4.0  # Lucid's factor between a spectrum and its picture


@dataclass(frozen=True)
class Canvas:
    """Pictures (n, 3, h, w) as `numbers` that a step may change: (n, 3, h, w) or (n, 3, h, w // 2 + 1, 2)."""

    numbers: Tensor
    shape: torch.Size  # height and width
    fourier: bool
    decorrelate: bool

    @staticmethod
    def of(x: Tensor, *, fourier: bool, decorrelate: bool) -> Canvas:
        """The canvas that shows these pictures, in 0…1; `fourier` leaves out the last hundredth of black and white."""
        shape = x.shape[-2:]
        values = x.clamp(NEAREST, 1 - NEAREST).logit() if fourier else x - 0.5
        if decorrelate:
            values = _turned(values, AXES.to(x).inverse())
        if fourier:
            values = torch.view_as_real(torch.fft.rfft2(values * QUARTER, norm="ortho")) / amplitudes(shape).to(x)
        return Canvas(values.detach().contiguous().requires_grad_(), shape, fourier, decorrelate)

    def picture(self) -> Tensor:
        """The pictures (n, 3, h, w) in 0…1, with a slope to the numbers."""
        values = self.numbers
        if self.fourier:
            spectrum = torch.view_as_complex((values * amplitudes(self.shape).to(values)).contiguous())
            values = torch.fft.irfft2(spectrum, s=tuple(self.shape), norm="ortho") / QUARTER
        if self.decorrelate:
            values = _turned(values, AXES.to(values))
        return values.sigmoid() if self.fourier else (values + 0.5).clamp(0, 1)

    def settle(self) -> None:
        """Pixels that a step has pushed past black or white come back; frequencies cannot be pushed there."""
        if self.fourier:
            return
        with torch.no_grad():
            if not self.decorrelate:
                self.numbers.clamp_(-0.5, 0.5)
                return
            axes = AXES.to(self.numbers)
            self.numbers.copy_(_turned(_turned(self.numbers, axes).clamp(-0.5, 0.5), axes.inverse()))


def amplitudes(shape: torch.Size) -> Tensor:
    """How large each frequency is of a picture with the spectrum of photographs, 1/f: (h, w // 2 + 1, 1)."""
    h, w = shape
    frequency = torch.hypot(torch.fft.fftfreq(h)[:, None], torch.fft.rfftfreq(w)[None])
    return (1 / frequency.clamp_min(1 / max(h, w)))[..., None]


def _turned(x: Tensor, matrix: Tensor) -> Tensor:
    return torch.einsum("nchw,dc->ndhw", x, matrix)
