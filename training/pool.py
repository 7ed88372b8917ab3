"""Pictures half-way through an optimisation, made once: where the student's features will be used.

Photographs are pulled towards the teacher's Gram matrices of paintings by Adam; a copy is kept every few steps, so the
pool runs from the photograph to a finished stylisation.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training import pictures

Features = Callable[[Tensor], dict[str, Tensor]]


def cached(file: Path, make: Callable[[], np.ndarray]) -> np.ndarray:
    """The pool in `file`, made first where there is none: uint8 (n, side, side, 3)."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        np.save(file, make())
    pool: np.ndarray = np.load(file)
    return pool


def make(
    teacher: Features,
    photographs: Sequence[np.ndarray],
    paintings: Sequence[np.ndarray],
    *,
    batches: int,
    seed: int,
    side: int = 128,
    steps: int = 60,
    keep_every: int = 12,
) -> np.ndarray:
    """uint8 (8 · batches · steps / keep_every, side, side, 3): eight photographs with eight styles a batch."""
    random = np.random.default_rng(seed)
    kept: list[np.ndarray] = []
    for _ in range(batches):
        content, style = (pictures.crops(source, 8, side, random) for source in (photographs, paintings))
        strength = float(10 ** random.uniform(0, 2))
        kept += [_bytes(x) for x in _optimise(teacher, content, style, strength, steps, keep_every)]
    return np.concatenate(kept)


def _optimise(
    teacher: Features, content: Tensor, style: Tensor, strength: float, steps: int, keep_every: int
) -> Iterator[Tensor]:
    with torch.no_grad():
        wanted = {name: _gram(x) for name, x in teacher(style).items()}
        anchor = teacher(content)["relu4_1"].float()
    x = content.clone().requires_grad_()
    adam = torch.optim.Adam([x], lr=0.03)
    for step in range(1, steps + 1):
        adam.zero_grad()
        features = teacher(x)
        loss = (features["relu4_1"].float() - anchor).square().mean() / anchor.square().mean()
        for name, gram in wanted.items():
            loss = loss + strength * (_gram(features[name]) - gram).square().mean() / gram.square().mean()
        loss.backward()
        adam.step()
        with torch.no_grad():
            x.clamp_(0, 1)
        if step % keep_every == 0:
            yield x.detach()


def _gram(x: Tensor) -> Tensor:
    rows = x.float().flatten(2)  # (n, c, h · w)
    return rows @ rows.mT / rows.shape[-1]


def _bytes(x: Tensor) -> np.ndarray:
    return (x * 255).round().byte().permute(0, 2, 3, 1).numpy()
