"""A post as fields of text: what its form shows, what is kept while it is typed, and what its revisions say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.blog.models import Post

LINES = "kind title slug description series status lang cover cover_alt"
NAMES = (*LINES.split(), "tags", "part", "published_at", "source")
LEFT_TO_US = ("slug", "published_at")  # what an author may leave empty and saving fills in
NO_SECONDS = re.compile(r"(T\d\d:\d\d):00$")  # browsers leave them out


def of(post: Post) -> dict[str, str]:
    values: dict[str, str] = {name: getattr(post, name) for name in LINES.split()}
    return values | {
        "tags": ", ".join(post.tags),
        "part": str(post.part or ""),
        "published_at": _as_browsers_say(post.published_at.strftime("%Y-%m-%dT%H:%M:%S")) if post.published_at else "",
        "source": post.source,
    }


def typed(form: Mapping[str, str], before: Post | None = None) -> dict[str, str]:
    """What of `form` belongs to a post, as it was typed, with the line ends of `before` or those of a file."""
    values = {name: form[name] for name in NAMES if name in form}
    if "published_at" in values:
        values["published_at"] = _as_browsers_say(values["published_at"])
    if "source" in values:
        values["source"] = with_line_ends_of(before.source if before else None, values["source"])
    return values


def with_line_ends_of(before: str | None, text: str) -> str:
    """Browsers send every line end as \\r\\n; a text that differs from `before` in nothing else is the text it was."""
    if before is not None and _unix(before) == _unix(text):
        return before
    return text.replace("\r\n", "\n")


def differ(values: Mapping[str, str], post: Post) -> bool:
    """Whether saving `values` would change anything of `post`."""
    shown = of(post)
    said = {name: value for name, value in values.items() if value or name not in LEFT_TO_US}
    return any(_as_saved(name, value) != _as_saved(name, shown[name]) for name, value in said.items() if name in shown)


def _as_saved(name: str, value: str) -> str:
    if name == "published_at":
        value = _as_browsers_say(value)
    return _unix(value) if name == "source" else " ".join(value.split())


def _as_browsers_say(time: str) -> str:
    return NO_SECONDS.sub(r"\1", time)


def _unix(text: str) -> str:
    return re.sub(r"\r\n?", "\n", text)
