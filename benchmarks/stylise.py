"""One pass beside a full-width one and beside Gatys' optimisation: `python -m benchmarks.stylise`.

The full-width peer is the same pass at VGG-19's widths in float32, as Huang and Belongie ran it; its weights are
random, which changes the picture but not the cost. Passes of both are interleaved and the median of several is kept;
the optimisation (150 steps, our encoder, sizes climbing) runs once a size.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import TypeVar

import numpy as np
import torch
from PIL import Image

from app.algorithms.vision.catalogue import load_style_decoder, load_style_encoder
from app.algorithms.vision.images import decode, encode
from app.algorithms.vision.moments import LAYERS, Moments
from app.algorithms.vision.networks.style_decoder import StyleDecoder
from app.algorithms.vision.networks.style_encoder import VGG19_DEPTHS, VGG19_WIDTHS, Vgg
from app.algorithms.vision.pixels import tensor
from app.algorithms.vision.style_transfer import Options, Scene, optimise
from app.algorithms.vision.stylise import moments_of, paint

CPU = torch.device("cpu")
SIZES, THREADS = (256, 512, 1024), (1, 2)
COLUMNS = ("encode", "decode", "JPEG to picture")
Made = TypeVar("Made")
Networks = tuple[Vgg, StyleDecoder]


def ours() -> Networks:
    return load_style_encoder("style-encoder", CPU), load_style_decoder(CPU)


def full_width() -> Networks:
    """VGG-19's encoder and a decoder as wide, random, in float32."""
    encoder, decoder = Vgg(VGG19_WIDTHS, VGG19_DEPTHS), StyleDecoder(VGG19_WIDTHS)
    return encoder.requires_grad_(False), decoder.requires_grad_(False)


def pass_seconds(networks: Networks, file: bytes, style: Moments, size: int) -> tuple[float, float, float]:
    """Seconds of the encoder, of the decoder, and of all from a JPEG's bytes to the picture."""
    encoder, decoder = networks
    x = tensor(decode(file, max_side=size), CPU)
    with torch.inference_mode():
        encoding, features = _timed(lambda: encoder(x, LAYERS))
        decoding, _ = _timed(lambda: decoder(features, style))
    whole, _ = _timed(lambda: paint(encoder, decoder, decode(file, max_side=size), style, size=size))
    return encoding, decoding, whole


def optimisation_seconds(content: Image.Image, style: Image.Image, size: int) -> float:
    """Seconds of Gatys' optimisation on our encoder, 150 steps."""
    options = Options(size=size, steps=150, start="photograph")
    run = optimise(ours()[0], Scene(content, [(style, 1.0)]), options, device=CPU)
    return _timed(lambda: list(run))[0]


def report(repeats: int) -> str:
    """The whole comparison as Markdown."""
    networks = {"ours": ours(), "full width, float32": full_width()}
    lines = [f"Seconds, median of {repeats} interleaved passes; the optimisation once.", ""]
    titles = ["size", "threads", *(f"{name}: {part}" for name in networks for part in COLUMNS)]
    titles += ["full width / ours", "Gatys, 150 steps", "Gatys / ours"]
    lines += ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    for size in SIZES:
        content, style = _picture(0, size), _picture(1, size)
        for threads in THREADS:
            with _threads(threads):
                lines += [_row(networks, content, style, size, threads, repeats)]
    return "\n".join(lines)


def _row(
    networks: dict[str, Networks], content: Image.Image, style: Image.Image, size: int, threads: int, repeats: int
) -> str:
    file = encode(content, "JPEG")
    styles = {name: moments_of(pair[0], style, size) for name, pair in networks.items()}
    runs: dict[str, list[tuple[float, float, float]]] = {name: [] for name in networks}
    for _ in range(repeats + 1):
        for name, pair in networks.items():
            runs[name].append(pass_seconds(pair, file, styles[name], size))
    # The first pass of each prepares memory and kernels.
    medians = [[median(column) for column in zip(*times[1:], strict=True)] for times in runs.values()]
    slow, one_pass, peer = optimisation_seconds(content, style, size), medians[0][2], medians[1][2]
    cells = [f"{seconds:.3f}" for row in medians for seconds in row]
    cells += [f"{peer / one_pass:.1f}", f"{slow:.2f}", f"{slow / one_pass:.0f}"]
    return f"| {size} | {threads} | " + " | ".join(cells) + " |"


def _picture(seed: int, size: int) -> Image.Image:
    chance = np.random.default_rng(seed)
    noise = Image.fromarray(chance.integers(0, 256, (24, 24, 3), dtype=np.uint8))
    return noise.resize((size, size), Image.Resampling.BICUBIC)


def _timed(work: Callable[[], Made]) -> tuple[float, Made]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


@contextmanager
def _threads(count: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    yield
    torch.set_num_threads(before)


def main() -> None:
    parser = argparse.ArgumentParser(description="One pass beside a full-width one and beside the optimisation.")
    parser.add_argument("--repeats", type=int, default=7)
    print(report(parser.parse_args().repeats))


if __name__ == "__main__":
    main()
