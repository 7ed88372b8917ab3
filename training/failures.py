"""Pictures on which the detector fails, each for its own reason: cropped, turned or put together from our photographs.

Run as `python -m training.failures --out app/demos/detection/failures`. What the detector makes of them, and that the
reason is the true one, is held by tests/training/test_failures.py. Sizes and places are such that no score that matters
is near the threshold: what is missed stays so, and what cures it does. Authors and licences are in CREDITS.md.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from training.photographs import photograph

LONGEST = 480  # what the detector sees, so that nothing is lost or gained on the way
QUALITY = 80
HEIGHTS = (148, 99, 66, 44, 29, 19, 13, 9)  # of the people in the queue, in pixels that the network sees
PERSON = (0, 0, 400, 512)  # of the astronaut's photograph
QUEUE, GAP, STREET = 14, 10, 304  # where the queue begins, what lies between two people, where they stand, in pixels
BEHIND, BEFORE = (20, 430), (80, 330)  # the twins: left edge and height in pixels


def flower() -> Image.Image:
    """A dahlia: none of the 80 classes is a flower."""
    return _fitted(photograph("dahlia"))


def queue() -> Image.Image:
    """One person eight times, each time two thirds as tall as the time before."""
    ground, person = photograph("temple").resize((480, 320), Image.Resampling.LANCZOS), _person()
    x = QUEUE
    for height in HEIGHTS:
        small = person.resize((round(height * person.width / person.height), height), Image.Resampling.LANCZOS)
        ground.paste(small, (x, STREET - height))
        x += small.width + GAP
    return ground


def twins() -> Image.Image:
    """Two people, one before the other, so near that their boxes are nearly one."""
    ground = photograph("temple").resize((691, 461), Image.Resampling.LANCZOS).crop((100, 0, 580, 461))
    person = _person()
    for left, height in (BEHIND, BEFORE):
        size = round(height * person.width / person.height), height
        ground.paste(person.resize(size, Image.Resampling.LANCZOS), (left, ground.height - height))
    return ground


def upside_down() -> Image.Image:
    """The cup of coffee, on its head."""
    return _fitted(photograph("coffee")).transpose(Image.Transpose.ROTATE_180)


def close_up() -> Image.Image:
    """The cat, so near that only its nose and an eye are left."""
    cat = photograph("cat")
    box = tuple(round(share * side) for share, side in zip((0.3, 0.3, 0.55, 0.7), cat.size * 2, strict=True))
    near = cat.crop((box[0], box[1], box[2], box[3]))
    return near.resize((LONGEST * near.width // near.height, LONGEST), Image.Resampling.LANCZOS)


FAILURES: dict[str, Callable[[], Image.Image]] = {
    "flower": flower,
    "queue": queue,
    "twins": twins,
    "upside-down": upside_down,
    "close-up": close_up,
}


def _person() -> Image.Image:
    return photograph("astronaut").crop(PERSON)


def _fitted(picture: Image.Image) -> Image.Image:
    scale = LONGEST / max(picture.size)
    w, h = (round(side * scale) for side in picture.size)
    return picture.resize((w, h), Image.Resampling.LANCZOS)


def main() -> None:
    """Write every picture as WebP."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, made in FAILURES.items():
        made().save(out / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
