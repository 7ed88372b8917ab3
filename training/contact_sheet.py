"""The detection bench's example photographs: some of the style bench's, one more, and four of them on one sheet.

Run as `python -m training.contact_sheet --out app/demos/detection/examples`. Authors and licences are in CREDITS.md.
"""

import argparse
from pathlib import Path

from PIL import Image, ImageOps
from skimage import data

from training.photographs import photograph

ALONE = ("coffee", "cat", "astronaut", "temple", "photographer")
SHEET = (("astronaut", "cat"), ("coffee", "photographer"))
CELL, GAP = (376, 252), 8  # pixels


def example(name: str) -> Image.Image:
    """The RGB photograph of this name, or the sheet."""
    if name == "contact-sheet":
        return contact_sheet()
    return Image.fromarray(data.camera()).convert("RGB") if name == "photographer" else photograph(name)


def contact_sheet() -> Image.Image:
    """Four photographs, cropped to one shape, with white between them."""
    step = [side + GAP for side in CELL]
    sheet = Image.new("RGB", (len(SHEET[0]) * step[0] + GAP, len(SHEET) * step[1] + GAP), "white")
    for row, names in enumerate(SHEET):
        for column, name in enumerate(names):
            cell = ImageOps.fit(example(name), CELL, Image.Resampling.LANCZOS)
            sheet.paste(cell, (GAP + column * step[0], GAP + row * step[1]))
    return sheet


def main() -> None:
    """Write every photograph as WebP."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name in (*ALONE, "contact-sheet"):
        example(name).save(out / f"{name}.webp", quality=82, method=6)


if __name__ == "__main__":
    main()
