"""A text with its front matter as another program wrote it, on its way to the keys that posts have here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import PurePosixPath
from typing import Any

from app.blog.manuscript import ALIAS, LONGEST_ALIAS, alias_of, moment

ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
SPELLINGS = (
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M",
)
ZONE = re.compile(r"\s*UTC(?:(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)?$")
NO_PATH = "The earlier address “{}” is no path and is left out."


@dataclass(frozen=True)
class Sheet:
    """One text of a parcel. `remarks` say what of it could not be kept as it was meant."""

    path: str
    front: dict[str, Any]
    body: str
    remarks: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """What an address is made from: the file's name, and the folder's where the file is an index."""
        path = PurePosixPath(self.path)
        return path.parent.name if path.stem == "index" and path.parent.name else path.stem

    def renamed(self, names: Mapping[str, str]) -> Sheet:
        """With keys of another program by our names. What stands under our own name already stays."""
        front: dict[str, Any] = {}
        for key, value in self.front.items():
            ours = names.get(key, key)
            if ours == key or (ours not in self.front and ours not in front):
                front[ours] = value
            else:
                front[key] = value
        return replace(self, front=front)

    def told(self, **more: Any) -> Sheet:
        """With these keys, where they say something, over those there are."""
        return replace(self, front=self.front | {key: value for key, value in more.items() if value not in (None, "")})

    def without(self, *keys: str) -> Sheet:
        return replace(self, front={key: value for key, value in self.front.items() if key not in keys})

    def remarked(self, *sentences: str) -> Sheet:
        return replace(self, remarks=(*self.remarks, *sentences))

    def with_tags(self, *keys: str) -> Sheet:
        """The words under all of `keys` as tags, each once."""
        words = [word for key in keys for word in words_of(self.front.get(key))]
        plain = self.without(*keys)
        return plain.told(tags=list(dict.fromkeys(words))) if words else plain

    def with_aliases(self, *addresses: Any) -> Sheet:
        """With earlier addresses added; what is no path is left out with a remark."""
        wanted = [*listed(self.front.get("aliases")), *(str(address) for address in addresses if address)]
        kept = [address for address in wanted if _is_path(address)]
        told = self.without("aliases").remarked(*(NO_PATH.format(each) for each in wanted if not _is_path(each)))
        return told.told(aliases=kept) if kept else told

    def with_dates(self) -> Sheet:
        """With `date` and `updated` in ISO 8601 where they can be understood."""
        dates = {key: iso(self.front[key]) for key in ("date", "updated") if self.front.get(key)}
        return replace(self, front=self.front | dates)

    def with_cover(self, *keys: str) -> Sheet:
        """The first picture under one of `keys` as the cover, where this parcel may have it."""
        for key in keys:
            address, alt = _picture(self.front.get(key))
            if address and not ELSEWHERE.match(address):
                return self.without(key).told(cover=address, cover_alt=self.front.get("cover_alt") or alt)
        cover = self.front.get("cover")
        if isinstance(cover, str) and ELSEWHERE.match(cover):  # pages here load nothing from elsewhere
            return self.without("cover").told(cover_url=cover)
        return self.without("cover") if isinstance(cover, dict | list) else self


def plain(value: Any) -> Any:
    """`value` as JSON has it: dates are words."""
    return json.loads(json.dumps(value, default=_word))


def words_of(value: Any) -> list[str]:
    """Words from a list or a line with commas."""
    if isinstance(value, list):
        return [str(word).strip() for word in value if word is not None and str(word).strip()]
    return [word.strip() for word in str(value or "").split(",") if word.strip()]


def listed(value: Any) -> list[str]:
    return [str(each) for each in (value if isinstance(value, list) else [value]) if each not in (None, "")]


def iso(value: Any) -> str:
    """A moment in one of the spellings that people use, in ISO 8601; as it is where it is in none of them."""
    text = ZONE.sub(_offset, str(value).strip())
    try:
        return moment(text).isoformat()
    except ValueError:
        pass
    for spelling in SPELLINGS:
        try:
            return datetime.strptime(text, spelling).date().isoformat() if "H" not in spelling else _at(text, spelling)
        except ValueError:
            continue
    return str(value)


def first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value not in (None, "", [])), None)


def _at(text: str, spelling: str) -> str:
    return datetime.strptime(text, spelling).isoformat()


def _offset(zone: re.Match[str]) -> str:
    return f"{zone['sign'] or '+'}{int(zone['hours'] or 0):02}:{zone['minutes'] or '00'}"


def _is_path(address: str) -> bool:
    bare = alias_of(address)
    return ALIAS.fullmatch(bare) is not None and len(bare) <= LONGEST_ALIAS


def _picture(value: Any) -> tuple[str, str]:
    """Address and alternative text of a picture that is named, described or listed."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        address = first(value.get(key) for key in ("image", "path", "src", "url", "feature"))
        return (address if isinstance(address, str) else ""), str(
            first([value.get("alt"), value.get("caption"), ""]) or ""
        )
    return (value.strip(), "") if isinstance(value, str) else ("", "")


def _word(value: Any) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON")
