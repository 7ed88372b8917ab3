"""Pictures made for channels beside photographs that excite them: `python -m benchmarks.feature_maps`.

Every channel's picture is held against the best of 1,000 crops of photographs, and its seconds against the same steps
on torchvision's ResNet-34 (random weights, which cost the same) in turn. Activations are means of a channel's map over
the whole picture, which nothing moves or blurs. Where no crop's mean is above zero, as can be behind a SiLU, “times the
best” says nothing; there the picture must be three times as far above the mean of all crops as the best crop is.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from app.algorithms.vision.feature_maps.ascent import Iterate, maximise
from app.algorithms.vision.feature_maps.layers import LOGITS, SHIPPED, Address, classes
from app.algorithms.vision.feature_maps.methods import DEFAULT, METHODS
from app.algorithms.vision.feature_maps.objectives import Channel
from app.algorithms.vision.feature_maps.seen import Seen, see
from benchmarks.crops import Usual, addresses, crops, survey

GALLERY = Path("app/demos/feature_maps/gallery")
CPU = torch.device("cpu")
SIZE, TIMES = 224, 3.0
# A layer of ours and one of ResNet-34 whose places stand as far apart.
COMPARED = (("detector", "level5", "layer4.2"), ("style-encoder", "relu5_1", "layer3.5"))


@dataclass(frozen=True)
class Row:
    """One channel's picture by one method."""

    address: Address
    mean: float
    best: float
    made: float
    first: float  # seconds until the first picture
    whole: float

    @property
    def times(self) -> float:
        """How often the best crop's activation fits in the picture's, or its distance from the mean of all crops."""
        if self.best > 0:
            return self.made / self.best
        return (self.made - self.mean) / max(1e-9, self.best - self.mean)

    @property
    def reached(self) -> bool:
        return self.times >= TIMES and self.made > 0

    def __str__(self) -> str:
        sign = "" if self.best > 0 else " above the mean"
        return (
            f"| {self.address} | {self.mean:.3f} | {self.best:.3f} | {self.made:.3f} | {self.times:.1f}{sign} | "
            f"{self.first:.2f} | {self.whole:.1f} |"
        )


def made(address: Address, usual: Usual, method: str, steps: int) -> Row:
    """The picture of this channel, measured."""
    began = time.perf_counter()
    run = maximise(Channel(address.layer, address.channel), network=opened(address.network), method=method, steps=steps)
    last = next(run)
    first = time.perf_counter() - began
    for last in run:  # noqa: B007
        pass
    return Row(address, *usual.of(address.channel), last.activation, first, time.perf_counter() - began)


def table(drawn: list[Address], surveyed: dict[str, dict[str, Usual]], method: str, steps: int) -> Iterator[str]:
    """The rows of one method and what they come to."""
    yield f"\n{method}, {steps} steps, {SIZE} px"
    yield "| channel | mean of crops | best crop | picture | times | first picture, s | whole, s |"
    yield "|---|---|---|---|---|---|---|"
    rows = []
    for address in drawn:
        rows.append(made(address, surveyed[address.network][address.layer], method, steps))
        yield str(rows[-1])
    reached, slowest = sum(row.reached for row in rows), max(rows, key=lambda row: row.whole)
    middle = sorted(row.times for row in rows)[len(rows) // 2]
    yield (
        f"{method}: {reached} of {len(rows)} ({reached / len(rows):.0%}) reach {TIMES:.0f} times the best crop; median "
        f"{middle:.1f} times. First picture at most {max(row.first for row in rows):.2f} s, finished at most "
        f"{slowest.whole:.1f} s ({slowest.address})."
    )


def deepest(surveyed: dict[str, dict[str, Usual]], steps: int) -> list[Address]:
    """One firing channel of each network's last layer."""
    return [
        next(one for one in reversed(addresses(network, surveyed[network], firing=True)) if one.layer != LOGITS)
        for network in SHIPPED
    ]


def beside_resnet(steps: int, repeats: int) -> Iterator[str]:
    """Seconds of whole runs, the networks' in turn; the least of several, so that a neighbour disturbs all alike."""
    yield "\n| ours | s | ResNet-34 | s | theirs / ours |"
    yield "|---|---|---|---|---|"
    for network, layer, theirs in COMPARED:
        pair = (opened(network), layer), (see("resnet34", CPU, untrained=True), theirs)
        seconds: list[list[float]] = [[], []]
        for _ in range(repeats):
            for own, (seen, name) in zip(seconds, pair, strict=True):
                began = time.perf_counter()
                list(maximise(Channel(name, 0), network=seen, steps=steps))
                own.append(time.perf_counter() - began)
        ours, resnet = map(min, seconds)
        yield f"| {network}/{layer} | {ours:.1f} | {theirs} | {resnet:.1f} | {resnet / ours:.1f} |"


def repeated(address: Address, steps: int) -> Iterator[str]:
    """The same seed twice, another one, and a run that is left after a third."""
    wanted, seen = Channel(address.layer, address.channel), opened(address.network)
    once, again, other = (_hash(list(maximise(wanted, network=seen, steps=steps, seed=seed))[-1]) for seed in (5, 5, 6))
    yield f"\n{address}: same seed, same picture: {once == again}; another seed, another picture: {once != other}."
    run = maximise(wanted, network=seen, steps=steps)
    kept = [next(run) for _ in range(steps // 3)][-1]
    run.close()
    yield f"Closed after {kept.step} of {kept.of} steps: a picture of {kept.size} px, activation {kept.activation:.3f}."


def report(arguments: argparse.Namespace) -> Iterator[str]:
    """The whole comparison as Markdown, line by line as it is measured."""
    torch.set_num_threads(arguments.threads)
    surveyed = {
        network: survey(opened(network), crops(arguments.photographs, arguments.crops, arguments.seed))
        for network in SHIPPED
    }
    silent = [one for network in SHIPPED for one in addresses(network, surveyed[network], firing=False)]
    firing = [one for network in SHIPPED for one in addresses(network, surveyed[network], firing=True)]
    maps = [one for one in firing if one.layer != LOGITS]
    chance = random.Random(arguments.seed)
    drawn = sorted(chance.sample(maps, min(arguments.channels, len(maps))), key=maps.index)
    yield f"{arguments.crops} crops of {arguments.photographs}; {len(maps)} channels fire on some crop."
    yield f"{len([one for one in silent if one.layer != LOGITS])} fire on none: {_listed(silent)}."
    for method in arguments.methods:
        yield from table(drawn, surveyed, method, arguments.steps)
    named = [Address("detector", LOGITS, channel) for channel in chance.sample(range(len(classes("detector"))), 10)]
    yield from table(named, surveyed, arguments.methods[0], arguments.steps)
    yield from table(deepest(surveyed, arguments.steps), surveyed, arguments.methods[0], arguments.steps)
    yield from beside_resnet(arguments.steps, arguments.repeats)
    yield from repeated(drawn[0], arguments.steps)


def opened(network: str) -> Seen:
    return see(network, CPU)


def _listed(silent: list[Address]) -> str:
    layers: dict[str, int] = {}
    for one in silent:
        if one.layer != LOGITS:
            layers[f"{one.network}/{one.layer}"] = layers.get(f"{one.network}/{one.layer}", 0) + 1
    return ", ".join(f"{count} of {layer}" for layer, count in layers.items()) or "none"


def _hash(iterate: Iterate) -> str:
    return hashlib.sha256(iterate.pictures[0].tobytes()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description="Pictures made for channels beside photographs that excite them.")
    parser.add_argument("--photographs", type=Path, default=GALLERY)
    parser.add_argument("--crops", type=int, default=1000)
    parser.add_argument("--channels", type=int, default=50)
    parser.add_argument("--methods", nargs="+", choices=list(METHODS), default=sorted(METHODS, key=DEFAULT.__ne__))
    parser.add_argument("--steps", type=int, default=180)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    for line in report(parser.parse_args()):
        print(line, flush=True)


if __name__ == "__main__":
    main()
