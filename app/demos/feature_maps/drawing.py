"""Drawing: the picture that excites a channel most, by one method or by three, from noise or from a photograph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PIL import Image

from app.algorithms.vision.feature_maps.ascent import Iterate, maximise
from app.algorithms.vision.feature_maps.seen import Seen
from app.algorithms.vision.images import fit
from app.demos.base import Update
from app.demos.feature_maps.demo import Inputs
from app.demos.feature_maps.schedule import method, pixels, pushes
from app.demos.feature_maps.wanted import Wanted, wanted

SIDE_BY_SIDE = ("plain", "growing", "fourier")


def draw(inputs: Inputs, seen: Seen) -> Iterator[Update]:
    want, course = wanted(inputs, seen), Course()
    for iterate in _iterates(inputs, seen, want, inputs.method):
        course.take(iterate)
        yield Update(iterate.progress, course.told(want), {"result": sheet(iterate.pictures)})


def push(inputs: Inputs, seen: Seen) -> Iterator[Update]:
    want, course = wanted(inputs, seen), Course()
    before = fit(inputs.photo.image, int(inputs.size))
    for iterate in _iterates(inputs, seen, want, inputs.method, before):
        course.take(iterate)
        (after,) = iterate.pictures
        if iterate.size == int(inputs.size):  # while it grew, its sides were rounded
            before = before.resize(after.size)
        yield Update(iterate.progress, course.told(want), {"result": after, "before": before})


def compare(inputs: Inputs, seen: Seen) -> Iterator[Update]:
    """One method after the other, with the same seed; as many steps each."""
    want, names = wanted(inputs, seen), [*SIDE_BY_SIDE, *(["own"] if inputs.method == "own" else [])]
    costs = [pixels(method(inputs, name), int(inputs.size), inputs.steps) for name in names]
    pictures: dict[str, Image.Image] = {}
    courses: dict[str, Course] = {}
    for number, name in enumerate(names):
        courses[name] = Course()
        for iterate in _iterates(inputs, seen, want, name):
            courses[name].take(iterate)
            pictures[name] = sheet(iterate.pictures)
            main = inputs.method if inputs.method in courses else name
            done = (sum(costs[:number]) + iterate.progress * costs[number]) / sum(costs)
            yield Update(done, _side_by_side(courses, want, main, len(names)), pictures | {"result": pictures[main]})


def _side_by_side(courses: dict[str, Course], want: Wanted, main: str, count: int) -> dict[str, Any]:
    """What every method has come to; the numbers of the main one stand in front."""
    last = next(reversed(courses.values())).last
    step = sum(course.last.step for course in courses.values())
    seconds = sum(course.last.seconds for course in courses.values())
    told = courses[main].told(want)
    told |= {"step": step, "of": count * last.of, "size": last.size, "seconds": round(seconds, 2)}
    return told | {"methods": {name: course.told(want) for name, course in courses.items()}}


class Course:
    """How an ascent went so far: its last iterate, the activation at every step, and where the picture grew."""

    last: Iterate

    def __init__(self) -> None:
        self.curve: list[float] = []
        self.grown: list[tuple[int, int]] = []

    def take(self, iterate: Iterate) -> None:
        if not self.curve or iterate.size != self.last.size:
            self.grown.append((iterate.step, iterate.size))
        self.curve.append(_short(iterate.activation))
        self.last = iterate

    def told(self, want: Wanted) -> dict[str, Any]:
        last = self.last
        return {
            "step": last.step,
            "of": last.of,
            "size": last.size,
            "seconds": round(last.seconds, 2),
            "activation": self.curve[-1],
            "activations": [_short(one) for one in last.activations],
            "best": want.best,
            "usual": want.usual,
            "ratio": round(last.activation / want.best, 2) if want.best and want.best > 0 else None,
            "curve": list(self.curve),
            "grown": [list(mark) for mark in self.grown],
        }


def sheet(pictures: tuple[Image.Image, ...]) -> Image.Image:
    """One picture as it is; four as two rows of two."""
    if len(pictures) == 1:
        return pictures[0]
    width, height = pictures[0].size
    page = Image.new("RGB", (2 * width, -(-len(pictures) // 2) * height))
    for number, picture in enumerate(pictures):
        page.paste(picture, (number % 2 * width, number // 2 * height))
    return page


def _iterates(
    inputs: Inputs, seen: Seen, want: Wanted, name: str, start: Image.Image | None = None
) -> Iterator[Iterate]:
    return maximise(
        want.objective,
        network=seen,
        size=int(inputs.size),
        steps=pushes(inputs.steps) if start else inputs.steps,
        method=method(inputs, name),
        seed=inputs.seed,
        start=start,
    )


def _short(number: float) -> float:
    return float(f"{number:.4g}")
