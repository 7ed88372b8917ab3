"""The bench's example photographs: cropped from the pictures that scikit-image and scikit-learn bring along.

Run as `python -m training.photographs --out app/demos/style_transfer/examples`.
Authors and licences are in CREDITS.md.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from skimage import data
from sklearn.datasets import load_sample_image

Crop = tuple[float, float, float, float]

LONGEST = 768
# Left, top, right and bottom as shares of the picture.
WHOLE: Crop = (0.0, 0.0, 1.0, 1.0)
CROPS: dict[str, Crop] = {
    "temple": WHOLE,
    "dahlia": (0.1, 0.06, 0.86, 0.87),
    "cat": WHOLE,
    "astronaut": WHOLE,
    "coffee": WHOLE,
    "rocket": WHOLE,
}


def photograph(name: str) -> Image.Image:
    """The cropped RGB picture of this name, at most 768 px long and never enlarged."""
    picture = Image.fromarray(_source(name)).convert("RGB")
    left, top, right, bottom = CROPS[name]
    w, h = picture.size
    picture = picture.crop((round(left * w), round(top * h), round(right * w), round(bottom * h)))
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return picture


def _source(name: str) -> NDArray[np.uint8]:
    match name:
        case "temple":
            return np.asarray(load_sample_image("china.jpg"))
        case "dahlia":
            return np.asarray(load_sample_image("flower.jpg"))
        case "cat":
            return np.asarray(data.chelsea())
        case _:
            return np.asarray(getattr(data, name)())


def main() -> None:
    """Write every photograph as WebP."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name in CROPS:
        photograph(name).save(out / f"{name}.webp", quality=82, method=6)


if __name__ == "__main__":
    main()
