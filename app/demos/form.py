"""What a request says about a demo's inputs, from a form with files or from JSON."""

from __future__ import annotations

from typing import Any

from flask import request

from app.demos.base import Demo
from app.demos.kinds import Picture
from app.errors import InvalidInput

LARGEST_UPLOAD = 16 * 1024 * 1024


def inputs_of_request(demo: Demo) -> Any:
    """The demo's inputs from this request's form, files or JSON. Raises InvalidInput, a sentence for each field."""
    request.max_content_length = LARGEST_UPLOAD + 64 * 1024
    if request.is_json:
        return demo.parse(texts(request.get_json(silent=True)))
    files = {name: _one(name, request.files.getlist(name)) for name in request.files}
    pictures = {f.name for f in demo.fields if isinstance(f.kind, Picture)}
    if strange := {name for name, file in files.items() if file.filename and name not in pictures}:
        raise InvalidInput({name: f"“{name[:40]}” does not take a file." for name in strange})
    return demo.parse(request.form.to_dict(), files)


def given(demo: Demo) -> dict[str, Any]:
    """What was entered, for the form that comes back; pictures by name only."""
    return {f.name: request.form[f.name] for f in demo.fields if f.name in request.form}


def texts(body: Any) -> dict[str, str]:
    """JSON as the texts that a form would have sent."""
    if not isinstance(body, dict):
        raise InvalidInput({"": "The body must be a JSON object with the demo's inputs."})
    if nested := [name for name, value in body.items() if not isinstance(value, str | int | float)]:
        raise InvalidInput({name: f"“{name[:40]}” must be a text, a number, true or false." for name in nested})
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in body.items()}


def _one(name: str, files: list[Any]) -> Any:
    chosen = [file for file in files if file.filename]
    if len(chosen) > 1:
        raise InvalidInput({name: "Choose one picture, not several."})
    return chosen[0] if chosen else files[0]
