"""What a demo is: a title, its declared inputs, and a run that yields updates.

@dataclass(frozen=True)
class Inputs:
    steps: int = asks(Number("Steps", 20, 500), 150)

DEMO = Demo(title="Style transfer", summary="…", inputs=Inputs)          # demo.py, light to import

def run(inputs: Inputs) -> Iterator[Update]: ...                          # run.py, may load torch
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import PIL.Image

from app.demos.fingerprint import fingerprint
from app.demos.kinds import Choice, Kind, Mask, Number, Photo, Picture, Refused, Shelf, Text, Toggle, Upload
from app.demos.outputs import Bars, Image, Output, Plot, Table, Value, Words
from app.errors import InvalidInput

MOST_TOLD = 20  # unknown inputs: who sends more of them than that sends no order

__all__ = ["Bars", "Choice", "Demo", "Image", "Mask", "Number", "Photo", "Picture", "Plot", "Shelf", "Table", "Text"]
__all__ += ["Toggle", "Update", "Value", "Words", "asks"]


@dataclass(frozen=True)
class Update:
    """One step of a run: how far it is (0…1, never falls), numbers for the panel, and pictures by name.

    `files` are arrays for the panel's script, kept of the last update only. `state` gives what the run needs to go on
    from here; it is asked for seldom, and never after the next update has been made.
    """

    progress: float
    data: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, PIL.Image.Image] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    state: Callable[[], bytes] | None = None


@dataclass(frozen=True)
class Field:
    """A declared input with its name and default, as forms, options and schemas need it."""

    name: str
    kind: Kind
    default: Any
    optional: bool = False
    group: str = ""
    live: bool = False

    @property
    def required(self) -> bool:
        return self.default is None and not self.optional

    @property
    def schema(self) -> dict[str, Any]:
        about = {"description": f"{self.kind.label}. {self.kind.help}".strip()}
        return self.kind.schema() | about | ({} if self.default is None else {"default": self.default})


def asks(kind: Kind, default: Any = None, *, optional: bool = False, group: str = "", live: bool = False) -> Any:
    """A field of a demo's `Inputs`. No default means that a value must be given, unless it is optional.

    Fields of one `group` stand under that heading, folded away until a reader wants them. A `live` one can be changed
    while a run goes on: the run is sent the new value (`changes = yield Update(…)`). Pictures cannot be live.
    """
    about = {"kind": kind, "optional": optional, "group": group, "live": live}
    return field(default=default, metadata=about)


@dataclass(frozen=True)
class Demo:
    """What a folder's demo.py declares as DEMO; `name` and `folder` are filled in where it is found."""

    title: str
    summary: str
    inputs: type
    work: Callable[[Any], float] = lambda inputs: 1.0  # how much a run costs, relative to other inputs
    instant: bool = False  # it answers inside a request, in its data alone: no line, no pictures, no files
    goes_on: bool = False  # its run takes a `state` of an earlier update, and goes on from there
    outputs: tuple[Output, ...] = ()  # what its bench shows; without any, its pictures and a table of its data
    examples: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # see contract.py: where a control shows
    # In which inputs a finished example must be as these values; None: in its pictures.
    decisive: Callable[[Mapping[str, Any]], Collection[str]] | None = None
    reads: tuple[Path, ...] = ()  # folders of files that its runs read beside their inputs
    about: Callable[[Demo, Mapping[str, Any]], Mapping[str, Any]] = lambda demo, values: {}  # told to its panel.html
    titled: Callable[[Mapping[str, Any]], str | None] = lambda asked: None  # its page's title, by what an address asks
    # What `flask demo NAME --all` can be narrowed to, which calls its run.py's make_all(…); None: it makes nothing.
    makes: tuple[str, ...] | None = None
    name: str = ""
    folder: Path = Path()

    @cached_property
    def fingerprint(self) -> str:
        kinds = [f.kind for f in self.fields if isinstance(f.kind, Picture)]
        shelves = [shelf.folder for kind in kinds for shelf in kind.shelves]
        return fingerprint(self.folder, [*shelves, *self.reads])

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(Field(f.name, default=f.default, **f.metadata) for f in fields(self.inputs))

    @property
    def schema(self) -> dict[str, Any]:
        """The inputs as a JSON schema."""
        properties = {f.name: f.schema for f in self.fields}
        needed = [f.name for f in self.fields if f.required]
        return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}

    def parse(self, form: Mapping[str, str], files: Mapping[str, Upload] | None = None) -> Any:
        """The inputs that a form, a request or a command line gives. Raises InvalidInput, a sentence for each field."""
        values, problems = {}, {}
        for f in self.fields:
            try:
                values[f.name] = _value(f, form.get(f.name), (files or {}).get(f.name))
            except Refused as refused:
                problems[f.name] = str(refused)
        known = {f.name for f in self.fields}
        strange = [name for name in form if name not in known][:MOST_TOLD]
        problems |= {name: "There is no such input." for name in strange}
        if problems:
            raise InvalidInput(problems)
        return self.inputs(**values)

    def parse_some(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Some of the live inputs, which can be changed while a run goes on. Raises InvalidInput, a sentence each."""
        live, values, problems = {f.name: f.kind for f in self.fields if f.live}, {}, {}
        for name, text in form.items():
            try:
                values[name] = live[name].parse(text)
            except KeyError:
                problems[name] = f"“{name[:40]}” cannot be changed while a run goes on."
            except Refused as refused:
                problems[name] = str(refused)
        if problems or not values:
            raise InvalidInput(problems or {"": f"Give what is to be changed: {', '.join(live)}."})
        return values

    def dump(self, inputs: Any) -> tuple[dict[str, Any], dict[str, bytes]]:
        """`inputs` as plain JSON, and the reader's own pictures apart, by field."""
        values = {f.name: getattr(inputs, f.name) for f in self.fields}
        plain = {f.name: None if values[f.name] is None else f.kind.dump(values[f.name]) for f in self.fields}
        photos = {f.name: getattr(inputs, f.name) for f in self.fields if isinstance(f.kind, Picture)}
        return plain, {name: photo.data for name, photo in photos.items() if photo and not photo.name}

    def load(self, plain: Mapping[str, Any], read: Callable[[str], bytes]) -> Any:
        """The inputs that `dump` took apart; `read` gives a stored picture by its key."""
        stored = {f.name: _loaded(f.kind, plain[f.name], read) for f in self.fields if f.name in plain}
        # A run may have been stored before the demo asked for all that it asks for now.
        return self.inputs(
            **{f.name: stored[f.name] if f.name in stored else _value(f, None, None) for f in self.fields}
        )


def _value(f: Field, text: str | None, upload: Upload | None) -> Any:
    if isinstance(f.kind, Picture) and upload is not None and upload.filename:
        return f.kind.take_in(upload.read())
    if text:
        return f.kind.parse(text)
    if f.default is None:
        if f.optional:
            return None
        raise Refused(f"{f.kind.label} is needed.")
    return f.kind.parse(f.default) if isinstance(f.kind, Picture) else f.default


def _loaded(kind: Kind, value: Any, read: Callable[[str], bytes]) -> Any:
    if value is None or not isinstance(kind, Picture):
        return value
    return kind.parse(value["name"]) if "name" in value else Photo(read(value["picture"]))
