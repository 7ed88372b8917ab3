"""Statistics of paintings, the file behind the shelf of styles: `python -m training.style_statistics`.

Reads a folder of pictures, any, and writes the numbers that `app/algorithms/vision/styles.py` needs of each: no
picture can be had back from them. A picture that shows one of the listed paintings (`van_gogh_starry_night.jpg`) gets
that one's name, any other its file's.
"""

import argparse
import hashlib
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import torch
from PIL import Image

from app.algorithms.vision.catalogue import STYLE_ENCODER, STYLES, load_style_encoder
from app.algorithms.vision.networks.style_encoder import Vgg
from app.algorithms.vision.paintings import PAINTINGS
from app.algorithms.vision.styles import SIZES, Style, measure, write
from training import pictures


def encoder() -> Vgg:
    """The shipped style encoder in float32: a file should not depend on what the processor multiplies fastest."""
    return deepcopy(load_style_encoder(STYLE_ENCODER.name, torch.device("cpu"))).float()


def statistics(network: Vgg, found: Sequence[Path], sizes: Sequence[int] = SIZES) -> list[Style]:
    """The styles of these pictures, listed paintings first and in the list's order; ValueError where names meet."""
    named = {name(path): path for path in found}
    if len(named) < len(found):
        raise ValueError("Two of the pictures would have the same name; rename one.")
    order = [known for known in PAINTINGS if known in named] + [other for other in named if other not in PAINTINGS]
    return [measure(network, Image.open(named[each]).convert("RGB"), each, sizes) for each in order]


def name(path: Path) -> str:
    """The listed painting that ends the file's name, or else the file's name, as it stands in an address."""
    stem = path.stem.lower().replace("_", "-").replace(" ", "-")
    return next((known for known in PAINTINGS if stem == known or stem.endswith(f"-{known}")), stem)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paintings", type=Path, default=Path("../shared/ml/paintings"), help="a folder of pictures")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="longest sides in pixels")
    parser.add_argument("--out", type=Path, default=STYLES.path())
    asked = parser.parse_args()
    torch.set_num_threads(1)
    write(statistics(encoder(), pictures.paths(asked.paintings), sorted(set(asked.sizes))), asked.out)
    digest = hashlib.sha256(asked.out.read_bytes()).hexdigest()
    print(f"{asked.out}: {asked.out.stat().st_size} bytes, sha256 {digest}")


if __name__ == "__main__":
    main()
