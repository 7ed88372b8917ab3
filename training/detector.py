"""Trains the detector: `python -m training.detector`.

A canvas of one or four pictures is shown to the teacher and to the student, a little smaller to the student. Where a
picture came with boxes these are the truth; everywhere else the teacher's boxes are, with all of its class scores, so
that the student learns that this may be a cup and is certainly no train. The loss is the one that the posts explain:
anchors matched to objects, focal loss on the scores, generalised IoU on the boxes. The weights that ship are a running
mean of the last five hundred steps or so.
"""

import argparse
import hashlib
import json
import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader, Dataset

from app.algorithms.vision import devices
from app.algorithms.vision.detection.anchors import PER_CELL, anchors
from app.algorithms.vision.detection.classes import COCO
from app.algorithms.vision.detection.loss import Objects, detection_loss
from app.algorithms.vision.detection.matching import match
from app.algorithms.vision.networks.detector import SingleShot
from training import checkpoint
from training.curve import Curve
from training.material import shares as material
from training.mosaics import Canvas, Share, canvas
from training.transplant import transplant
from training.yolox import Yolox

Teacher = Callable[[Tensor], Sequence[Objects]]

SIDE = 416
STUDENT_SIDES = (320, 352, 384, 416, 416, 416)
NEW_RATE, OLD_RATE = 1.5e-3, 3e-4
BOXES = 1.5  # weight of the boxes' loss against the classes'
SAVE_EVERY = 100
CHECKPOINT, CURVE = "detector.pt", "detector.csv"


class Batches(Dataset[list[Canvas]]):
    """Batch `i` of a seed is always the same one, so that a resumed run sees what it would have seen."""

    def __init__(self, shares: Sequence[Share], *, batch: int, seed: int, side: int = SIDE) -> None:
        self.shares, self.batch, self.seed, self.side = shares, batch, seed, side

    def __getitem__(self, step: int) -> list[Canvas]:
        random = np.random.default_rng([self.seed, step])
        return [canvas(self.shares, self.side, random) for _ in range(self.batch)]


def train(
    network: SingleShot,
    shares: Sequence[Share],
    teacher: Teacher | None,
    *,
    steps: int,
    folder: Path,
    batch: int = 8,
    seed: int = 0,
    side: int = SIDE,
    sides: Sequence[int] = STUDENT_SIDES,
    device: torch.device | None = None,
    workers: int = 1,
    stop_after: int | None = None,
) -> nn.Module:
    """The running mean after `steps` steps, or `stop_after` if that is less; goes on from the checkpoint in `folder`.

    Without a teacher, pictures that came without boxes are empty.
    """
    device = device or torch.device("cpu")
    network.to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    adam = torch.optim.AdamW(_groups(network), weight_decay=0.02)
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(_memory(steps)))
    start, end = _resume(folder / CHECKPOINT, network, adam, mean), min(steps, stop_after or steps)
    curve = Curve(folder / CURVE, ("classes", "boxes"), start, steps)
    batches = Batches(shares, batch=batch, seed=seed, side=side)
    for step, canvases in _in_order(batches, range(start + 1, end + 1), workers):
        for group in adam.param_groups:
            group["lr"] = group["rate"] * _schedule(step, steps)
        x, objects = seen(canvases, teacher, device, network.classes)
        # The last seventh sees the size of use alone.
        smaller = side if step > steps * 6 / 7 else sides[step % len(sides)]
        curve.write(step, _step(network, adam, *shrunk(x, objects, smaller)))
        mean.update_parameters(network)
        if step % SAVE_EVERY == 0 or step == end:
            _save(folder / CHECKPOINT, network, adam, mean, step)
    return mean.module


def seen(
    canvases: Sequence[Canvas], teacher: Teacher | None, device: torch.device, classes: int
) -> tuple[Tensor, list[Objects]]:
    """The canvases as (n, 3, side, side) in 0…1, and the objects on them: those known, and elsewhere the teacher's."""
    x = torch.from_numpy(np.stack([each.picture for each in canvases])).to(device).permute(0, 3, 1, 2).float() / 255
    guesses = teacher(x) if teacher else [Objects(x.new_empty(0, 4), x.new_empty(0, classes))] * len(canvases)
    return x, [_together(each, guess) for each, guess in zip(canvases, guesses, strict=True)]


def shrunk(x: Tensor, objects: Sequence[Objects], side: int) -> tuple[Tensor, list[Objects]]:
    """Pictures and objects at another size."""
    scale = side / x.shape[-1]
    if scale != 1:
        x = functional.interpolate(x, (side, side), mode="bilinear", antialias=True)
    return x.contiguous(memory_format=torch.channels_last), [Objects(o.boxes * scale, o.classes) for o in objects]


def _together(each: Canvas, guess: Objects) -> Objects:
    boxes = torch.from_numpy(each.boxes).to(guess.boxes.device)
    certain = functional.one_hot(torch.from_numpy(each.labels), guess.classes.shape[1]).to(guess.classes)
    known = torch.from_numpy(each.known).to(guess.boxes.device)
    middle = (guess.boxes[:, None, :2] + guess.boxes[:, None, 2:]) / 2  # (m, 1, 2)
    unknown = ~((middle >= known[:, :2]) & (middle < known[:, 2:])).all(-1).any(-1)
    return Objects(torch.cat([boxes, guess.boxes[unknown]]), torch.cat([certain, guess.classes[unknown]]))


def _step(network: SingleShot, adam: torch.optim.Optimizer, x: Tensor, objects: list[Objects]) -> list[float]:
    standing = anchors(*x.shape[-2:]).to(x.device)
    matches = [match(standing, each.boxes) for each in objects]
    precision = devices.precision(x.device)
    with torch.autocast(x.device.type, precision, enabled=precision is not torch.float32):
        raw = network(x)
    losses = detection_loss(raw, standing, objects, matches)
    adam.zero_grad()
    (losses["classes"] + BOXES * losses["boxes"]).backward()
    nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    adam.step()
    return [losses["classes"].item(), losses["boxes"].item()]


def _groups(network: SingleShot) -> list[dict[str, object]]:
    # What starts from noise learns fast; what starts from the teacher's features, slowly. Biases are not decayed.
    groups = []
    for new, rate in ((True, NEW_RATE), (False, OLD_RATE)):
        layers = [(n, p) for n, p in network.named_parameters() if new == ((".logits." in n) or (".offsets." in n))]
        for bias in (True, False):
            chosen = [parameter for name, parameter in layers if name.endswith("bias") == bias]
            groups.append({"params": chosen, "rate": rate} | ({"weight_decay": 0.0} if bias else {}))
    return groups


def _schedule(step: int, steps: int) -> float:
    warm = min(1.0, step / min(100, steps))
    return warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (step - 1) / steps)))


def _memory(steps: int) -> float:
    return 1 - 1 / min(500, max(1, steps // 10))


def _in_order(batches: Batches, steps: range, workers: int) -> Iterator[tuple[int, list[Canvas]]]:
    loader = DataLoader(batches, batch_size=None, sampler=steps, num_workers=workers, collate_fn=_as_it_is)
    return zip(steps, loader, strict=True)


def _as_it_is(canvases: list[Canvas]) -> list[Canvas]:
    return canvases


def _resume(file: Path, network: nn.Module, adam: torch.optim.Optimizer, mean: AveragedModel) -> int:
    state = checkpoint.load(file)
    if state is None:
        return 0
    network.load_state_dict(state["network"])
    mean.load_state_dict(state["mean"])
    adam.load_state_dict(state["adam"])
    return int(state["step"])


def _save(file: Path, network: nn.Module, adam: torch.optim.Optimizer, mean: AveragedModel, step: int) -> None:
    state = {"network": network.state_dict(), "mean": mean.state_dict(), "adam": adam.state_dict(), "step": step}
    checkpoint.save(file, state)


def export(network: nn.Module, classes: Sequence[str], file: Path) -> None:
    """The weights as float16 safetensors, with the names of the classes beside them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    weights = {name: value.detach().cpu().half().contiguous() for name, value in network.state_dict().items()}
    save_file(weights, file, {"classes": json.dumps(list(classes))})


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    device = devices.pick(arguments.device)
    teacher = Yolox(arguments.data, devices.precision(device))
    shares = material(arguments.data)
    torch.manual_seed(arguments.seed)
    network = SingleShot(len(COCO), PER_CELL)
    transplant(network, teacher.network.graph)
    mean = train(
        network,
        shares,
        teacher,
        steps=arguments.steps,
        folder=arguments.work,
        batch=arguments.batch,
        seed=arguments.seed,
        device=device,
        stop_after=arguments.stop_after,
    )
    export(mean, COCO, arguments.out)
    size, digest = arguments.out.stat().st_size, hashlib.sha256(arguments.out.read_bytes()).hexdigest()
    print(f"{arguments.out}: size {size}, sha256 {digest}; the catalogue wants both")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains the detector.")
    parser.add_argument("--data", type=Path, default=Path("../shared/ml"), help="photos, coco128, teachers.py")
    parser.add_argument("--out", type=Path, default=Path("app/algorithms/vision/weights/detector.safetensors"))
    parser.add_argument("--work", type=Path, default=Path("instance/training"), help="checkpoints and the curve")
    parser.add_argument("--steps", type=int, default=5400)
    parser.add_argument("--stop-after", type=int, help="stop early; the same command without it goes on")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", help="cpu or cuda; a GPU where there is one")
    return parser.parse_args()


if __name__ == "__main__":
    main()
