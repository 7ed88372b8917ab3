"""The replay on the detection bench: a short training of the sixteen anchors, and what they said on the way.

Run as `python -m training.replay --out app/demos/detection/replay.json`, once the detector is there. The training is
that of `stages`, stopped at every step that is kept; only what the anchors say of our own photographs is written.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from PIL import Image

from app.algorithms.vision.detection.boxes import moved
from app.algorithms.vision.detection.detector import Detector, prepared
from app.algorithms.vision.detection.stages import SIZE
from app.algorithms.vision.networks.detector import Trunk
from app.algorithms.vision.networks.stages import Stages, sixteen_anchors
from training.batches import Teacher
from training.material import add_arguments, material
from training.mosaics import Share
from training.photographs import photograph
from training.stages import train

NAMES = ("astronaut", "cat")
STOPS = (0, 5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 80, 100, 125, 150, 180, 220, 270, 330, 400, 480, 570, 670, 780, 900)
BATCH = 8


def replay(
    shares: Sequence[Share],
    teacher: Teacher | None,
    trunk: Trunk,
    classes: Sequence[str],
    folder: Path,
    *,
    pictures: dict[str, Image.Image],
    stops: Sequence[int] = STOPS,
    **how: Any,
) -> dict[str, Any]:
    """The steps, the names of the classes that are named, and for each picture its size and, step by step, its boxes.

    A box is [x0, y0, x1, y1, class, score]: corners in pixels of the picture, and the score of its surest class in
    thousandths. There are sixteen a step, cell by cell. `how` is handed to `train`; `folder` must hold no checkpoint.
    """
    stages = Stages(len(classes)).to(next(trunk.parameters()).device)
    said: dict[str, list[list[list[int]]]] = {name: [] for name in pictures}
    for stop in stops:
        if stop:
            train(stages, trunk, shares, teacher, classes=len(classes), steps=stops[-1], folder=folder,
                  stop_after=stop, **how)  # fmt: skip
        for name, picture in pictures.items():
            said[name].append(boxes(stages.eval(), trunk, picture))
    named = sorted({box[4] for steps in said.values() for step in steps for box in step})
    shown = {name: {"size": picture.size, "boxes": _renamed(said[name], named)} for name, picture in pictures.items()}
    return {"steps": list(stops), "classes": [classes[label] for label in named], "pictures": shown}


@torch.inference_mode()
def boxes(stages: Stages, trunk: Trunk, picture: Image.Image) -> list[list[int]]:
    """What sixteen anchors say of a picture: [x0, y0, x1, y1, label, score in thousandths] each."""
    x, scale = prepared(picture, SIZE, square=True)
    raw = stages.sixteen(trunk(x.to(next(trunk.parameters()).device).float() / 255)[-1].float())
    corners = moved(sixteen_anchors(SIZE).to(raw.offsets.device), raw.offsets[0]) / scale
    scores, labels = raw.logits[0].sigmoid().max(1)
    numbers = torch.cat([corners, labels[:, None], scores[:, None] * 1000], 1).round().int()
    return numbers.tolist()


def _renamed(steps: list[list[list[int]]], named: list[int]) -> list[list[list[int]]]:
    places = {label: place for place, label in enumerate(named)}
    return [[[*box[:4], places[box[4]], box[5]] for box in step] for step in steps]


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    detector = Detector.load(arguments.device)
    learned = material(arguments, detector.device)
    torch.manual_seed(arguments.seed)
    made = replay(
        learned.shares,
        learned.teacher,
        detector.network.trunk,
        learned.classes,
        arguments.work,
        pictures={name: photograph(name) for name in NAMES},
        batch=BATCH,
        seed=arguments.seed,
    )
    arguments.out.write_text(json.dumps(made, separators=(",", ":")) + "\n")
    print(f"{arguments.out}: {arguments.out.stat().st_size} bytes")


def _arguments() -> argparse.Namespace:
    made = argparse.ArgumentParser(description="Trains the sixteen anchors for a short while, and keeps what they say.")
    made.add_argument("--out", type=Path, required=True)
    made.add_argument("--work", type=Path, default=Path("instance/replay"), help="checkpoints; empty it to start anew")
    made.add_argument("--seed", type=int, default=0)
    made.add_argument("--threads", type=int, default=1)
    made.add_argument("--device", help="cpu or cuda; without it a GPU where there is one")
    add_arguments(made)
    return made.parse_args()


if __name__ == "__main__":
    main()
