"""Where a style transfer begins: from one pass, in place, or from the photograph: `python -m benchmarks.starts`.

Ten pairs of the bench's own pictures, 384 px, 150 steps of the same sizes, so of the same work. Every picture that is
shown is measured by the loss of full size, whatever rung it comes from: `once` is what the one-pass picture has, the
`end` what the last one has, and `worst` the highest on the way, as a multiple of `once`. Seconds are of one thread.

Measured (geometric means of the ten): one pass 2.73 in 0.1 s; refined in place it ends at 0.664, in 2.8 s; from the
photograph at 0.734, in 2.6 s. On the way a picture was at most 2.7 times as far as one pass, from the photograph 6.2
times: what is changed at a small size does not yet fit the detail that is put on it, and that passes.
"""

import argparse
from dataclasses import dataclass, replace
from math import exp, log
from pathlib import Path
from statistics import fmean

import torch
from PIL import Image

from app.algorithms.vision import styles
from app.algorithms.vision.encoders import encoder
from app.algorithms.vision.mixture import Source
from app.algorithms.vision.objective import transfer
from app.algorithms.vision.paintings import PAINTINGS
from app.algorithms.vision.pixels import resized, tensor
from app.algorithms.vision.style_transfer import Options, Scene, optimise

CPU = torch.device("cpu")
BENCH = Path("app/demos/style_transfer")
PAIRS = (
    ("cat", "ink-wash"),
    ("dahlia", "stained-glass"),
    ("temple", "starry-night"),
    ("astronaut", "woman-with-a-hat"),
    ("coffee", "mosaic"),
    ("rocket", "great-wave"),
    ("cat", "the-scream"),
    ("temple", "woodcut"),
    ("astronaut", "swirls"),
    ("coffee", "udnie"),
)
EVERY = 10


@dataclass(frozen=True)
class Course:
    """What one run reaches: total losses at full size, and seconds of computing."""

    once: float
    once_seconds: float
    end: float
    worst: float
    seconds: float


def measured(scene: Scene, options: Options) -> Course:
    """One run, with every tenth picture and the first five measured at full size."""
    network = encoder(options.network, CPU)
    whole = transfer(network, scene, options.size, lambda: options, CPU)

    def total(picture: Image.Image) -> float:
        with torch.no_grad():
            return whole.losses(resized(tensor(picture, CPU), whole.shape).clamp(0, 1))["total"].item()

    first, *_ = optimise(network, scene, replace(options, start="once", steps=1), device=CPU)
    assert first.once
    shown, seconds = [0.0], 0.0
    for iterate in optimise(network, scene, options, device=CPU):
        seconds = iterate.seconds
        if iterate.step and (iterate.step <= 5 or iterate.step % EVERY == 0 or iterate.step == iterate.of):
            shown.append(total(iterate.picture))
    return Course(first.losses["total"], first.once.seconds, shown[-1], max(shown), seconds)


def report(count: int, size: int, steps: int) -> str:
    """The table of the first `count` pairs as Markdown."""
    names = ("once", "photograph")
    lines = [f"{size} px, {steps} steps, {torch.get_num_threads()} thread.", ""]
    lines += ["| photograph, style | one pass (s) | " + " | ".join(f"{n}: end, worst (s)" for n in names) + " |"]
    lines += ["|" + "---|" * (2 + len(names))]
    courses: dict[str, list[Course]] = {name: [] for name in names}
    for photograph, style in PAIRS[:count]:
        scene = Scene(_picture("examples", photograph), [(_style(style), 1.0)])
        for name in names:
            courses[name].append(measured(scene, Options(size=size, steps=steps, start=name)))
        once = courses["once"][-1]
        cells = [
            f"{row[-1].end:.3f}, × {row[-1].worst / row[-1].once:.2f} ({row[-1].seconds:.1f})"
            for row in courses.values()
        ]
        lines += [f"| {photograph}, {style} | {once.once:.2f} ({once.once_seconds:.2f}) | " + " | ".join(cells) + " |"]
    cells = [_summary(row) for row in courses.values()]
    lines += [f"| mean | {_mean([c.once for c in courses['once']]):.2f} | " + " | ".join(cells) + " |"]
    return "\n".join(lines)


def _summary(row: list[Course]) -> str:
    worst = max(course.worst / course.once for course in row)
    return f"{_mean([course.end for course in row]):.3f}, × {worst:.2f} ({fmean(c.seconds for c in row):.1f})"


def _mean(values: list[float]) -> float:
    """The geometric one: the losses of different pairs are of different sizes."""
    return exp(fmean(log(value) for value in values))


def _style(name: str) -> Source:
    return styles.load(name) if name in PAINTINGS else _picture("styles", name)


def _picture(shelf: str, name: str) -> Image.Image:
    with Image.open(BENCH / shelf / f"{name}.webp") as image:
        return image.convert("RGB")


def main() -> None:
    parser = argparse.ArgumentParser(description="Where a style transfer begins: one pass, or the photograph.")
    parser.add_argument("--pairs", type=int, default=len(PAIRS))
    parser.add_argument("--size", type=int, default=384)
    parser.add_argument("--steps", type=int, default=150)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    print(report(arguments.pairs, arguments.size, arguments.steps))


if __name__ == "__main__":
    main()
