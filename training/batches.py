"""Batches of canvases, in an order that never changes, and the objects on them: those known, and the teacher's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset

from app.algorithms.vision.detection.loss import Objects
from training.mosaics import Canvas, Share, canvas

SIDE = 416

# Pictures (n, 3, side, side) in 0…1 to the objects seen on them.
Teacher = Callable[[Tensor], Sequence[Objects]]


class Batches(Dataset[list[Canvas]]):
    """Batch `i` of a seed is always the same one, so that a resumed run sees what it would have seen."""

    def __init__(self, shares: Sequence[Share], *, batch: int, seed: int, side: int = SIDE) -> None:
        self.shares, self.batch, self.seed, self.side = shares, batch, seed, side

    def __getitem__(self, step: int) -> list[Canvas]:
        random = np.random.default_rng([self.seed, step])
        return [canvas(self.shares, self.side, random) for _ in range(self.batch)]


def in_order(batches: Batches, steps: range, workers: int) -> Iterator[tuple[int, list[Canvas]]]:
    loader = DataLoader(batches, batch_size=None, sampler=steps, num_workers=workers, collate_fn=_as_it_is)
    return zip(steps, loader, strict=True)


def seen(
    canvases: Sequence[Canvas], teacher: Teacher | None, device: torch.device, classes: int
) -> tuple[Tensor, list[Objects]]:
    """The canvases as (n, 3, side, side) in 0…1, and the objects on them: those known, and elsewhere the teacher's."""
    x = torch.from_numpy(np.stack([each.picture for each in canvases])).to(device).permute(0, 3, 1, 2).float() / 255
    known = [_known(each, device, classes) for each in canvases]
    if teacher is None:
        return x, known
    rectangles = (torch.from_numpy(each.known).to(device) for each in canvases)
    return x, [_together(*parts) for parts in zip(known, teacher(x), rectangles, strict=True)]


def shrunk(x: Tensor, objects: Sequence[Objects], side: int) -> tuple[Tensor, list[Objects]]:
    """Pictures and objects at another size."""
    scale = side / x.shape[-1]
    if scale != 1:
        x = functional.interpolate(x, (side, side), mode="bilinear", antialias=True)
    return x.contiguous(memory_format=torch.channels_last), [
        replace(each, boxes=each.boxes * scale) for each in objects
    ]


def _as_it_is(canvases: list[Canvas]) -> list[Canvas]:
    return canvases


def _known(each: Canvas, device: torch.device, classes: int) -> Objects:
    certain = functional.one_hot(torch.from_numpy(each.labels), classes).float()
    return Objects(*(part.to(device) for part in (torch.from_numpy(each.boxes), certain, torch.from_numpy(each.asked))))


def _together(known: Objects, guess: Objects, rectangles: Tensor) -> Objects:
    """The known objects, and the guesses whose middle lies in none of the rectangles (r, 4)."""
    middle = (guess.boxes[:, None, :2] + guess.boxes[:, None, 2:]) / 2  # (m, 1, 2)
    free = ~((middle >= rectangles[:, :2]) & (middle < rectangles[:, 2:])).all(-1).any(-1)
    pairs = ((getattr(known, part.name), getattr(guess, part.name)[free]) for part in fields(Objects))
    return Objects(*(torch.cat(pair) for pair in pairs))
