"""Trains the detector: `python -m training.detector`.

A canvas of one or four pictures is shown to the teacher and to the student, a little smaller to the student. Where a
picture came with boxes these are the truth; everywhere else the teacher's boxes are, with all of its class scores, so
that the student learns that this may be a cup and is certainly no train. The loss is the one that the posts explain:
anchors matched to objects, focal loss on the scores, generalised IoU on the boxes. The weights that ship are a running
mean of the last five hundred steps or so.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from app.algorithms.vision import devices
from app.algorithms.vision.detection.anchors import PER_CELL, anchors
from app.algorithms.vision.detection.classes import COCO
from app.algorithms.vision.detection.loss import Objects, detection_loss
from app.algorithms.vision.detection.matching import match
from app.algorithms.vision.networks.detector import SingleShot
from training import checkpoint
from training.batches import SIDE, Batches, Teacher, in_order, seen, shrunk
from training.command import parser, report
from training.curve import Curve
from training.material import add_arguments, material
from training.mosaics import Share
from training.regression import solve
from training.schedule import schedule
from training.transplant import take_over, transplant
from training.yolox import Yolox

STUDENT_SIDES = (320, 352, 384, 416, 416, 416)
NEW_RATE, OLD_RATE = 7e-4, 5e-5
BOXES = 1.5  # weight of the boxes' loss against the classes'
REGRESSION = 40  # batches that the last layers' start is computed from
HEADS_FIRST = 0.15  # of a run only the last layers learn: there is no use in moving features towards their first errors
BOXES_FIRST = 0.4  # of a run: until boxes lie well, how well they lie says nothing that scores could learn
SAVE_EVERY = 100
CHECKPOINT, CURVE = "detector.pt", "detector.csv"


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
    for step, canvases in in_order(batches, range(start + 1, end + 1), workers):
        _set_rates(adam, step, steps)
        x, objects = seen(canvases, teacher, device, network.classes)
        # The last seventh sees the size of use alone.
        smaller = side if step > steps * 6 / 7 else sides[step % len(sides)]
        losses = _step(network, adam, *shrunk(x, objects, smaller), by_quality=step > steps * BOXES_FIRST)
        curve.write(step, losses)
        mean.update_parameters(network)
        if step % SAVE_EVERY == 0 or step == end:
            _save(folder / CHECKPOINT, network, adam, mean, step)
    return mean.module


def _step(
    network: SingleShot, adam: torch.optim.Optimizer, x: Tensor, objects: list[Objects], *, by_quality: bool
) -> list[float]:
    standing = anchors(*x.shape[-2:]).to(x.device)
    matches = [match(standing, each.boxes, each.asked) for each in objects]
    precision = devices.precision(x.device)
    with torch.autocast(x.device.type, precision, enabled=precision is not torch.float32):
        raw = network(x)
    losses = detection_loss(raw, standing, objects, matches, by_quality=by_quality)
    adam.zero_grad()
    (losses["classes"] + BOXES * losses["boxes"]).backward()
    nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    adam.step()
    return [losses["classes"].item(), losses["boxes"].item()]


def _groups(network: SingleShot) -> list[dict[str, object]]:
    # The last layers learn fast. What starts from the teacher's features learns slowly: at a rate of 3e-4 it
    # learned the few pictures by heart and forgot the rest of the world. Biases are not decayed.
    groups = []
    for new, rate in ((True, NEW_RATE), (False, OLD_RATE)):
        layers = [(n, p) for n, p in network.named_parameters() if new == ((".logits." in n) or (".offsets." in n))]
        for bias in (True, False):
            chosen = [parameter for name, parameter in layers if name.endswith("bias") == bias]
            groups.append({"params": chosen, "rate": rate, "last": new} | ({"weight_decay": 0.0} if bias else {}))
    return groups


def _set_rates(adam: torch.optim.Optimizer, step: int, steps: int) -> None:
    for group in adam.param_groups:
        group["lr"] = group["rate"] * schedule(step, steps)
        for parameter in group["params"]:
            parameter.requires_grad_(group["last"] or step > steps * HEADS_FIRST)


def _memory(steps: int) -> float:
    return 1 - 1 / min(500, max(1, steps // 10))


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
    learned = material(arguments, device)
    torch.manual_seed(arguments.seed)
    network = SingleShot(len(learned.classes), PER_CELL)
    if isinstance(learned.teacher, Yolox):
        transplant(network, learned.teacher.graph)
        if not (arguments.work / CHECKPOINT).exists():
            solve(network, _said(learned.teacher, learned.shares, arguments.seed))
    elif arguments.start:
        take_over(network, arguments.start)
    mean = train(
        network,
        learned.shares,
        learned.teacher,
        steps=arguments.steps,
        folder=arguments.work,
        batch=arguments.batch,
        seed=arguments.seed,
        device=device,
        stop_after=arguments.stop_after,
    )
    export(mean, learned.classes, arguments.out)
    report(arguments.out)


def _said(teacher: Yolox, shares: Sequence[Share], seed: int) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Batches of canvases with all that the teacher says of them; none of them is met again in the training."""
    batches = Batches(shares, batch=8, seed=seed + 1)
    for step in range(REGRESSION):
        x, _ = seen(batches[step], None, torch.device("cpu"), len(COCO))
        boxes, scores = teacher.cells(x.to(teacher.device))
        yield x, boxes.cpu(), scores.cpu()


def _arguments() -> argparse.Namespace:
    made = parser("Trains the detector.", out="detector.safetensors", steps=2400)
    add_arguments(made)
    made.add_argument("--batch", type=int, default=8)
    made.add_argument("--start", type=Path, help="a detector's file to start from, where YOLOX-Nano is not the teacher")
    return made.parse_args()


if __name__ == "__main__":
    main()
