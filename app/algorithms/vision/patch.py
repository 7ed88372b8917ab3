"""A picture that is laid over others where a mask is white."""

from PIL import Image


class Patch:
    """Over many pictures of one size; the one laid over and the mask may have any size."""

    def __init__(self, inside: Image.Image, mask: Image.Image) -> None:
        self.inside, self.mask = inside.convert("RGB"), mask.convert("L")
        self.fitted = (self.inside, self.mask)

    def over(self, made: Image.Image) -> Image.Image:
        """`made`, with the patch where the mask is white; softly where it is grey."""
        if any(part.size != made.size for part in self.fitted):
            self.fitted = (
                self.inside.resize(made.size, Image.Resampling.LANCZOS),
                self.mask.resize(made.size, Image.Resampling.BILINEAR),
            )
        inside, mask = self.fitted
        return Image.composite(inside, made, mask)
