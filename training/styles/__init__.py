"""The style pictures that the bench offers, each drawn by a function of its own from a seed.

A style is a module with `draw(rng, size)`, which returns a square RGB picture. Its composition is
measured in shares of the side, so that every size shows the same picture. Neural style transfer reads
textures of all scales out of it: a good style has strokes a few pixels wide, motifs of a tenth of the
side, and few but strong colours.
"""

from collections.abc import Callable

import numpy as np
from PIL import Image

from training.styles import (
    halftone,
    ink_wash,
    meadow,
    mosaic,
    stained_glass,
    swirls,
    wave_print,
    woodcut,
)

Draw = Callable[[np.random.Generator, int], Image.Image]

STYLES: dict[str, Draw] = {
    "swirls": swirls.draw,
    "stained-glass": stained_glass.draw,
    "ink-wash": ink_wash.draw,
    "halftone": halftone.draw,
    "woodcut": woodcut.draw,
    "mosaic": mosaic.draw,
    "wave-print": wave_print.draw,
    "meadow": meadow.draw,
}


def style(name: str, size: int = 512, seed: int = 1) -> Image.Image:
    """The style picture of this name; the same name, size and seed give the same pixels."""
    return STYLES[name](np.random.default_rng(seed), size)
