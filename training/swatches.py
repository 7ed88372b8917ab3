"""The pictures on the shelf of paintings: `python -m training.swatches --out app/demos/style_transfer/paintings`.

Each is synthesised from the shipped statistics alone: a swatch of the painter's hand, no copy of the painting.
"""

import argparse
from pathlib import Path

from PIL import Image

from app.algorithms.vision.images import fit
from app.algorithms.vision.paintings import PAINTINGS
from app.algorithms.vision.styles import load
from app.algorithms.vision.texture import synthesise

# Computed larger than kept: the finest pixels of a synthesis are the least like paint.
COMPUTED, KEPT = 512, 256


def swatch(name: str, *, size: int = COMPUTED, kept: int = KEPT, steps: int = 200, seed: int = 0) -> Image.Image:
    """A square RGB picture in the style of this name, computed with `size` pixels a side and shrunk to `kept`."""
    *_, last = synthesise(load(name), size=size, steps=steps, seed=seed)
    return fit(last.picture, kept)


def main() -> None:
    """Write the swatches asked for (all without names) as WebP."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(PAINTINGS), metavar="NAME", help=", ".join(PAINTINGS))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for name in asked.names:
        swatch(name, steps=asked.steps, seed=asked.seed).save(asked.out / f"{name}.webp", quality=82, method=6)
        print(name, flush=True)


if __name__ == "__main__":
    main()
