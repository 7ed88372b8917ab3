"""Hugo's posts: its names for what a post has, and the shortcodes that Markdown here has words for.

Source: gohugo.io, “Front matter”, “Embedded shortcodes”.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from app.blog.exchange.sheet import Sheet, first, listed
from app.blog.manuscript import slug_of

NAMES = {
    "lastmod": "updated",
    "modified": "updated",
    "publishDate": "date",
    "publishdate": "date",
    "pubdate": "date",
    "language": "lang",
    "series_order": "part",
}
SHORTCODE = re.compile(r"\{\{(?P<mark>[<%])\s*(?P<name>[\w-]+)(?P<arguments>[^\n]*?)\s*/?\s*[>%]\}\}")
HIGHLIGHT = re.compile(
    r"\{\{[<%]\s*highlight\s+[\"']?(?P<language>[\w+#-]*)[\"']?[^\n]*?[>%]\}\}\n?(?P<code>.*?)\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}",
    re.DOTALL,
)
ARGUMENT = re.compile(r'(?:(?P<key>[\w-]+)\s*=\s*)?(?:"(?P<quoted>[^"]*)"|`(?P<raw>[^`]*)`|(?P<bare>[^\s"`]+))')
STAYS = "The shortcode “{}” is one of Hugo’s; its text stays as it is."


def read(sheet: Sheet) -> Sheet:
    """`sheet` with our keys, its shortcodes as Markdown."""
    return with_shortcodes(keys(sheet))


def keys(sheet: Sheet) -> Sheet:
    """`sheet` with our keys; what has been written for this site by hand has them already."""
    known = sheet.renamed(NAMES)
    if not known.front.get("description"):
        known = known.without("description").renamed({"summary": "description"})
    known = known.with_aliases(known.front.get("url")).without("url")
    known = known.with_tags("tags", "categories") if "categories" in known.front else known
    known = known.with_cover("cover", "image", "featured_image", "featuredImage", "thumbnail", "images").with_dates()
    series = listed(known.front.get("series"))
    if isinstance(known.front.get("series"), list):
        known = known.without("series").told(series=first(series))
    if known.front.get("type") == "page":
        known = known.without("type").told(page=True)
    return known


def with_shortcodes(sheet: Sheet) -> Sheet:
    """Figures, code and links as Markdown; what is left is named in a remark."""
    left: list[str] = []

    def written(match: re.Match[str]) -> str:
        given = [(found["key"], _value(found)) for found in ARGUMENT.finditer(match["arguments"])]
        named = {key: value for key, value in given if key}
        plain = [value for key, value in given if not key]
        made = _markdown(match["name"], named, plain)
        if made is None:
            left.append(match["name"])
        return match[0] if made is None else made

    body = HIGHLIGHT.sub(lambda found: f"```{found['language']}\n{found['code']}\n```", sheet.body)
    body = SHORTCODE.sub(written, body)
    body = body.replace("{{</*", "{{<").replace("*/>}}", ">}}").replace("{{%/*", "{{%").replace("*/%}}", "%}}")
    return replace(sheet, body=body).remarked(*(STAYS.format(name) for name in dict.fromkeys(left)))


def _markdown(name: str, named: dict[str, str], plain: list[str]) -> str | None:
    if name == "figure":
        return _figure(named)
    if name in ("ref", "relref"):
        page, _, part = (plain[0] if plain else named.get("path", "")).partition("#")
        return _page(page) + (f"#{part}" if part else "")
    if name == "youtube":
        return f"<https://www.youtube.com/watch?v={plain[0] if plain else named.get('id', '')}>"
    if name == "gist" and len(plain) > 1:
        return f"<https://gist.github.com/{plain[0]}/{plain[1]}>"
    return None


def _figure(named: dict[str, str]) -> str:
    caption = first([named.get("caption"), named.get("title"), ""]) or ""
    picture = f"![{named.get('alt') or ''}]({named.get('src', '')})"
    linked = f"[{picture}]({named['link']})" if named.get("link") else picture
    return f"{linked}\n\n/// caption\n{caption}\n///" if caption else linked


def _page(path: str) -> str:
    """Where a post that Hugo knows by its file is found here."""
    if not path:
        return ""
    file = PurePosixPath(path)
    stem = file.parent.name if file.stem in ("index", "_index") else file.stem
    return f"/posts/{slug_of(stem)}"


def _value(found: re.Match[str]) -> str:
    return next(value for value in (found["quoted"], found["raw"], found["bare"], "") if value is not None)
