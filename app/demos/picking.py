"""A demo as an author picks it for a post: its inputs, the line that says what is asked of it, and its bench."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app import demos
from app.demos import bench
from app.demos.base import Demo
from app.demos.kinds import Mask, Picture
from app.demos.preset import ORIGIN, of_changes, of_query
from app.errors import AppError

PLAIN = re.compile(r"[\w.,:/+-]+")


@dataclass(frozen=True)
class Offered:
    """What an author is told of a demo before it is chosen; `still` is the address of a picture of it."""

    name: str
    title: str
    summary: str
    still: str | None


@dataclass(frozen=True)
class Picked:
    """A demo as it is set: `fields` as forms draw them, a sentence for each wrong one, `line` for the post."""

    demo: Offered
    fields: list[dict[str, Any]]
    values: dict[str, Any]
    line: str
    bench: str
    problems: dict[str, str] = field(default_factory=dict)


def offered() -> list[Offered]:
    """Every demo of this site."""
    return [_offered(demo) for demo in demos.every()]


def picked(name: str, given: Mapping[str, str]) -> Picked:
    """The demo with what was `given` of its inputs; what is left empty is as usual. Raises NotFound."""
    demo = demos.get(name)
    settable = [f for f in demo.fields if not isinstance(f.kind, Mask) and (f.kind.kind != "picture" or _ready(f.kind))]
    names = {f.name for f in settable} - {ORIGIN}
    preset = of_query(demo, {name: text for name, text in given.items() if name in names and text.strip()})
    values = {f.name: f.default for f in demo.fields} | preset.values
    asked = of_changes(demo, values)
    drawn, problems = _drawn(demo, asked)
    return Picked(
        demo=_offered(demo),
        fields=[bench.shown(demo, f) for f in settable],
        values=values,
        line=line(demo.name, asked),
        bench=drawn,
        problems=problems | preset.problems,
    )


def line(name: str, options: Mapping[str, str]) -> str:
    """`::: demo name key=value key="two words"`, as the renderer reads it."""
    return " ".join(["::: demo", name, *(f"{option}={_quoted(value)}" for option, value in options.items())])


def _quoted(value: str) -> str:
    if PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _ready(kind: Any) -> bool:
    """An author can name only pictures that are there already."""
    return isinstance(kind, Picture) and bool(kind.names)


def _drawn(demo: Demo, asked: dict[str, str]) -> tuple[str, dict[str, str]]:
    try:
        return bench.in_post(demo, asked), {}
    except AppError as error:
        return "", error.problems or {"": error.message}


def _offered(demo: Demo) -> Offered:
    return Offered(demo.name, demo.title, demo.summary, bench.still(demo))
