"""Draw the style pictures: `python -m training.styles --out app/demos/style_transfer/styles`."""

import argparse
from pathlib import Path

from training.styles import STYLES, style


def main() -> None:
    """Write the styles asked for (all without names) as WebP."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(STYLES), metavar="NAME", help=", ".join(STYLES))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for name in asked.names:
        picture = style(name, asked.size, asked.seed)
        picture.save(asked.out / f"{name}.webp", quality=86, method=6)


if __name__ == "__main__":
    main()
