"""The colours that a browser gives a finished painting are those that the server would have given it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.algorithms.vision.colours import coloured

FOLDER = Path(__file__).parents[3] / "app" / "demos" / "style_transfer"
NODE = shutil.which("node")
SCRIPT = """
import * as colours from "./colours.js";
const { kind, made, seen } = JSON.parse(await new Promise((done) => {
  let text = "";
  process.stdin.on("data", (part) => { text += part; }).on("end", () => done(text));
}));
console.log(JSON.stringify([...colours[kind](made, seen)]));
"""

pytestmark = pytest.mark.skipif(NODE is None, reason="needs node on the PATH to run what a browser would")


@pytest.mark.parametrize("kind", ["luminance", "histogram"])
@pytest.mark.parametrize("photograph", ["cat", "coffee", "rocket"])
def test_the_browser_paints_as_the_server_does(kind: str, photograph: str) -> None:
    made = _small(FOLDER / "styles" / "stained-glass.webp")
    seen = _small(FOLDER / "examples" / f"{photograph}.webp")
    there = _rgba(coloured(made, seen, kind))
    here = _in_node(kind, made, seen)
    assert np.abs(here - there).max() <= 1
    assert np.abs(here - _rgba(made)).mean() > 5  # something did happen


def _small(file: Path) -> Image.Image:
    with Image.open(file) as image:
        return image.convert("RGB").resize((96, 64))


def _rgba(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.asarray(image.convert("RGBA"), dtype=np.int64).ravel()


def _in_node(kind: str, made: Image.Image, seen: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    order = {"kind": kind, "made": _rgba(made).tolist(), "seen": _rgba(seen).tolist()}
    run = subprocess.run(
        [str(NODE), "--input-type=module", "-e", SCRIPT],
        cwd=FOLDER,
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return np.array(json.loads(run.stdout), dtype=np.int64)
