"""The editor's form: a post as fields of text, and fields of text as what an author hands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from app.blog import fields
from app.blog.editing import settled
from app.blog.fields import LINES, NAMES
from app.blog.manuscript import Manuscript, moment, refuse, tags_of
from app.blog.models import Post, WorkingCopy

EMPTY = {"kind": "post", "status": "draft", "lang": "en", "version": "0", "rev": "0", "copy": ""}
TYPED = {*NAMES, "version", "rev", "copy"}  # what an editor’s form says of a post and of the text in it


def values_of(post: Post, copy: WorkingCopy | None = None) -> dict[str, str]:
    """What the form shows for `post`: what is typed of it where that is kept in `copy`."""
    kept = {"rev": str(copy.rev), "copy": str(copy.id)} | copy.fields if copy else {"rev": "0", "copy": ""}
    return fields.of(post) | kept | {"version": str(post.version)}


def values_of_text(copy: WorkingCopy) -> dict[str, str]:
    """What the form shows for a text that is no post yet."""
    return EMPTY | copy.fields | {"rev": str(copy.rev), "copy": str(copy.id)}


def sent(form: MultiDict[str, str]) -> dict[str, str]:
    """Of a field that came twice the last: the button “Publish” stands below the state that it says otherwise."""
    return {name: values[-1] for name, values in form.lists()}


def number_of(form: Mapping[str, str], name: str) -> int:
    """A whole number from the form; 0 where there is none."""
    text = form.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def version_of(form: Mapping[str, str]) -> int:
    return number_of(form, "version")


def manuscript_of(form: Mapping[str, str], before: Post | None = None) -> Manuscript:
    """The post that the form says. What was sent as it was shown is what it was, to the byte.

    Raises InvalidInput, with a sentence for each wrong field at once.
    """
    problems: dict[str, str] = {}
    unsaid = EMPTY | ({"kind": before.kind} if before else {})
    lines = {name: " ".join(form.get(name, "").split()) or unsaid.get(name, "") for name in LINES.split()}
    manuscript = Manuscript(
        **lines,  # type: ignore[arg-type]
        source=fields.with_line_ends_of(before.source if before else None, form.get("source", "")),
        tags=tags_of(form.get("tags", "")),
        part=_part(form.get("part", ""), problems),
        published_at=_moment(form.get("published_at", ""), problems),
        extra=before.extra if before else {},
    )
    if before is not None:
        shown = fields.of(before).items()
        same = [name for name, value in shown if " ".join(form.get(name, "").split()) == " ".join(value.split())]
        manuscript = replace(manuscript, **{name: _own(before, name) for name in same if name != "source"})
    refuse(settled(manuscript).check() | problems)
    return manuscript


def _own(post: Post, name: str) -> Any:
    return tuple(post.tags) if name == "tags" else getattr(post, name)


def _part(text: str, problems: dict[str, str]) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal() or len(text) > 6:
        problems["part"] = "The part is a whole number from 1."
        return None
    return int(text)


def _moment(text: str, problems: dict[str, str]) -> datetime | None:
    if not text.strip():
        return None
    try:
        return moment(text)
    except ValueError:
        problems["published_at"] = "Write the date as 2026-11-23 or 2026-11-23T14:00."
        return None
