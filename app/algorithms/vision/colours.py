"""A painted picture that keeps the photograph's colours, by luminance or by histogram.

Source: Gatys, Bethge, Hertzmann, Shechtman, “Preserving Color in Neural Artistic Style Transfer” (2016). Departs from
it in one thing: there the style picture is given the photograph's colours before the transfer; here the result is
given them after it. A shipped painting is statistics and has no pixels to recolour, a run that is done can be shown in
either colours, and the loss stays the same whichever are chosen.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PIL import Image

KINDS = ("painted", "luminance", "histogram")

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


class Colours:
    """A photograph's colours, to be given to many pictures of one size; by `kind` painted leaves these their own."""

    def __init__(self, photograph: Image.Image, kind: str) -> None:
        self.photograph, self.kind = photograph.convert("RGB"), kind
        self.seen = self.photograph.convert("YCbCr")

    def given_to(self, made: Image.Image) -> Image.Image:
        """`made` in these colours."""
        if self.kind == "painted":
            return made
        return self._luminance(made) if self.kind == "luminance" else self._histogram(made)

    def _luminance(self, made: Image.Image) -> Image.Image:
        brightness = made.convert("YCbCr").getchannel("Y")
        return Image.merge("YCbCr", (brightness, *self._chrominance(made.size))).convert("RGB")

    def _histogram(self, made: Image.Image) -> Image.Image:
        (own, spread), (wanted, wanted_spread) = _moments(made), self._wanted
        t = monge_kantorovich(spread, wanted_spread)
        rows = np.column_stack([t, wanted - t @ own])
        return made.convert("RGB").convert("RGB", tuple(rows.ravel().tolist()))

    @cached_property
    def _wanted(self) -> tuple[Vector, Matrix]:
        return _moments(self.photograph)

    def _chrominance(self, size: tuple[int, int]) -> tuple[Image.Image, ...]:
        if self.seen.size != size:
            self.seen = self.photograph.resize(size, Image.Resampling.LANCZOS).convert("YCbCr")
        return self.seen.split()[1:]


def coloured(made: Image.Image, photograph: Image.Image, kind: str) -> Image.Image:
    """`made` with its own colours (painted), or with the photograph's; the photograph may have any size."""
    return Colours(photograph, kind).given_to(made)


def luminance(made: Image.Image, photograph: Image.Image) -> Image.Image:
    """The brightness of `made` and the colour of the photograph, pixel by pixel."""
    return coloured(made, photograph, "luminance")


def histogram(made: Image.Image, photograph: Image.Image) -> Image.Image:
    """`made` moved so that its pixels have the photograph's mean and covariance, as little as that takes.

    Source: Pitié and Kokaram, “The Linear Monge-Kantorovitch Colour Mapping” (2007).
    """
    return coloured(made, photograph, "histogram")


def monge_kantorovich(own: Matrix, wanted: Matrix) -> Matrix:
    """The symmetric matrix t (n, n) with t · own · t = wanted: of all the linear maps the one that moves least."""
    root = _power(own, 0.5)
    back = _power(own, -0.5)
    return back @ _power(root @ wanted @ root, 0.5) @ back


def _moments(image: Image.Image) -> tuple[Vector, Matrix]:
    """Mean (3) and covariance (3, 3) of the pixels' colours."""
    pixels = np.asarray(image.convert("RGB"), dtype=np.float32).reshape(-1, 3)
    mean = pixels.mean(0, dtype=np.float64)
    away = pixels - mean.astype(np.float32)
    # A little of every colour, so that a grey or a plain picture has directions too.
    return mean, (away.T @ away / len(away)).astype(np.float64) + np.eye(3)


def _power(matrix: Matrix, exponent: float) -> Matrix:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    powered: Matrix = (vectors * np.maximum(values, 1e-6) ** exponent) @ vectors.T
    return powered
