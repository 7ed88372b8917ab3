"""The kinds of input a demo can ask for. Each one checks a value, words its message, and describes itself.

A kind is declared once, in a demo's `Inputs`, and gives the form field, the check, the sentence when it is refused,
the command-line option, the API's schema and the line in the docs.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Protocol

from PIL import Image

from app.algorithms.vision.decoder import decode_apart
from app.algorithms.vision.images import InvalidPicture

SHELF_SUFFIXES = (".webp", ".png", ".jpg")


class Refused(ValueError):
    """A value that an input does not take; the message is for the reader."""


class Upload(Protocol):
    """What a form's file is, as far as an input cares."""

    @property
    def filename(self) -> str | None: ...
    def read(self) -> bytes: ...


@dataclass(frozen=True)
class Kind:
    """What every input has: a label, and a sentence of help."""

    label: str
    help: str = field(default="", kw_only=True)
    kind: ClassVar[str]

    def parse(self, text: str) -> Any:
        """The value written as `text`. Raises Refused with a sentence."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """The value as a JSON schema, for OpenAPI."""
        raise NotImplementedError

    def dump(self, value: Any) -> Any:
        return value

    def flat(self, value: list[Any] | dict[str, Any]) -> str:
        """A value that JSON writes as a list or an object, as `parse` takes it. Raises Refused where it takes none."""
        raise Refused(f"{self.label} must be a text, a number, true or false.")


@dataclass(frozen=True)
class Number(Kind):
    """A number from `min` to `max`; whole when `step` is."""

    min: float
    max: float
    step: float = 1
    unit: str = ""
    kind: ClassVar[str] = "number"

    @property
    def whole(self) -> bool:
        return isinstance(self.step, int) and isinstance(self.min, int)

    def parse(self, text: str) -> int | float:
        sort = "a whole number" if self.whole else "a number"
        try:
            number: int | float = int(text) if self.whole else float(text)
        except ValueError:
            raise Refused(f"{self.label} must be {sort}, not “{text[:40]}”.") from None
        if not self.min <= number <= self.max:  # also refuses nan
            raise Refused(f"{self.label} must be from {self.min:g} to {self.max:g}.")
        return number

    def schema(self) -> dict[str, Any]:
        return {"type": "integer" if self.whole else "number", "minimum": self.min, "maximum": self.max}


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few values, each with the words a reader sees."""

    choices: Mapping[str, str]
    kind: ClassVar[str] = "choice"

    def parse(self, text: str) -> str:
        if text not in self.choices:
            raise Refused(f"{self.label} can be {_either(self.choices)}.")
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.choices)}


@dataclass(frozen=True)
class Toggle(Kind):
    """Yes or no."""

    kind: ClassVar[str] = "toggle"

    def parse(self, text: str) -> bool:
        answers = {"0": False, "false": False, "off": False, "1": True, "true": True, "on": True}
        if text.lower() not in answers:
            raise Refused(f"{self.label} can be true or false.")
        return answers[text.lower()]

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Text(Kind):
    """A line of text. Its examples are shown in the API's description, and are what `flask demo check` tries."""

    longest: int = 200
    examples: Sequence[str] = field(default=(), kw_only=True)
    kind: ClassVar[str] = "text"

    def parse(self, text: str) -> str:
        if len(text) > self.longest:
            raise Refused(f"{self.label} can have {self.longest} characters at most; this has {len(text)}.")
        return text

    def schema(self) -> dict[str, Any]:
        shown = {"examples": list(self.examples)} if self.examples else {}
        return {"type": "string", "maxLength": self.longest} | shown


@dataclass(frozen=True)
class Photo:
    """A picture that was given: one from a shelf, by name, or a reader's own as PNG bytes. Upright RGB, no metadata."""

    data: bytes
    name: str | None = None

    @cached_property
    def image(self) -> Image.Image:
        with Image.open(io.BytesIO(self.data)) as image:
            return image.convert("RGB")


@dataclass(frozen=True)
class Shelf:
    """A folder of ready pictures under a heading. Captions, by name, say more than a name can; they set the order."""

    folder: Path
    heading: str = ""
    captions: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, Path]:
        found = {file.stem: file for file in sorted(self.folder.iterdir()) if file.suffix in SHELF_SUFFIXES}
        return {name: found[name] for name in [*(known for known in self.captions if known in found), *found]}

    def caption(self, name: str) -> str:
        """What stands under the picture: its caption, or its name in words."""
        return self.captions.get(name) or name.replace("-", " ").capitalize()


@dataclass(frozen=True)
class Picture(Kind):
    """A picture: a file of the reader's, or a ready one by its name, from a folder of them or from several shelves."""

    shelf: Path | Sequence[Shelf] | None = None
    max_side: int = 1024
    kind: ClassVar[str] = "picture"

    @cached_property
    def shelves(self) -> Sequence[Shelf]:
        return (Shelf(self.shelf),) if isinstance(self.shelf, Path) else self.shelf or ()

    @cached_property
    def names(self) -> dict[str, Path]:
        return {name: file for shelf in self.shelves for name, file in shelf.names.items()}

    def parse(self, text: str) -> Photo:
        if text in self.names:
            return Photo(self.names[text].read_bytes(), text)
        raise Refused(f"{self.label} can be a picture file{', or ' + _either(self.names) if self.names else ''}.")

    def take_in(self, data: bytes) -> Photo:
        """A reader's file as it is kept: upright, small enough, nothing but pixels. Raises Refused with a sentence."""
        if not data:
            raise Refused(f"{self.label}: the file is empty.")
        try:
            return Photo(decode_apart(data, max_side=self.max_side))
        except InvalidPicture as refusal:
            raise Refused(f"{self.label}: {refusal}") from None

    def schema(self) -> dict[str, Any]:
        file = {
            "type": "string",
            "format": "binary",
            "description": "PNG, JPEG or WebP, or the address of a picture of a run",
        }
        return {"anyOf": [file, {"type": "string", "enum": list(self.names)}]} if self.names else file

    def dump(self, value: Photo) -> dict[str, str]:
        return {"name": value.name} if value.name else {}


@dataclass(frozen=True)
class Mask(Picture):
    """An area that a reader paints over another picture, or gives as a file: white is inside, black is outside."""

    over: str = field(default="", kw_only=True)  # the name of the picture's field
    kind: ClassVar[str] = "mask"


def _either(values: Mapping[str, Any]) -> str:
    *first, last = values
    return f"{', '.join(first)} or {last}" if first else last
