"""A painted picture that keeps the photograph's colours, by luminance or by histogram.

Source: Gatys, Bethge, Hertzmann, Shechtman, “Preserving Color in Neural Artistic Style Transfer” (2016). Departs from
it in one thing: there the style picture is given the photograph's colours before the transfer; here the result is
given them after it. A shipped painting is statistics and has no pixels to recolour, a run that is done can be shown in
either colours, and the loss stays the same whichever are chosen.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

KINDS = ("painted", "luminance", "histogram")

Matrix = NDArray[np.float64]


def coloured(made: Image.Image, photograph: Image.Image, kind: str) -> Image.Image:
    """`made` with its own colours (painted), or with the photograph's; the photograph may have any size."""
    if kind == "luminance":
        return luminance(made, photograph)
    return histogram(made, photograph) if kind == "histogram" else made


def luminance(made: Image.Image, photograph: Image.Image) -> Image.Image:
    """The brightness of `made` and the colour of the photograph, pixel by pixel."""
    brightness = made.convert("YCbCr").getchannel("Y")
    colour = photograph.convert("RGB").resize(made.size, Image.Resampling.LANCZOS).convert("YCbCr").split()[1:]
    return Image.merge("YCbCr", (brightness, *colour)).convert("RGB")


def histogram(made: Image.Image, photograph: Image.Image) -> Image.Image:
    """`made` moved so that its pixels have the photograph's mean and covariance, as little as that takes.

    Source: Pitié and Kokaram, “The Linear Monge-Kantorovitch Colour Mapping” (2007).
    """
    pixels, wanted = _rows(made), _rows(photograph)
    moved = (pixels - pixels.mean(0)) @ monge_kantorovich(_covariance(pixels), _covariance(wanted)) + wanted.mean(0)
    rounded = np.clip(np.rint(moved), 0, 255).astype(np.uint8)
    return Image.fromarray(rounded.reshape(made.height, made.width, 3))


def monge_kantorovich(own: Matrix, wanted: Matrix) -> Matrix:
    """The symmetric matrix t (n, n) with t · own · t = wanted: of all the linear maps the one that moves least."""
    root = _power(own, 0.5)
    back = _power(own, -0.5)
    return back @ _power(root @ wanted @ root, 0.5) @ back


def _rows(image: Image.Image) -> Matrix:
    return np.asarray(image.convert("RGB"), dtype=np.float64).reshape(-1, 3)


def _covariance(pixels: Matrix) -> Matrix:
    # A little of every colour, so that a grey or a plain picture has directions too.
    covariance: Matrix = np.cov(pixels, rowvar=False, bias=True) + np.eye(3)
    return covariance


def _power(matrix: Matrix, exponent: float) -> Matrix:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    powered: Matrix = (vectors * np.maximum(values, 1e-6) ** exponent) @ vectors.T
    return powered
