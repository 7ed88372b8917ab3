"""The pictures of one style transfer: what is painted, in which styles, and where."""

import hashlib
from dataclasses import dataclass

from PIL import Image

from app.algorithms.vision.mixture import Mixture, Source


@dataclass(frozen=True)
class Scene:
    """A photograph and its styles. With a mask these go where it is black, and `inside` goes where it is white.

    Where there is a mask and no style for the inside, that stays the photograph.
    """

    content: Image.Image
    styles: Mixture
    inside: Mixture | None = None
    mask: Image.Image | None = None
    first: Image.Image | None = None  # what the start “style” begins with, where the style itself is no picture

    @property
    def identity(self) -> str:
        """A hash that two scenes share only if they are the same."""
        told = hashlib.sha256()
        for picture in (self.content, self.mask, self.first):
            told.update(_bytes(picture) if picture else b"none")
        for styles in (self.styles, self.inside or ()):
            for style, weight in styles:
                told.update(_bytes(style) + repr(weight).encode())
            told.update(b"end")
        return told.hexdigest()

    @property
    def swatch(self) -> Image.Image:
        """A picture in the first style; ValueError where there is none."""
        style = self.first or self.styles[0][0]
        if not isinstance(style, Image.Image):
            raise ValueError("A style of which only numbers are known is no picture to start with.")
        return style


def _bytes(style: Source) -> bytes:
    if isinstance(style, Image.Image):
        return hashlib.sha256(repr(style.size).encode() + style.convert("RGB").tobytes()).digest()
    return style.name.encode()
