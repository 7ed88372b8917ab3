"""Draw the pictures of the posts: `python -m training.figures --out app/static/figures`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from training.figures import channels, covers, detection, diagrams, encoder, transfer
from training.figures.pipeline import pipeline

PICTURES: dict[str, Callable[[], Image.Image]] = {
    "a-star": covers.a_star,
    "bayes": covers.bayes,
    "habits": covers.habits,
    "object-detection-1": covers.object_detection_1,
    "object-detection-2": covers.object_detection_2,
    "object-detection-3": covers.object_detection_3,
    "object-detection-4": covers.object_detection_4,
    "service-accounts": diagrams.service_accounts,
    "posts-that-run": diagrams.posts_that_run,
    "what-a-convnet-looks-for": channels.tiles,
    "neural-style-transfer": transfer.cover,
    "style-gram": encoder.gram_tables,
    "style-strength": transfer.strengths,
    "style-ladder": transfer.ladder,
    **detection.FIGURES,
}


def main() -> None:
    """Write the pictures asked for (all without names)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PICTURES))
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for name in asked.names or PICTURES:
        # The figures of the detection posts are twice as wide as they are shown.
        quality = 70 if name in detection.FIGURES else 82
        PICTURES[name]().save(asked.out / f"{name}.webp", quality=quality, method=6)
    (asked.out / "style-pipeline.svg").write_text(pipeline(), encoding="utf-8")


if __name__ == "__main__":
    main()
