"""What a request says about a demo's inputs, from a form with files or from JSON.

A picture can be one that some run shows, by its address; after `from`, the id of a run to go on from, whatever is not
given is as it was in that run.
"""

from __future__ import annotations

import io
from typing import Any

from flask import current_app, request

from app.demos.base import Demo
from app.demos.kinds import Kind, Picture, Refused, Upload
from app.errors import InvalidInput, NotFound
from app.jobs.line import admit
from app.jobs.origin import origin_of
from app.jobs.pictures import shown
from app.jobs.reader import client_of_request

LARGEST_UPLOAD = 16 * 1024 * 1024
LARGE = 1024 * 1024  # bytes: a smaller picture is read in no time
FROM = "from"
UNREADABLE = "What was sent could not be read. Send a form (multipart/form-data) or JSON, whole."
STORED = "/pictures/"  # in the address of a picture that some run shows


class _Stored(io.BytesIO):
    """A picture of some run, as a form would have uploaded it. Raises NotFound with a sentence."""

    def __init__(self, address: str) -> None:
        self.filename, data = shown(address.rpartition("/")[2])  # looked up among the names there are, and no path
        super().__init__(data)


def refuse_early() -> None:
    """Raises TooMany or Busy before a large body is read, for whom no run would be begun: reading it is what costs."""
    length = request.content_length
    if length is None or length > LARGE:
        admit(client_of_request(), current_app.config["SETTINGS"])


def inputs_of_request(demo: Demo) -> Any:
    """The demo's inputs from this request's form, files or JSON. Raises InvalidInput, a sentence for each field."""
    request.max_content_length = LARGEST_UPLOAD + 64 * 1024
    given, files = (texts(request.get_json(silent=True), demo), {}) if request.is_json else _form(demo)
    if origin := given.pop(FROM, ""):
        given = _of_run(origin, demo, given.keys() | files.keys()) | {k: text for k, text in given.items() if text}
    return demo.parse(*_with_stored(demo, given, files))


def origin_of_request() -> str | None:
    """The id of the run that this request's run is to go on from."""
    given = request.get_json(silent=True) if request.is_json else request.form
    return str(given.get(FROM) or "") or None if isinstance(given, dict) else None


def texts(body: Any, demo: Demo) -> dict[str, str]:
    """JSON as the texts that a form would have sent. Raises InvalidInput, a sentence for each field."""
    if not isinstance(body, dict):
        raise InvalidInput({"": "The body must be a JSON object with the demo's inputs."})
    kinds, given, problems = {f.name: f.kind for f in demo.fields}, {}, {}
    for name, value in body.items():
        try:
            given[name] = _text(value) if isinstance(value, str | int | float) else _flat(kinds.get(name), name, value)
        except Refused as refused:
            problems[name] = str(refused)
    if problems:
        raise InvalidInput(problems)
    return given


def _flat(kind: Kind | None, name: str, value: Any) -> str:
    if kind is None or not isinstance(value, list | dict):
        raise Refused(f"“{name[:40]}” must be a text, a number, true or false.")
    return kind.flat(value)


def _form(demo: Demo) -> tuple[dict[str, str], dict[str, Upload]]:
    if not request.form and not request.files and _has_body():
        raise InvalidInput({"": UNREADABLE})  # or a run would begin with what the demo takes where nothing is said
    files = {name: _one(name, request.files.getlist(name)) for name in request.files}
    pictures = {f.name for f in demo.fields if isinstance(f.kind, Picture)}
    if strange := {name for name, file in files.items() if file.filename and name not in pictures}:
        raise InvalidInput({name: f"“{name[:40]}” does not take a file." for name in strange})
    return request.form.to_dict(), files


def _has_body() -> bool:
    return bool(request.content_length) or "chunked" in request.headers.get("Transfer-Encoding", "").lower()


def _one(name: str, files: list[Any]) -> Any:
    chosen = [file for file in files if file.filename]
    if len(chosen) > 1:
        raise InvalidInput({name: "Choose one picture, not several."})
    return chosen[0] if chosen else files[0]


def _of_run(origin: str, demo: Demo, given: set[str]) -> dict[str, str]:
    """What a run was given and told since, as a form would send it again, but for what is `given` anew.

    An optional input that is given as nothing is to have no value; any other cannot mean that.
    """
    inputs = origin_of(origin, demo.name).inputs_now
    asked = {f.name for f in demo.fields if not f.optional or f.name not in given}
    return {name: _text(value) for name, value in inputs.items() if value is not None and name in asked}


def _with_stored(
    demo: Demo, given: dict[str, str], files: dict[str, Upload]
) -> tuple[dict[str, str], dict[str, Upload]]:
    """Pictures that are given by address, as files. Raises InvalidInput with a sentence for each that is gone."""
    pictures = {f.name: f.kind.label for f in demo.fields if isinstance(f.kind, Picture)}
    stored: dict[str, Upload] = {}
    problems = {}
    for name in [name for name in pictures if STORED in given.get(name, "")]:
        try:
            stored[name] = _Stored(given[name])
        except NotFound as gone:
            problems[name] = f"{pictures[name]}: {gone.message}"
    if problems:
        raise InvalidInput(problems)
    chosen = {name: file for name, file in files.items() if file.filename}
    return {name: text for name, text in given.items() if name not in stored}, stored | chosen


def _text(value: Any) -> str:
    """A value as a form would have sent it; a picture by its name or its address."""
    if isinstance(value, dict):
        return str(value.get("name") or STORED + value["picture"])
    return str(value).lower() if isinstance(value, bool) else str(value)
