"""Trains the style encoder: `python -m training.style_encoder --data ../shared/ml --out <file>`.

Idea: a student learns what a wide network sees (Romero et al., FitNets, 2015; Wang et al., Collaborative Distillation,
2020). Its features at relu1_1 … relu5_1 go through 1x1 projections, thrown away afterwards, to the teacher's; pictures
are photographs, paintings and pictures half-way through an optimisation. At the end every channel is rescaled to mean
activation one (Gatys et al., 2016), which changes no feature but its size. All layers start from random numbers.
Invariant: a run that was stopped and resumed ends with the same weights as one that was not.
"""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from app.algorithms.vision.devices import precision
from app.algorithms.vision.networks.style_encoder import WIDTHS, Vgg
from training import checkpoint, pictures, pool
from training.command import parser, report
from training.curve import Curve
from training.revival import revive
from training.schedule import schedule
from training.teacher import LAYERS, WIDE, Teacher

DEVICE = torch.device("cpu")
RATE = 2e-3
REVIVE_EVERY = 200  # in the first half of the run
CHECKPOINT, SAVE_EVERY = "style_encoder.pt", 200
# Low layers have plenty of pixels: every fifth or third row and column is enough, odd steps so that both phases of the
# pooling above are seen.
STRIDES = dict(zip(LAYERS, (5, 3, 1, 1, 1), strict=True))


class Student(nn.Module):
    """The encoder with its throw-away projections to the teacher's widths."""

    def __init__(self, widths: Sequence[int] = WIDTHS, wide: Sequence[int] = WIDE) -> None:
        super().__init__()
        self.encoder = Vgg(widths)
        self.projections = nn.ModuleList(nn.Conv2d(a, b, 1) for a, b in zip(widths, wide, strict=True))
        for layer in self.modules():
            if isinstance(layer, nn.Conv2d):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                nn.init.zeros_(layer.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> list[Tensor]:
        features = self.encoder(x, LAYERS)
        pairs = zip(LAYERS, self.projections, strict=True)
        return [functional.relu(project(_thinned(features[name], name))) for name, project in pairs]


def train(
    teacher: pool.Features,
    sources: Sequence[Sequence[np.ndarray]],
    *,
    steps: int,
    folder: Path,
    seed: int = 0,
    batch: int = 8,
    side: int = 128,
    stop_after: int | None = None,
) -> Student:
    """The student after `steps` steps, or `stop_after` if that is less; goes on from the checkpoint in `folder`."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    student = Student()
    student.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    adam = torch.optim.AdamW(student.parameters(), lr=RATE, weight_decay=1e-4)
    start, end = _resume(folder / CHECKPOINT, student, adam, random), min(steps, stop_after or steps)
    curve = Curve(folder / "style_encoder.csv", LAYERS, start, steps)
    for step in range(start + 1, end + 1):
        adam.param_groups[0]["lr"] = RATE * schedule(step, steps, warm=200)
        x = _batch(sources, batch, side, random)
        curve.write(step, _step(student, teacher, adam, x))
        if step % REVIVE_EVERY == 0 and step <= steps // 2:
            revive(student.encoder, list(student.projections), x, random)
        if step % SAVE_EVERY == 0 or step == end:
            state = {"student": student.state_dict(), "adam": adam.state_dict(), "step": step}
            checkpoint.save(folder / CHECKPOINT, state, random)
    return student


def normalised(encoder: Vgg, batches: Sequence[Tensor]) -> Vgg:
    """The same encoder with every channel's mean activation at one, folded into weights and biases."""
    with torch.no_grad():
        means = _means(encoder, batches)
        before = torch.ones(3)
        for name, convolution in _convolutions(encoder):
            scale = means[f"relu{name}"].clamp_min(0.02 * means[f"relu{name}"].mean())
            convolution.weight.mul_(before.view(1, -1, 1, 1) / scale.view(-1, 1, 1, 1))
            convolution.bias.div_(scale)  # type: ignore[union-attr]
            before = scale
    return encoder


def export(student: Student, batches: Sequence[Tensor], file: Path) -> None:
    """The encoder alone, normalised, as float16 safetensors."""
    encoder = Vgg()
    encoder.load_state_dict(student.encoder.state_dict())
    weights = normalised(encoder, batches).state_dict()
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: value.half().contiguous() for name, value in weights.items()}, file)


def _resume(file: Path, student: Student, adam: torch.optim.Optimizer, random: np.random.Generator) -> int:
    state = checkpoint.load(file, random)
    if state is None:
        return 0
    student.load_state_dict(state["student"])
    adam.load_state_dict(state["adam"])
    return int(state["step"])


def _step(student: Student, teacher: pool.Features, adam: torch.optim.Optimizer, x: Tensor) -> list[float]:
    with torch.autocast("cpu", torch.bfloat16, enabled=precision(DEVICE) is torch.bfloat16):
        with torch.no_grad():
            wanted = teacher(x)
        seen = student(x)
    losses = [_difference(mine, _thinned(wanted[name], name)) for name, mine in zip(LAYERS, seen, strict=True)]
    adam.zero_grad()
    torch.stack(losses).sum().backward()
    nn.utils.clip_grad_norm_(student.parameters(), 1.0)
    adam.step()
    return [loss.item() for loss in losses]


def _thinned(x: Tensor, layer: str) -> Tensor:
    return x[..., :: STRIDES[layer], :: STRIDES[layer]]


def _difference(mine: Tensor, wanted: Tensor) -> Tensor:
    # Each channel counts by its root: loud ones rule a Gram matrix, but quiet ones must not be lost.
    wanted = wanted.float()
    power = wanted.square().mean((0, 2, 3), keepdim=True)  # (1, c, 1, 1)
    weight = (power + 1e-3 * power.mean()).rsqrt()
    return ((mine.float() - wanted).square() * weight).mean() / (power * weight).mean()


def _batch(sources: Sequence[Sequence[np.ndarray]], count: int, side: int, random: np.random.Generator) -> Tensor:
    share = [count - (len(sources) - 1) * (count // 4)] + [count // 4] * (len(sources) - 1)
    x = torch.cat([pictures.crops(s, n, side, random) for s, n in zip(sources, share, strict=True) if n])
    return x.to(memory_format=torch.channels_last)


def _convolutions(encoder: Vgg) -> Iterable[tuple[str, nn.Conv2d]]:
    return ((name, layer) for name, layer in encoder.convolutions.items() if isinstance(layer, nn.Conv2d))


def _means(encoder: Vgg, batches: Sequence[Tensor]) -> dict[str, Tensor]:
    sums: dict[str, Tensor] = {}
    for x in batches:
        for name, features in encoder(x).items():
            sums[name] = sums.get(name, torch.zeros(())) + features.mean((0, 2, 3)) / len(batches)
    return sums


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    teacher = Teacher(arguments.data, wide=True, precision=precision(DEVICE))
    sources = _sources(arguments.data, arguments.work, teacher, arguments.seed)
    student = train(
        teacher,
        sources,
        steps=arguments.steps,
        folder=arguments.work,
        seed=arguments.seed,
        stop_after=arguments.stop_after,
    )
    random = np.random.default_rng(arguments.seed + 1)
    export(student, [_batch(sources, 8, 128, random) for _ in range(16)], arguments.out)
    report(arguments.out)


def _arguments() -> argparse.Namespace:
    made = parser("Trains the style encoder.", out="style_encoder.safetensors", steps=6600, device=False)
    made.add_argument("--data", type=Path, default=Path("../shared/ml"), help="photos, paintings, teachers.py")
    return made.parse_args()


def _sources(data: Path, work: Path, teacher: Teacher, seed: int) -> tuple[Sequence[np.ndarray], ...]:
    photographs = pictures.load(pictures.learned(pictures.paths(data / "photos")))
    paintings = pictures.load(pictures.learned(pictures.paths(data / "paintings")), 512)
    file = work / f"half_way_{seed}.npy"
    half_way = pool.cached(file, lambda: pool.make(teacher, photographs, paintings, batches=8, seed=seed))
    return photographs, paintings, list(half_way)


if __name__ == "__main__":
    main()
