"""Our detector beside torchvision's SSDlite320, from JPEG bytes to boxes: `python -m benchmarks.detection`.

Weights of SSDlite320 are random, which changes what it finds but not what its layers cost. What its post-processing
costs depends on how many pairs of anchor and class pass its threshold of 0.001. Untrained all of them do, which no
trained network shows; so there are rows whose head is tilted to “nothing” until 300 or 3,000 pass. Both numbers are
assumed, not measured on trained weights: 300 is the least at which it can return the 300 boxes it is made to return, so
that row is the strict comparison. Where torchvision's compiled operators do not load, its non-maximum suppression is
the shim's, which is slower; the row without any post-processing is a bound that does not depend on it. Everybody
decodes and runs in turn and the median is kept, so that a neighbour on the machine disturbs all alike; memory is the
peak of a process that ran nothing else.
"""

import argparse
import io
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision import torchvision_shim  # noqa: F401
from app.algorithms.vision.detection import Detector
from app.algorithms.vision.images import decode

from torchvision.models.detection.ssd import SSD  # isort: skip
from torchvision.models.detection import ssdlite320_mobilenet_v3_large  # isort: skip
from torchvision.transforms.v2.functional import pil_to_tensor  # isort: skip

PHOTOGRAPH = Path("app/demos/style_transfer/examples/temple.webp")
SIDE = 640  # as COCO's pictures
CANDIDATES = (300, 3000)
BACKGROUND = 91  # every 91st class score is the one of “nothing”
THREADS = (2, 1)

Detect = Callable[[bytes], int]  # a JPEG file to the number of boxes in it


def ours() -> Detect:
    detector = Detector.load()
    return lambda file: len(detector.detect(decode(file, max_side=SIDE), threshold=0.3))


def untrained() -> Detect:
    return _torchvision(_ssdlite())


def tilted(candidates: int) -> Detect:
    network = _ssdlite()
    tilt(network, _tensor(jpeg()), candidates)
    return _torchvision(network)


def bare() -> Detect:
    """SSDlite320 without post-processing, so without boxes."""
    network = _ssdlite()

    def detect(file: bytes) -> int:
        logits(network, _tensor(file))
        return 0

    return detect


NETWORKS: dict[str, Callable[[], Detect]] = {
    "our detector": ours,
    **{f"SSDlite320, {count:,} candidates": partial(tilted, count) for count in CANDIDATES},
    "SSDlite320, random weights as they are": untrained,
    "SSDlite320 without post-processing": bare,
}
OURS, *THEIRS = NETWORKS


def tilt(network: SSD, x: Tensor, candidates: int) -> None:
    """Change the network's last layers so that `candidates` pairs of anchor and class pass its threshold for `x`.

    Class scores are spread to a deviation of one first, since random layers tell anchors hardly apart.
    """
    last = [block[-1] for block in network.head.classification_head.module_list]
    deviation = float(logits(network, x).std())
    for layer in last:
        layer.weight.div_(deviation)
    spread = logits(network, x)
    low, high = -50.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _passing(spread, middle, network.score_thresh) > candidates else (low, middle)
    for layer in last:
        layer.bias[::BACKGROUND] += high


def logits(network: SSD, x: Tensor) -> Tensor:
    """Class scores of all anchors before the softmax, (anchors, 91), for a picture (3, h, w) in 0…1."""
    pictures, _ = network.transform([x])
    features = list(network.backbone(pictures.tensors).values())
    scores: Tensor = network.head(features)["cls_logits"][0]
    return scores


def picture_seconds(networks: dict[str, Detect], threads: int, repeats: int) -> dict[str, float]:
    """Median seconds of one picture on `threads` threads, by network; one picture through each in turn."""
    torch.set_num_threads(threads)
    file = jpeg()
    seconds: dict[str, list[float]] = {name: [] for name in networks}
    for _ in range(repeats + 2):
        for name, detect in networks.items():
            start = time.perf_counter()
            detect(file)
            seconds[name].append(time.perf_counter() - start)
    return {name: median(times[2:]) for name, times in seconds.items()}  # the first two also warm up


def peak_memory(name: str) -> int:
    """Peak resident MiB of a process that detects in three pictures."""
    command = [sys.executable, "-m", "benchmarks.detection", "--memory-of", name]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def report(repeats: int) -> str:
    """The whole comparison as Markdown; the ratios are SSDlite320's time over ours."""
    networks = {name: make() for name, make in NETWORKS.items()}
    found = {name: detect(jpeg()) for name, detect in networks.items()}
    seconds = [picture_seconds(networks, threads, repeats) for threads in THREADS]
    lines = [
        f"Milliseconds from a JPEG of {SIDE} px to boxes, median of {repeats} interleaved; “×” is the time over ours."
    ]
    columns = [f"{threads} thread{'s' * (threads > 1)} | ×" for threads in THREADS]
    lines += ["", "| network | " + " | ".join(columns) + " | peak MiB | boxes |"]
    lines += ["|" + "---|" * (3 + 2 * len(THREADS))]
    for name in networks:
        times = [f"{times[name] * 1000:.1f} | {times[name] / times[OURS]:.1f}" for times in seconds]
        lines += [f"| {name} | " + " | ".join(times) + f" | {peak_memory(name)} | {found[name]} |"]
    return "\n".join(lines)


def jpeg() -> bytes:
    """A photograph of a temple as a JPEG file, longest side SIDE pixels."""
    file = io.BytesIO()
    image = Image.open(PHOTOGRAPH).convert("RGB")
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    image.save(file, "JPEG", quality=90)
    return file.getvalue()


def _ssdlite() -> SSD:
    torch.manual_seed(0)
    network: SSD = ssdlite320_mobilenet_v3_large(weights=None, weights_backbone=None)
    return network.eval().requires_grad_(False)


def _torchvision(network: SSD) -> Detect:
    return lambda file: len(network([_tensor(file)])[0]["boxes"])


def _tensor(file: bytes) -> Tensor:
    x: Tensor = pil_to_tensor(decode(file, max_side=SIDE)).float() / 255  # (3, h, w)
    return x


def _passing(scores: Tensor, background: float, threshold: float) -> int:
    scores = scores.clone()
    scores[:, 0] += background
    return int((scores.softmax(1)[:, 1:] > threshold).sum())


def _peak_kib() -> int:
    # The kernel's own mark of this process: getrusage would count the parent's peak as well.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description="Our detector beside torchvision's SSDlite320.")
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--memory-of", choices=list(NETWORKS), help="print one network's peak memory, nothing else")
    arguments = parser.parse_args()
    if arguments.memory_of:
        detect = NETWORKS[arguments.memory_of]()
        for _ in range(3):
            detect(jpeg())
        print(_peak_kib() // 1024)
        return
    print(report(arguments.repeats))


if __name__ == "__main__":
    main()
