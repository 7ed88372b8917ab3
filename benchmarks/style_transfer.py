"""Our style transfer beside the same loop on torchvision's VGG-19: `python -m benchmarks.style_transfer`.

The loop is `optimise` every time; only the network differs. Weights of VGG-19 are random, which changes the picture but
not the cost. Steps of all networks are interleaved and the least of several is kept, so that a neighbour on the machine
disturbs all alike; memory is the peak of a process that ran nothing else.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from app.algorithms.vision import torchvision_shim  # noqa: F401
from app.algorithms.vision.catalogue import load_style_encoder
from app.algorithms.vision.encoders import Network
from app.algorithms.vision.style_transfer import Options, Scene, Stylised, optimise

from torchvision.models.vgg import cfgs, make_layers  # isort: skip

CPU = torch.device("cpu")
SIZES = (256, 384, 512)
NETWORKS: dict[str, Callable[[], Network]] = {
    "style encoder": lambda: load_style_encoder("style-encoder", CPU),
    "VGG-19 float32": lambda: TorchvisionVgg19(torch.float32, torch.contiguous_format),
    "VGG-19 bfloat16, channels last": lambda: TorchvisionVgg19(torch.bfloat16, torch.channels_last),
}
OURS, THEIRS = "style encoder", "VGG-19 float32"


class TorchvisionVgg19:
    """torchvision's own layers, frozen, random, cut after relu5_1."""

    def __init__(self, precision: torch.dtype, layout: torch.memory_format) -> None:
        self.precision, self.layout = precision, layout
        features = make_layers(cfgs["E"], batch_norm=False)[:30].requires_grad_(False)
        for layer in features:
            if isinstance(layer, nn.Conv2d):
                nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
        self.features = features.to(precision).to(memory_format=layout)

    def __call__(self, x: Tensor, layers: Collection[str]) -> dict[str, Tensor]:
        x, found, block, depth = x.to(self.precision).contiguous(memory_format=self.layout), {}, 1, 1
        for layer in self.features:
            x = layer(x)
            if isinstance(layer, nn.MaxPool2d):
                block, depth = block + 1, 1
            elif isinstance(layer, nn.ReLU):
                found[f"relu{block}_{depth}"], depth = x, depth + 1
        return {name: found[name] for name in layers}


def step_seconds(size: int, repeats: int) -> dict[str, float]:
    """Least seconds of one step at `size` pixels, by network; one step of each in turn."""
    runs = {name: _run(make(), size, repeats + 1, smallest=size) for name, make in NETWORKS.items()}
    seconds: dict[str, list[float]] = {name: [] for name in NETWORKS}
    for _ in range(repeats + 1):
        for name, run in runs.items():
            seconds[name].append(_seconds(lambda run=run: next(run)))  # type: ignore[misc]
    return {name: min(times[1:]) for name, times in seconds.items()}  # the first one also prepares the targets


def picture_seconds(threads: int) -> tuple[float, float]:
    """Seconds of a 384-pixel picture in 150 steps on `threads` threads: until its first iterate, and in all."""
    torch.set_num_threads(threads)
    run = _run(NETWORKS[OURS](), 384, 150)
    first = _seconds(lambda: next(run))
    return first, first + _seconds(lambda: list(run))


def peak_memory(name: str, size: int) -> int:
    """Peak resident MiB of a process that takes three steps at `size` pixels."""
    command = [sys.executable, "-m", "benchmarks.style_transfer", "--memory-of", name, "--size", str(size)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def report(repeats: int, threads: int) -> str:
    """The whole comparison as Markdown."""
    torch.set_num_threads(threads)
    lines = [
        f"Seconds a step on {threads} threads, least of {repeats} interleaved; peak MiB of a process of its own.",
        "",
    ]
    lines += [
        "| size | " + " | ".join(NETWORKS) + " | float32 VGG-19 / ours | peak " + " | peak ".join(NETWORKS) + " |"
    ]
    lines += ["|" + "---|" * (2 + 2 * len(NETWORKS))]
    for size in SIZES:
        seconds = step_seconds(size, repeats)
        memory = [str(peak_memory(name, size)) for name in NETWORKS]
        cells = [f"{value:.4f}" for value in seconds.values()] + [f"{seconds[THEIRS] / seconds[OURS]:.1f}", *memory]
        lines += [f"| {size} | " + " | ".join(cells) + " |"]
    lines += ["", "| 384 px, 150 steps, ours | first picture, s | whole run, s |", "|---|---|---|"]
    for count in (1, 2):
        first, whole = min((picture_seconds(count) for _ in range(2)), key=lambda pair: pair[1])
        lines += [f"| {count} thread{'s' * (count > 1)}, better of 2 | {first:.2f} | {whole:.1f} |"]
    return "\n".join(lines)


def _run(network: Network, size: int, steps: int, smallest: int = 128) -> Iterator[Stylised]:
    chance = np.random.default_rng(0)
    content, style = (
        Image.fromarray(chance.integers(0, 256, (12, 12, 3), dtype=np.uint8)).resize((512, 512)) for _ in range(2)
    )
    options = Options(size=size, steps=steps, start="photograph")
    return optimise(network, Scene(content, [(style, 1.0)]), options, device=CPU, smallest=smallest)


def _peak_kib() -> int:
    # The kernel's own mark of this process: getrusage would count the parent's peak as well.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0])


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description="Style transfer beside the same loop on torchvision's VGG-19.")
    parser.add_argument("--repeats", type=int, default=8)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory-of", choices=list(NETWORKS), help="print one network's peak memory, nothing else")
    parser.add_argument("--size", type=int, default=384)
    arguments = parser.parse_args()
    if arguments.memory_of:
        list(_run(NETWORKS[arguments.memory_of](), arguments.size, 3, smallest=arguments.size))
        print(_peak_kib() // 1024)
        return
    print(report(arguments.repeats, arguments.threads))


if __name__ == "__main__":
    main()
