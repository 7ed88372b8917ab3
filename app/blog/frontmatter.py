"""A post as a file: YAML between two lines of hyphens, an empty line, then the Markdown, byte for byte."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import yaml

from app.blog.manuscript import Manuscript, alias_of, moment, tags_of
from app.errors import AppError

FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)(?:\r?\n)?", re.DOTALL | re.MULTILINE)
KNOWN = "title slug page aliases date updated description tags series part draft status lang cover cover_alt"


class _Loader(yaml.SafeLoader):
    """Leaves dates the words they are."""


class _Dumper(yaml.SafeDumper):
    """Writes dates in ISO 8601."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Dumper.add_representer(
    datetime,
    lambda dumper, date: dumper.represent_scalar("tag:yaml.org,2002:timestamp", date.isoformat()),
)


def read(text: str, slug: str = "") -> Manuscript:
    """The post in `text`; `slug` is its address where the file names none. Raises AppError with the cause."""
    front, body = split(text)
    return manuscript_of(front, body, slug)


def manuscript_of(front: dict[str, Any], body: str, slug: str = "") -> Manuscript:
    """The post that front matter with our keys says, above the text `body`. Raises AppError with the cause."""
    return Manuscript(
        title=_text(front, "title"),
        source=body,
        slug=_text(front, "slug", slug),
        description=_text(front, "description"),
        tags=_tags(front.get("tags")),
        series=_text(front, "series"),
        part=_part(front.get("part")),
        status="draft" if front.get("draft") is True else _text(front, "status", "published"),
        published_at=_moment(front, "date"),
        updated_at=_moment(front, "updated"),
        lang=_text(front, "lang", "en"),
        cover=_text(front, "cover"),
        cover_alt=_text(front, "cover_alt"),
        kind="page" if front.get("page") is True else "post",
        aliases=_aliases(front.get("aliases")),
        extra={key: value for key, value in front.items() if key not in KNOWN.split()},
    )


def write(manuscript: Manuscript) -> str:
    """The file that `read` reads as the same post; empty fields are left out."""
    m = manuscript
    known = {
        "title": m.title,
        "slug": m.slug,
        "page": True if m.kind == "page" else None,
        "aliases": list(m.aliases),
        "date": m.published_at,
        "updated": m.updated_at,
        "description": m.description,
        "tags": list(m.tags),
        "series": m.series,
        "part": m.part,
        "status": m.status,
        "lang": m.lang,
        "cover": m.cover,
        "cover_alt": m.cover_alt,
    }
    front = {key: value for key, value in known.items() if value not in ("", None, [])} | m.extra
    lines = yaml.dump(front, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return f"---\n{lines}---\n\n{m.source}"


def split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter and the body. Raises AppError where the first cannot be read."""
    match = FRONT.match(text)
    if not match:
        return {}, text
    try:
        front = yaml.load(match["yaml"], Loader=_Loader) or {}
        if not isinstance(front, dict):
            raise AppError("The front matter is no list of keys and values.")
        return json.loads(json.dumps({str(key): value for key, value in front.items()})), text[match.end() :]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise AppError(f"The front matter cannot be read at line {line}: {error.problem}.") from error
    except (yaml.YAMLError, TypeError, ValueError, RecursionError) as error:
        raise AppError("The front matter has something in it that cannot be read.") from error


def _text(front: dict[str, Any], key: str, default: str = "") -> str:
    value = front.get(key)
    return default if value is None else str(value).strip()


def _tags(value: Any) -> tuple[str, ...]:
    return tags_of(",".join(str(tag) for tag in value) if isinstance(value, list) else str(value or ""))


def _aliases(value: Any) -> tuple[str, ...]:
    paths = value if isinstance(value, list) else [value or ""]
    return tuple(dict.fromkeys(filter(None, (alias_of(str(path)) for path in paths))))


def _part(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int):
        raise AppError(f"The part is “{value}”; it is a whole number.")
    return value


def _moment(front: dict[str, Any], key: str) -> datetime | None:
    if not front.get(key):
        return None
    try:
        return moment(str(front[key]))
    except ValueError:
        raise AppError(f"The {key} is “{front[key]}”; write it as 2026-11-23 or 2026-11-23T14:00:00+00:00.") from None
