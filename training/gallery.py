"""The author's gallery: photographs in which the places are looked up that excite a channel most.

Run as `python -m training.gallery --out app/demos/feature_maps/gallery`. They are cropped from the pictures that
scikit-image and scikit-learn bring along, and only from those whose documentation there says CC0, CC BY or public
domain. Several are details of one picture: a channel that asks for an eye needs one that is large enough.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from skimage import data
from sklearn.datasets import load_sample_image

LONGEST = 320  # pixels, of the longest side: what a photograph is read at
QUALITY = 80
Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels of the source


@dataclass(frozen=True)
class Source:
    """A picture that a package brings along, and what the package's documentation says of it."""

    load: Callable[[], NDArray[np.uint8]]
    author: str
    licence: str
    source: str
    url: str


CC0, CC_BY, PUBLIC = "CC0 1.0", "CC BY 2.0", "public domain"
SOURCES: dict[str, Source] = {
    "astronaut": Source(data.astronaut, "NASA", PUBLIC, "scikit-image, astronaut", "https://flic.kr/p/r9qvLn"),
    "coffee": Source(
        data.coffee,
        "Rachel Michetti",
        CC0,
        "scikit-image, coffee",
        "https://scikit-image.org/docs/stable/api/skimage.data.html#skimage.data.coffee",
    ),
    "rocket": Source(
        data.rocket,
        "SpaceX",
        PUBLIC,
        "scikit-image, rocket",
        "https://www.flickr.com/photos/spacexphotos/16511594820/",
    ),
    "camera": Source(
        data.camera,
        "Lav Varshney",
        CC0,
        "scikit-image, camera",
        "https://github.com/scikit-image/scikit-image/issues/3927",
    ),
    "chelsea": Source(
        data.chelsea,
        "Stefan van der Walt",
        CC0,
        "scikit-image, chelsea",
        "https://scikit-image.org/docs/stable/api/skimage.data.html#skimage.data.chelsea",
    ),
    "china": Source(
        partial(load_sample_image, "china.jpg"),
        "danielbuechele",
        CC_BY,
        "scikit-learn, china.jpg",
        "https://www.flickr.com/photos/danielbuechele/6061409035/",
    ),
    "flower": Source(
        partial(load_sample_image, "flower.jpg"),
        "vultilion",
        CC_BY,
        "scikit-learn, flower.jpg",
        "https://www.flickr.com/photos/vultilion/6056698931/",
    ),
    "retina": Source(
        data.retina,
        "Mikael Häggström",
        CC0,
        "scikit-image, retina",
        "https://commons.wikimedia.org/wiki/File:Fundus_photograph_of_normal_left_eye.jpg",
    ),
    "hubble": Source(
        data.hubble_deep_field,
        "NASA, Hubble eXtreme Deep Field",
        PUBLIC,
        "scikit-image, hubble_deep_field",
        "http://hubblesite.org/newscenter/archive/releases/2012/37/image/a/",
    ),
    "brick": Source(
        data.brick, "CC0Textures", CC0, "scikit-image, brick", "https://cc0textures.com/view.php?tex=Bricks25"
    ),
    "grass": Source(
        data.grass,
        "linolafett",
        CC0,
        "scikit-image, grass",
        "https://www.deviantart.com/linolafett/art/Grass-01-434853879",
    ),
    "gravel": Source(
        data.gravel, "CC0Textures", CC0, "scikit-image, gravel", "https://cc0textures.com/view.php?tex=Gravel04"
    ),
    "cell": Source(
        data.cell, "Paul Müller and others", CC0, "scikit-image, cell", "https://doi.org/10.1364/OE.26.010729"
    ),
    "text": Source(
        data.text, "Wikipedia", PUBLIC, "scikit-image, text", "https://en.wikipedia.org/wiki/File:Corner.png"
    ),
}
# Of each picture: its source, what of it (None is the whole), and what it shows.
PICTURES: dict[str, tuple[str, Box | None, str]] = {
    "astronaut": ("astronaut", None, "Eileen Collins, astronaut"),
    "face": ("astronaut", (140, 0, 320, 190), "Eileen Collins’s face"),
    "flag": ("astronaut", (0, 0, 120, 320), "A striped flag"),
    "shuttle": ("astronaut", (335, 0, 480, 290), "A model of the space shuttle"),
    "suit": ("astronaut", (70, 300, 345, 475), "Badges on an orange suit"),
    "helmet": ("astronaut", (270, 335, 512, 470), "A black visor"),
    "coffee": ("coffee", None, "An espresso"),
    "cup": ("coffee", (160, 5, 430, 265), "The rim of a cup"),
    "spoon": ("coffee", (240, 200, 480, 395), "A spoon on a saucer"),
    "wood": ("coffee", (430, 0, 600, 200), "Worn wood"),
    "rocket": ("rocket", None, "A rocket before its launch"),
    "tower": ("rocket", (520, 150, 640, 427), "A lattice mast at dusk"),
    "lights": ("rocket", (55, 310, 290, 427), "Floodlights"),
    "photographer": ("camera", None, "A man at a camera"),
    "profile": ("camera", (150, 55, 350, 255), "A man’s face, from the side"),
    "tripod": ("camera", (215, 290, 415, 490), "A tripod on a lawn"),
    "skyline": ("camera", (330, 90, 512, 250), "Buildings behind a lawn"),
    "cat": ("chelsea", None, "Chelsea, a cat"),
    "eye": ("chelsea", (110, 60, 240, 180), "A cat’s eye"),
    "fur": ("chelsea", (120, 0, 330, 78), "Striped fur"),
    "whiskers": ("chelsea", (90, 165, 345, 300), "A cat’s nose and whiskers"),
    "temple": ("china", None, "A tower above a lake in China"),
    "roof": ("china", (85, 15, 335, 145), "A tiled roof"),
    "balcony": ("china", (70, 150, 355, 340), "Balconies between roofs"),
    "trees": ("china", (325, 255, 560, 427), "Trees"),
    "lake": ("china", (350, 160, 545, 300), "A lake in haze"),
    "dahlia": ("flower", (64, 26, 550, 371), "A dahlia"),
    "petals": ("flower", (200, 110, 415, 325), "Petals of a dahlia"),
    "leaves": ("flower", (0, 30, 160, 250), "Leaves out of focus"),
    "retina": ("retina", None, "A healthy retina"),
    "vessels": ("retina", (100, 430, 520, 850), "Vessels of a retina"),
    "deep-field": ("hubble", None, "Far galaxies"),
    "galaxies": ("hubble", (580, 330, 900, 650), "A few far galaxies"),
    "cell": ("cell", (250, 180, 550, 480), "A cell floating in saline"),
    "bricks": ("brick", None, "A wall of bricks"),
    "grass": ("grass", None, "Grass"),
    "gravel": ("gravel", None, "Gravel"),
    "handwriting": ("text", None, "Handwriting on squared paper"),
}


def picture(name: str) -> Image.Image:
    """The RGB picture of this name, at most 320 px long and never enlarged."""
    source, box, _ = PICTURES[name]
    whole = Image.fromarray(SOURCES[source].load()).convert("RGB")
    made = whole.crop(box) if box else whole
    made.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return made


def credit(name: str) -> dict[str, str]:
    """What is said beside the picture of this name: caption, author, licence, source and url."""
    source, box, caption = PICTURES[name]
    of = SOURCES[source]
    cropped = f"{of.source}, cropped" if box else of.source
    return {"caption": caption, "author": of.author, "licence": of.licence, "source": cropped, "url": of.url}


def main() -> None:
    """Write every picture as WebP, and whose they are as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        picture(name).save(out / f"{name}.webp", quality=QUALITY, method=6)
    credits = {name: credit(name) for name in PICTURES}
    (out / "credits.json").write_text(json.dumps(credits, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
