"""Jekyll's posts: date and address from the file's name, and of Liquid what Markdown here has words for.

Source: jekyllrb.com, “Posts”, “Permalinks”, “Liquid: Tags”.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from app.blog.exchange.sheet import Sheet, words_of
from app.blog.manuscript import slug_of

NAMES = {"last_modified_at": "updated", "excerpt": "description", "subtitle": "description"}
FILE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<title>.+)")
HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+(?P<language>[\w+#.-]+)[^%]*%\}[ \t]*\n?(?P<code>.*?)\n?[ \t]*\{%-?\s*endhighlight\s*-?%\}",
    re.DOTALL,
)
RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
BASE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}")
RELATIVE = re.compile(r"\{\{-?\s*[\"'](?P<address>[^\"']*)[\"']\s*\|\s*(?:relative_url|absolute_url)\s*-?\}\}")
LINK = re.compile(r"\{%-?\s*(?:post_url|link)\s+(?P<file>[^\s%]+)\s*-?%\}")
LEFT = re.compile(r"\{%-?\s*(?P<tag>\w+)|\{\{-?\s*(?P<output>[\w.]+)")
STAYS = "“{}” is Liquid, which nothing here runs; it stays as it is."


def is_one(sheet: Sheet) -> bool:
    folders = PurePosixPath(sheet.path).parts[:-1]
    named = FILE.fullmatch(PurePosixPath(sheet.path).stem) is not None
    return bool({"_posts", "_drafts"} & set(folders)) or named or isinstance(sheet.front.get("layout"), str)


def read(sheet: Sheet) -> Sheet:
    """`sheet` with our keys, its Liquid as Markdown."""
    named = FILE.fullmatch(PurePosixPath(sheet.path).stem)
    known = (
        sheet.renamed(NAMES)
        if sheet.front.get("description") is None
        else sheet.renamed({"last_modified_at": "updated"})
    )
    front = known.front
    slug = front.get("slug") or (slug_of(named["title"]) if named else "")
    date = front.get("date") or (f"{named['year']}-{int(named['month']):02}-{int(named['day']):02}" if named else "")
    draft = front.get("published") is False or "_drafts" in PurePosixPath(sheet.path).parts
    known = known.with_aliases(*words_or_list(front.get("redirect_from")), _permalink(front, date, slug))
    known = known.without("permalink", "published", "redirect_from").told(slug=slug, date=date, draft=draft or None)
    if front.get("layout") == "page":
        known = known.told(page=True)
    tags = [*_spaced(front.get("categories")), *_spaced(front.get("category")), *_spaced(front.get("tags"))]
    known = known.without("categories", "category").told(tags=list(dict.fromkeys(tags)) or None)
    return liquid(known.with_cover("image", "header", "thumbnail").with_dates())


def liquid(sheet: Sheet) -> Sheet:
    body, marker = sheet.body, sheet.front.get("excerpt_separator")
    if isinstance(marker, str) and marker.strip() and marker in body:
        body = body.replace(marker, "<!-- more -->", 1)
    body = HIGHLIGHT.sub(lambda found: f"```{found['language']}\n{found['code']}\n```", body)
    body = BASE.sub("", RELATIVE.sub(lambda found: found["address"], body))
    body = LINK.sub(lambda found: _post(found["file"]), body)
    raw = RAW.search(body) is not None
    left = [] if raw else [found["tag"] or found["output"] for found in LEFT.finditer(body)]
    return replace(sheet, body=RAW.sub("", body)).remarked(*(STAYS.format(name) for name in dict.fromkeys(left)))


def words_or_list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []


def _spaced(value: Any) -> list[str]:
    """Jekyll's lists may be a line with spaces; with commas it is a line of names that have spaces in them."""
    if isinstance(value, str) and "," not in value:
        return value.split()
    return words_of(value)


def _permalink(front: dict[str, Any], date: str, slug: str) -> str:
    """The address that the post had, its pattern filled in; empty where something in it is not known."""
    pattern = str(front.get("permalink") or "")
    year, month, day = [*str(date)[:10].split("-"), "", "", ""][:3]
    known = {"year": year, "month": month, "day": day, "title": slug, "slug": slug, "output_ext": ".html"}
    known["categories"] = "/".join(map(str.lower, _spaced(front.get("categories"))))
    filled = re.sub(r":(\w+)", lambda found: known.get(found[1], found[0]), pattern)
    return "" if ":" in filled else re.sub(r"/{2,}", "/", filled)


def _post(file: str) -> str:
    path = PurePosixPath(file)
    stem = path.stem if path.suffix in (".md", ".markdown", ".html") else path.name
    named = FILE.fullmatch(stem)
    return f"/posts/{slug_of(named['title'] if named else stem)}"
