"""Judges style transfer by use: `python -m training.evaluate_style`, 20 contents × 10 styles by three networks.

The same optimisation runs on our encoder and on its teacher, for every pair, and the decoder paints the pair in one
pass; SqueezeNet, which none of them saw, says how much of the content picture's own distance to the style is left (Gram
matrices, 0 is the style itself) and how far the content moved. Photographs are never among those learned from; of the
styles, those held out come first. Results are kept: an interrupted run goes on, and only a changed network runs again.
"""

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision import devices
from app.algorithms.vision.catalogue import STYLE_DECODER, STYLE_ENCODER, load_style_decoder, load_style_encoder
from app.algorithms.vision.encoders import Network
from app.algorithms.vision.images import fit
from app.algorithms.vision.losses import content_loss, gram, style_loss
from app.algorithms.vision.pixels import tensor
from app.algorithms.vision.style_transfer import Options, Scene, optimise
from app.algorithms.vision.stylise import moments_of, paint
from training import pictures
from training.results import Result, Results, key
from training.teacher import Judge, Teacher

DEVICE = torch.device("cpu")
CONTENT_LAYER = "fire5"
RATIOS = (("ours", "teacher"), ("one-pass", "ours"))


@dataclass(frozen=True)
class Painter:
    """A way from a content and a style picture to a stylised one; the key stands for its weights and settings."""

    paint: Callable[[Image.Image, Image.Image], Image.Image]
    key: str


def evaluate(
    painters: Mapping[str, Painter],
    judge: Judge,
    contents: Sequence[Path],
    styles: Mapping[Path, bool],
    *,
    size: int,
    kept: Results,
) -> dict[str, list[Result]]:
    """Results by painter, in the order of the pairs; `styles` says of each whether it was held out.

    Pictures are judged at `size` pixels. What is in `kept` is not painted again, and what was painted is kept.
    """
    results: dict[str, list[Result]] = {name: [] for name in painters}
    pairs = [(content, style) for content in contents for style in styles]
    for done, (content, style) in enumerate(pairs, start=1):
        for name, painter in painters.items():
            result = kept.find(painter.key, content, style)
            if result is None:
                result = _result(painter, judge, content, style, styles[style], size)
                kept.add(painter.key, content, style, result)
            results[name].append(result)
        print(f"{done}/{len(pairs)}", *(f"{name} {rows[-1].style:.3f}" for name, rows in results.items()), flush=True)
    return results


def judged(judge: Judge, picture: Image.Image, content: Image.Image, style: Image.Image) -> tuple[float, float]:
    """Style distance left, as a share of the content picture's own, and content distance, on the judge's features."""
    with torch.no_grad():
        made, before, wanted = (judge(tensor(image, DEVICE)) for image in (picture, content, style))
        left = _distance(made, wanted) / _distance(before, wanted)
        return left, content_loss(made[CONTENT_LAYER], before[CONTENT_LAYER]).item()


def table(results: Mapping[str, Sequence[Result]]) -> str:
    """The results in Markdown; the last rows are the ratios that count, of the networks that ran."""
    lines = ["| network | style left | … styles not learned from | content distance | CPU seconds a picture |"]
    lines += ["|---|---|---|---|---|"]
    columns = {name: _means(rows) for name, rows in results.items()}
    lines += [f"| {name} | " + " | ".join(f"{mean:.3f}" for mean in row) + " |" for name, row in columns.items()]
    for one, other in RATIOS:
        if one in columns and other in columns:
            ratios = [f"{a / b:.2f}" for a, b in zip(columns[one], columns[other], strict=True)]
            lines += [f"| {one} / {other} | " + " | ".join(ratios) + " |"]
    return "\n".join(lines)


def _result(painter: Painter, judge: Judge, content: Path, style: Path, held_out: bool, size: int) -> Result:
    opened = Image.open(content).convert("RGB"), Image.open(style).convert("RGB")
    start = time.process_time()
    made = painter.paint(*opened)
    seconds = time.process_time() - start
    return Result(*judged(judge, made, *(fit(image, size) for image in opened)), seconds, held_out)


def _distance(features: Mapping[str, Tensor], wanted: Mapping[str, Tensor]) -> float:
    return sum(style_loss(features[layer], gram(wanted[layer])).item() for layer in wanted)


def _means(rows: Sequence[Result]) -> tuple[float, float, float, float]:
    return (
        fmean(row.style for row in rows),
        fmean([row.style for row in rows if row.held_out] or [float("nan")]),
        fmean(row.content for row in rows),
        fmean(row.seconds for row in rows),
    )


def _optimiser(network: Network, weights: Path, size: int, steps: int, strength: float) -> Painter:
    def paint_slowly(content: Image.Image, style: Image.Image) -> Image.Image:
        options = Options(size=size, steps=steps, strength=strength, start="photograph")
        *_, last = optimise(network, Scene(content, [(style, 1.0)]), options, device=DEVICE)
        return last.picture

    return Painter(paint_slowly, key(weights, size, steps, strength))


def _one_pass(size: int) -> Painter:
    encoder, decoder = load_style_encoder("style-encoder", DEVICE), load_style_decoder(DEVICE)
    return Painter(
        lambda content, style: paint(encoder, decoder, content, moments_of(encoder, style, size), size=size),
        key(STYLE_ENCODER.path(), STYLE_DECODER.path(), size),
    )


def _painters(names: Sequence[str], data: Path, size: int, steps: int, strength: float) -> dict[str, Painter]:
    # Each is made only if it is asked for.
    teacher_file = data / "teachers" / "vgg19_small16x.npz"
    makers: dict[str, Callable[[], Painter]] = {
        "ours": lambda: _optimiser(
            load_style_encoder("style-encoder", DEVICE), STYLE_ENCODER.path(), size, steps, strength
        ),
        "teacher": lambda: _optimiser(
            Teacher(data, precision=devices.precision(DEVICE)), teacher_file, size, steps, strength
        ),
        "one-pass": lambda: _one_pass(size),
    }
    return {name: make() for name, make in makers.items() if name in names}


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    photographs = pictures.held_out(pictures.paths(arguments.data / "photos"))
    contents = photographs[:: max(1, len(photographs) // arguments.contents)][: arguments.contents]
    paintings = pictures.paths(arguments.data / "paintings")
    styles = {path: True for path in pictures.held_out(paintings)} | {
        path: False for path in pictures.learned(paintings)
    }
    first = dict(list(styles.items())[: arguments.styles])
    painters = _painters(arguments.networks, arguments.data, arguments.size, arguments.steps, arguments.strength)
    kept = Results(arguments.work / "style_results.csv")
    print(table(evaluate(painters, Judge(arguments.data), contents, first, size=arguments.size, kept=kept)))


def _arguments() -> argparse.Namespace:
    names = ["ours", "teacher", "one-pass"]
    parser = argparse.ArgumentParser(description="Judges style transfer by use.")
    parser.add_argument("--networks", nargs="+", choices=names, default=names, help="the rows; all of them without")
    parser.add_argument("--data", type=Path, default=Path("../shared/ml"), help="photos, paintings, teachers.py")
    parser.add_argument("--work", type=Path, default=Path("instance/training"), help="where results are kept")
    parser.add_argument("--contents", type=int, default=20)
    parser.add_argument("--styles", type=int, default=10)
    parser.add_argument("--size", type=int, default=384)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--strength", type=float, default=0.5, help="of the optimisation; one pass paints with 1")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
