"""Values that a bench opens with: a post's options, an address's query, or the inputs of an earlier run.

Each is checked as a reader's would be. An author is told of a wrong one and mends it; a reader, who only followed a
link, gets the rest with a sentence for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.demos.base import Demo
from app.demos.kinds import Photo, Picture, Refused
from app.errors import InvalidInput, NotFound
from app.jobs.api import find
from app.jobs.describe import described

KEPT = "/pictures/"  # where a reader's own picture is, as long as it is kept
ORIGIN = "from"


@dataclass
class Preset:
    """Values by input, addresses of readers' own pictures, and what could not be taken, by name."""

    values: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    run: bool = False  # they are those of an earlier run


def of_options(demo: Demo, options: Mapping[str, str]) -> dict[str, Any]:
    """A post's options. Raises InvalidInput with a sentence for each wrong one."""
    checked = _checked(demo, options)
    if checked.problems:
        raise InvalidInput(checked.problems)
    return checked.values


def of_query(demo: Demo, query: Mapping[str, str]) -> Preset:
    """What an address asks for: `from` an earlier run, and any inputs beside it."""
    named = {name: text for name, text in query.items() if name != ORIGIN}
    addresses = {name: text for name, text in named.items() if _takes_kept(demo, name, text)}
    asked = _checked(demo, {name: text for name, text in named.items() if name not in addresses})
    start = _of_run(demo, query[ORIGIN]) if query.get(ORIGIN) else Preset()
    shelved = {name: url for name, url in start.pictures.items() if name not in asked.values}
    return Preset(
        start.values | asked.values, shelved | addresses, start.problems | asked.problems, run=bool(start.values)
    )


def of_form(demo: Demo, form: Mapping[str, str]) -> Preset:
    """What was entered, for the form that comes back; a file cannot be given back."""
    given = {f.name: form[f.name] for f in demo.fields if f.name in form}
    kept = {name: text for name, text in given.items() if _takes_kept(demo, name, text)}
    return Preset({name: text for name, text in given.items() if name not in kept}, kept)


def of_inputs(inputs: Mapping[str, Any]) -> Preset:
    """The inputs of a job, as it is described."""
    given = {name: value for name, value in inputs.items() if isinstance(value, dict)}
    values = dict(inputs) | {name: value.get("name") for name, value in given.items()}
    return Preset(values, {name: value["picture"] for name, value in given.items() if value.get("picture")})


def of_changes(demo: Demo, values: Mapping[str, Any]) -> dict[str, str]:
    """The values that are not the usual ones, as an address asks for them."""
    changed = {f.name: values.get(f.name) for f in demo.fields if values.get(f.name) not in (None, f.default)}
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in changed.items()}


def _of_run(demo: Demo, job_id: str) -> Preset:
    try:
        job = described(find(job_id))
    except NotFound as missing:
        return Preset(problems={ORIGIN: missing.message})
    if job["demo"] != demo.name:
        return Preset(problems={ORIGIN: "That run is of another demo, so its inputs do not fit here."})
    return of_inputs(job["inputs"])


def _takes_kept(demo: Demo, name: str, text: str) -> bool:
    return text.startswith(KEPT) and any(f.name == name and isinstance(f.kind, Picture) for f in demo.fields)


def _checked(demo: Demo, options: Mapping[str, str]) -> Preset:
    declared = {f.name: f.kind for f in demo.fields}
    checked = Preset(problems={n: f"{demo.name} has no input “{n[:40]}”." for n in options if n not in declared})
    for name in options.keys() - checked.problems.keys():
        try:
            value = declared[name].parse(options[name])
            checked.values[name] = value.name if isinstance(value, Photo) else value
        except Refused as refused:
            checked.problems[name] = str(refused)
    return checked
