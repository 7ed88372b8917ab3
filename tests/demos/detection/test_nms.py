"""The browser's decoding is the server's, bit for bit: over every example and a grid of what the sliders can say."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from app.algorithms.vision import torchvision_shim  # noqa: F401
from app.algorithms.vision.detection.anchors import anchors
from app.algorithms.vision.detection.decode import Candidates, candidates, suppress
from app.algorithms.vision.detection.detector import Answers, Detector, named
from app.demos.detection import arrays
from app.demos.detection.demo import EXAMPLES, HERE, SUPPRESSIONS

from torchvision import ops  # isort: skip

NODE = shutil.which("node")
SIDE = 480
LIMITS = [(100, 0), (100, 10), (5, 0), (20, 33)]  # at most, smallest
GRID = list(product((0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.95), (0.05, 0.3, 0.45, 0.6, 0.81, 1), SUPPRESSIONS))
SETTINGS: list[dict[str, Any]] = [
    {"threshold": threshold, "overlap": overlap, "suppression": suppression, "most": most, "smallest": smallest}
    for (threshold, overlap, suppression), (most, smallest) in zip(GRID, LIMITS * len(GRID), strict=False)
]
DEFAULT: dict[str, Any] = {"threshold": 0.3, "overlap": 0.6, "suppression": "classes", "most": 100, "smallest": 0}
SCRIPT = """
import { readFileSync } from "node:fs";
import { candidates } from "./candidates.js";
import { suppress } from "./nms.js";
import { named } from "./objects.js";
const { pictures, settings, side } = JSON.parse(readFileSync(0));
console.log(JSON.stringify(pictures.map((picture) => {
  const bytes = readFileSync(picture.file);
  const found = candidates(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return settings.map((each) => {
    const { above, kept } = suppress(found, each, side);
    const objects = named(found, kept, picture, picture.scale).map(({ label, score, box }) => ({ label, score, box }));
    return { above, kept: kept.map(({ index }) => index), objects };
  });
})));
"""


@pytest.fixture(scope="module")
def seen() -> dict[str, tuple[Image.Image, Answers, Candidates]]:
    detector, pictures = Detector.load("cpu"), {}
    for name in EXAMPLES:
        image = Image.open(HERE / "examples" / f"{name}.webp").convert("RGB")
        answers = detector.raw(image, size=SIDE)
        pictures[name] = image, answers, candidates(anchors(*answers.size), answers.offsets, answers.logits)
    return pictures


def on_the_server(
    image: Image.Image, answers: Answers, found: Candidates, classes: tuple[str, ...], setting: dict[str, Any]
) -> dict[str, Any]:
    kept, scores = suppress(found, **setting | {"smallest": setting["smallest"] / 100 * SIDE})
    rows = named((found.boxes[kept], scores, found.labels[kept]), classes, image.size, answers.scale)
    return {
        "above": int((found.scores > torch.tensor(setting["threshold"])).sum()),
        "kept": kept.tolist(),
        "objects": [{"label": row.label, "score": row.score, "box": list(row.box)} for row in rows],
    }


def in_the_browser(folder: Path, seen: dict[str, Any], classes: tuple[str, ...]) -> list[list[dict[str, Any]]]:
    if NODE is None:
        pytest.skip("needs node on the PATH to decode as a browser does")
    pictures = []
    for name, (image, answers, (boxes, scores, labels, anchor, logits)) in seen.items():
        columns = (boxes.numpy(), scores.numpy(), logits.numpy(), anchor.numpy(), labels.numpy())
        (folder / name).write_bytes(arrays.candidates(*columns))
        about = {"classes": classes, "width": image.width, "height": image.height, "scale": answers.scale}
        pictures.append({"file": str(folder / name)} | about)
    order = json.dumps({"pictures": pictures, "settings": [*SETTINGS, DEFAULT], "side": SIDE})
    command = [NODE, "--input-type=module", "--eval", SCRIPT]
    ran = subprocess.run(command, cwd=HERE, input=order, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    answered: list[list[dict[str, Any]]] = json.loads(ran.stdout)
    return answered


def test_the_browser_keeps_the_same_to_the_last_bit(tmp_path: Path, seen: dict[str, Any]) -> None:
    classes = Detector.load("cpu").classes
    counts = []
    for (name, picture), answers in zip(seen.items(), in_the_browser(tmp_path, seen, classes), strict=True):
        for setting, answer in zip([*SETTINGS, DEFAULT], answers, strict=True):
            image, seen_by, found = picture
            assert answer == on_the_server(image, seen_by, found, classes, setting), (name, setting)
            counts.append(len(answer["kept"]))
    assert len(counts) > 700 and len(set(counts)) > 20, "the settings make a difference"


def test_the_default_is_torchvisions(seen: dict[str, Any]) -> None:
    overlap = float(np.float32(DEFAULT["overlap"]))  # torchvision compares in float64
    for _, _, found in seen.values():
        sure = found.scores > DEFAULT["threshold"]
        kept = ops.batched_nms(found.boxes[sure], found.scores[sure], found.labels[sure], overlap)
        assert torch.equal(suppress(found, threshold=0.3, overlap=0.6)[0], kept)


def test_a_threshold_sees_the_same_candidates_as_a_lower_one(seen: dict[str, Any]) -> None:
    """What is sent once, down to the lowest threshold, is what the server would gather for any other."""
    counts = set()
    for _, answers, found in seen.values():
        standing = anchors(*answers.size)
        for threshold in (0.05, 0.3, 0.5):
            fresh = candidates(standing, answers.offsets, answers.logits, threshold)
            sure = found.scores > torch.tensor(threshold)
            assert torch.equal(fresh.anchors, found.anchors[sure]) and torch.equal(fresh.labels, found.labels[sure])
        counts.add(len(found.scores))
    assert max(counts) == 1000 > min(counts), "the cut is met"
