"""The last step of a text: pictures, then live demos, and what is wrong with either, with links and with alt texts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from app.blog.draft import Draft, Place, Remark, Rendered
from app.blog.figures import IMAGE, Find, with_pictures
from app.blog.syntax import demo_of
from app.errors import AppError

Embed = Callable[[str, dict[str, str]], str]
ALT = re.compile(r' alt="([^"]*)"')
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
STATIC = re.compile(r"/(?!pictures/)")  # a file of this site that is no picture which a text may name

MOST_DEMOS = 30

TOO_MANY = f"A page carries {MOST_DEMOS} live demos at most; this one is left out."
NO_ALT = "This picture has no alt text: say what it shows."
FOREIGN = "This picture lies on another site, and pages here load nothing from there: take it in under Pictures."
UNKNOWN = "There is no picture named “{}”: take it in under Pictures, or import it with the post."
BROKEN_LINK = "This links to {}, and there is no such page here."


def filled(draft: Draft, embed: Embed, find: Find, exists: Callable[[str], bool]) -> Rendered:
    """The page of `draft`: `embed` draws demos, `find` knows pictures, `exists` the pages of this site."""
    pictures, without_alt = _wrong_pictures(draft, find, exists)
    links = [Remark(link.line, BROKEN_LINK.format(link.text)) for link in draft.links if not exists(link.text)]
    text, demos, wrong_demos = _with_demos(with_pictures(draft.html, find, eager=True), draft, embed)
    remarks = [*draft.remarks, *pictures, *links, *wrong_demos]
    return Rendered(
        html=text,
        contents=draft.contents,
        excerpt_html=with_pictures(draft.excerpt_html, find),
        words=draft.words,
        demos=tuple(demos),
        warnings=tuple(sorted(remarks, key=lambda remark: remark.line)),
        without_alt=tuple(without_alt),
    )


def _wrong_pictures(draft: Draft, find: Find, exists: Callable[[str], bool]) -> tuple[list[Remark], list[int]]:
    remarks: list[Remark] = []
    without_alt: list[int] = []
    for image, place in zip(IMAGE.finditer(draft.html), draft.images, strict=True):
        shown = find(place.text)
        if not ALT.search(image[0]) and not (shown and shown.alt):
            without_alt.append(place.line)
            remarks.append(Remark(place.line, NO_ALT))
        if ELSEWHERE.match(place.text):
            remarks.append(Remark(place.line, FOREIGN))
        elif shown is None and (not STATIC.match(place.text) or not exists(place.text)):
            remarks.append(Remark(place.line, UNKNOWN.format(place.text)))
    return remarks, without_alt


def _with_demos(text: str, draft: Draft, embed: Embed) -> tuple[str, list[str], list[Remark]]:
    demos: list[str] = []
    remarks: list[Remark] = []

    def drawn(match: re.Match[str]) -> str:
        place = draft.demos[int(match["number"])]
        return _demo(place, embed, demos, remarks) if match["alone"] else html.escape(place.text)

    found = re.compile(rf"(?P<alone><p>)?{draft.mark}(?P<number>\d+)e(?(alone)</p>)")
    return found.sub(drawn, text), demos, remarks


def _demo(place: Place, embed: Embed, demos: list[str], remarks: list[Remark]) -> str:
    try:
        if len(demos) >= MOST_DEMOS:
            raise AppError(TOO_MANY)
        name, options = demo_of(place.text)
        drawn = embed(name, options)
    except AppError as error:
        remarks.append(Remark(place.line, error.message))
        return f'<p class="notice" role="note">{html.escape(error.message)}</p>'
    demos.append(name)
    return f"<!--demo:{name}-->{drawn}<!--/demo-->"
