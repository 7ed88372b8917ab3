"""Trains the heads of the posts' earlier stages: `python -m training.stages`, once the detector is there.

The detector's trunk is frozen and looks at the same canvases as it did when it was trained, with the same objects. What
is there: a cross-entropy a class. The largest object: L1 on its box and cross-entropy on its class, weighed as the post
does. Sixteen anchors: matching and loss of the detector itself.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.algorithms.vision.detection.boxes import area
from app.algorithms.vision.detection.detector import Detector
from app.algorithms.vision.detection.loss import Objects, detection_loss
from app.algorithms.vision.detection.matching import match
from app.algorithms.vision.networks.detector import Trunk
from app.algorithms.vision.networks.stages import Staged, Stages, sixteen_anchors
from training import checkpoint
from training.batches import SIDE, Batches, Teacher, in_order, seen
from training.command import parser, report
from training.curve import Curve
from training.detector import BOXES, export
from training.material import add_arguments, material
from training.mosaics import Share
from training.schedule import schedule

RATE = 2e-3
LARGEST_BOX = 10  # an error of a tenth of the picture weighs like one nat of the class
SURE = 0.3  # the largest object is the largest of those a teacher is this sure of
SAVE_EVERY = 100
CHECKPOINT, CURVE = "stages.pt", "stages.csv"


def train(
    stages: Stages,
    trunk: Trunk,
    shares: Sequence[Share],
    teacher: Teacher | None,
    *,
    classes: int,
    steps: int,
    folder: Path,
    batch: int = 16,
    seed: int = 0,
    side: int = SIDE,
    workers: int = 1,
    stop_after: int | None = None,
) -> Stages:
    """The heads after `steps` steps, or `stop_after` if that is less; goes on from the checkpoint in `folder`."""
    device = next(trunk.parameters()).device
    stages.to(device).train()
    adam = torch.optim.AdamW(stages.parameters(), weight_decay=0.05)
    start, end = _resume(folder / CHECKPOINT, stages, adam), min(steps, stop_after or steps)
    curve = Curve(folder / CURVE, ("presence", "largest", "sixteen"), start, steps)
    for step, canvases in in_order(
        Batches(shares, batch=batch, seed=seed, side=side), range(start + 1, end + 1), workers
    ):
        adam.param_groups[0]["lr"] = RATE * schedule(step, steps)
        torch.manual_seed(seed + step)  # dropout, too, goes on as if it had never stopped
        x, objects = seen(canvases, teacher, device, classes)
        with torch.no_grad():
            maps = trunk(x.contiguous(memory_format=torch.channels_last))[-1].float()
        losses = staged_losses(stages(maps), objects, side)
        adam.zero_grad()
        torch.stack(losses).sum().backward()
        nn.utils.clip_grad_norm_(stages.parameters(), 5.0)
        adam.step()
        curve.write(step, [loss.item() for loss in losses])
        if step % SAVE_EVERY == 0 or step == end:
            checkpoint.save(
                folder / CHECKPOINT, {"stages": stages.state_dict(), "adam": adam.state_dict(), "step": step}
            )
    return stages.eval()


def staged_losses(staged: Staged, objects: Sequence[Objects], side: int) -> list[Tensor]:
    """Losses of the three heads on a batch whose pictures have `side` pixels; crowds are not asked for."""
    asked = [Objects(each.boxes[each.asked], each.classes[each.asked], each.asked[each.asked]) for each in objects]
    there = torch.stack([_present(each) for each in asked])
    presence = functional.binary_cross_entropy_with_logits(staged.presence, there, reduction="sum") / len(there)
    standing = sixteen_anchors(side).to(there.device)
    matches = [match(standing, each.boxes, each.asked, middle=0.5) for each in objects]
    sixteen = detection_loss(staged.sixteen, standing, list(objects), matches)
    return [presence, _largest_loss(staged, asked, side), sixteen["classes"] + BOXES * sixteen["boxes"]]


def largest(objects: Objects) -> int | None:
    """The place of the largest object that is sure enough, or None where there is none."""
    sizes = area(objects.boxes) * (objects.certainty > SURE)
    return int(sizes.argmax()) if len(sizes) and sizes.max() > 0 else None


def _largest_loss(staged: Staged, objects: Sequence[Objects], side: int) -> Tensor:
    places = [largest(each) for each in objects]
    rows = [row for row, place in enumerate(places) if place is not None]
    if not rows:
        return staged.largest_box.sum() * 0
    boxes = torch.stack([objects[row].boxes[places[row]] for row in rows]) / side
    classes = torch.stack([objects[row].classes[places[row]] for row in rows])
    what = functional.cross_entropy(staged.largest_class[rows], classes / classes.sum(1, keepdim=True))
    return what + LARGEST_BOX * functional.l1_loss(staged.largest_box[rows], boxes)


def _present(objects: Objects) -> Tensor:
    """The surest score of each class: (classes)."""
    return torch.cat([objects.classes, objects.classes.new_zeros(1, objects.classes.shape[1])]).amax(0)


def _resume(file: Path, stages: Stages, adam: torch.optim.Optimizer) -> int:
    state = checkpoint.load(file)
    if state is None:
        return 0
    stages.load_state_dict(state["stages"])
    adam.load_state_dict(state["adam"])
    return int(state["step"])


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    detector = Detector.load(arguments.device)
    learned = material(arguments, detector.device)
    torch.manual_seed(arguments.seed)
    stages = train(
        Stages(len(learned.classes)),
        detector.network.trunk,
        learned.shares,
        learned.teacher,
        classes=len(learned.classes),
        steps=arguments.steps,
        folder=arguments.work,
        seed=arguments.seed,
        stop_after=arguments.stop_after,
    )
    export(stages, learned.classes, arguments.out)
    report(arguments.out)


def _arguments() -> argparse.Namespace:
    made = parser("Trains the heads of the earlier stages.", out="detector_stages.safetensors", steps=900)
    add_arguments(made)
    return made.parse_args()


if __name__ == "__main__":
    main()
