"""Judges the style encoder by use: `python -m training.evaluate_style --contents 20 --styles 10`.

The same optimisation runs on our encoder and on its teacher, for every content × style pair; SqueezeNet, which neither
run saw, says how much of the content picture's own distance to the style is left (Gram matrices, 0 is the style itself)
and how far the content moved. Photographs are never among those learned from; of the styles, those held out come first.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision import devices
from app.algorithms.vision.catalogue import load_style_encoder
from app.algorithms.vision.images import fit
from app.algorithms.vision.style_transfer import Network, content_loss, gram, optimise, style_loss, tensor
from training import pictures
from training.teacher import Judge, Teacher

DEVICE = torch.device("cpu")
CONTENT_LAYER = "fire5"


@dataclass(frozen=True)
class Result:
    """What one network left of one pair, and how long that took."""

    style: float  # share of the content picture's own distance
    content: float  # squared distance as a share of the content features' power
    seconds: float
    held_out: bool  # the style was never learned from


def evaluate(
    networks: Mapping[str, Network],
    judge: Judge,
    contents: Sequence[Path],
    styles: Mapping[Path, bool],
    *,
    size: int,
    steps: int,
    strength: float,
) -> dict[str, list[Result]]:
    """Results by network, in the order of the pairs; `styles` says of each whether it was held out."""
    results: dict[str, list[Result]] = {name: [] for name in networks}
    pairs = [(content, style) for content in contents for style in styles]
    for done, (content, style) in enumerate(pairs, start=1):
        opened = Image.open(content).convert("RGB"), Image.open(style).convert("RGB")
        for name, network in networks.items():
            start = time.process_time()
            *_, last = optimise(network, *opened, size=size, steps=steps, strength=strength, seed=0, device=DEVICE)
            seconds = time.process_time() - start
            left, moved = judged(judge, last.picture, *(fit(image, size) for image in opened))
            results[name].append(Result(left, moved, seconds, styles[style]))
        print(f"{done}/{len(pairs)}", *(f"{name} {rows[-1].style:.3f}" for name, rows in results.items()), flush=True)
    return results


def judged(judge: Judge, picture: Image.Image, content: Image.Image, style: Image.Image) -> tuple[float, float]:
    """Style distance left, as a share of the content picture's own, and content distance, on the judge's features."""
    with torch.no_grad():
        made, before, wanted = (judge(tensor(image, DEVICE)) for image in (picture, content, style))
        left = _distance(made, wanted) / _distance(before, wanted)
        return left, content_loss(made[CONTENT_LAYER], before[CONTENT_LAYER]).item()


def table(results: Mapping[str, Sequence[Result]]) -> str:
    """The results in Markdown, ours first; the last row is the ratio that counts."""
    lines = ["| network | style left | … styles not learned from | content distance | CPU seconds a picture |"]
    lines += ["|---|---|---|---|---|"]
    columns = {name: _means(rows) for name, rows in results.items()}
    lines += [f"| {name} | " + " | ".join(f"{mean:.3f}" for mean in row) + " |" for name, row in columns.items()]
    ours, theirs = list(columns.values())[:2]
    lines += ["| ratio | " + " | ".join(f"{a / b:.2f}" for a, b in zip(ours, theirs, strict=True)) + " |"]
    return "\n".join(lines)


def _distance(features: Mapping[str, Tensor], wanted: Mapping[str, Tensor]) -> float:
    return sum(style_loss(features[layer], gram(wanted[layer])).item() for layer in wanted)


def _means(rows: Sequence[Result]) -> tuple[float, float, float, float]:
    return (
        fmean(row.style for row in rows),
        fmean([row.style for row in rows if row.held_out] or [float("nan")]),
        fmean(row.content for row in rows),
        fmean(row.seconds for row in rows),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Judges the style encoder by use.")
    parser.add_argument("--data", type=Path, default=Path("../shared/ml"), help="photos, paintings, teachers.py")
    parser.add_argument("--contents", type=int, default=20)
    parser.add_argument("--styles", type=int, default=10)
    parser.add_argument("--size", type=int, default=384)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--strength", type=float, default=0.5)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    teacher = Teacher(arguments.data, precision=devices.precision(DEVICE))
    networks: dict[str, Network] = {"ours": load_style_encoder("style-encoder", DEVICE), "teacher": teacher}
    photographs = pictures.held_out(pictures.paths(arguments.data / "photos"))
    contents = photographs[:: max(1, len(photographs) // arguments.contents)][: arguments.contents]
    paintings = pictures.paths(arguments.data / "paintings")
    styles = {path: True for path in pictures.held_out(paintings)} | {
        path: False for path in pictures.learned(paintings)
    }
    first = dict(list(styles.items())[: arguments.styles])
    chosen = {"size": arguments.size, "steps": arguments.steps, "strength": arguments.strength}
    print(table(evaluate(networks, Judge(arguments.data), contents, first, **chosen)))


if __name__ == "__main__":
    main()
