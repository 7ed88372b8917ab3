"""What is wrong in a text that its renderer cannot see alone: links that lead nowhere here, and those that say nothing.

Only errors are told, and none that rendering tells already. Nothing outside this site is asked.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flask import current_app
from sqlalchemy import select

from app.blog import lint, rendering
from app.blog.destinations import Destinations
from app.blog.draft import Remark, Rendered
from app.blog.markdown import without_demos
from app.blog.models import Post
from app.blog.pictures import shelf
from app.blog.places import Places
from app.db import db
from app.errors import InvalidInput

# Links are also read one by one, from a list, where “here” could be anywhere.
SAYS_NOTHING = {
    *("here", "click here", "this", "this link", "this page", "this post", "link", "the link", "more", "read more"),
    *("hier", "hier klicken", "dieser link", "mehr", "ici", "cliquez ici", "aquí"),
}
SAID_ALREADY = re.compile(r"/posts/[^/?#]+(?:[?#].*)?|/static/figures/[\w.-]+")  # by rendering, where they are missing
CODE = re.compile(r"<(pre|code|math|script|style)\b.*?</\1>", re.DOTALL)
NOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
BLOCK = re.compile(r"</?(?:p|div|li|t[dhr]|d[dt]|h\d|blockquote|figcaption|summary|br)\b[^>]*>")
REFERENCE = re.compile(r"(?<![\w\]])\[([^\[\]\n]*\w[^\[\]\n]*)\][ \n]?\[([^\[\]\n]*)\]")
STATIC = re.compile(r"/(?!pictures/)")

NOWHERE = "This links to {}, and there is no such page here."
NO_PART = "This links to {}, and no part of that page is named #{}."
ONLY_HERE = "This link says only “{}”: let its words name what it leads to."
NO_NOTE = "There is no text for the note [^{0}]: write it on a line of its own, behind “[^{0}]:”."
NO_REFERENCE = "There is no address for [{0}]: write it on a line of its own, behind “[{0}]:”."
TWICE = "Two parts of this text are named #{}: links find only the first."
NO_COVER = "The cover picture “{}” is not there."
POST_BASE, PAGE_BASE = "/posts/x", "/x"


@dataclass(frozen=True)
class Checked:
    """A post and what is to be mended in it."""

    post: Post
    remarks: list[Remark]


def remarks(rendered: Rendered, source: str, site: Destinations | None = None) -> list[Remark]:
    """What should be mended in a text beside `rendered.warnings`, by line."""
    page = without_demos(rendered.html, lambda name: "")
    places, site = Places(source), site or Destinations()
    found = [*_links(page, places, site), *_left_over(page, places), *_names(page, places)]
    return _by_line(dict.fromkeys(found))


def of_post(post: Post, site: Destinations | None = None) -> list[Remark]:
    """All that should be mended in a post as it was saved, by line; its cover is of line 1."""
    site = site or Destinations()
    try:
        rendered = _rendered(post, site)
    except InvalidInput as refusal:
        return [Remark(1, refusal.message)]
    return _by_line([*_cover(post, site), *of_text(rendered, post.source, site)])


def of_text(rendered: Rendered, source: str, site: Destinations | None = None) -> list[Remark]:
    """All that should be mended in a text, by line: what rendering it told, and what its renderer cannot see alone."""
    return _by_line([*rendered.warnings, *remarks(rendered, source, site)])


def everything(first: int = 0, most: int | None = None) -> Iterator[Checked]:
    """Posts and pages, drafts too, with what is to be mended, the one changed last first; from `first` on `most`."""
    site = Destinations()
    numbers = select(Post.id).order_by(Post.updated_at.desc(), Post.id.desc()).offset(first).limit(most)
    for number in db.session.scalars(numbers).all():
        post = db.session.get(Post, number)
        if post is not None:
            yield Checked(post, of_post(post, site))


def _rendered(post: Post, site: Destinations) -> Rendered:
    """The post’s page as it is kept, with the warnings of rendering it, which are kept until it or the site changes.

    Raises InvalidInput.
    """
    kept: dict[int, tuple[tuple[object, ...], Rendered]] = current_app.extensions.setdefault("blog.warnings", {})
    key = (post.version, post.render_key, site.stamp)
    if post.id not in kept or kept[post.id][0] != key:
        kept[post.id] = key, replace(rendering.rendered(post.source), html="", excerpt_html="")
    return replace(kept[post.id][1], html=post.html)


def _by_line(found: Iterable[Remark]) -> list[Remark]:
    return sorted(found, key=lambda remark: remark.line)


def _links(page: str, places: Places, site: Destinations) -> Iterator[Remark]:
    places = places.afresh()
    for link in lint.LINK.finditer(page):
        address, words = html.unescape(link[1]), " ".join(html.unescape(lint.TAG.sub(" ", link[2])).split())
        if 'class="headerlink"' in link[0] or "footnote-" in link[0]:
            continue
        line = places.line(address)
        if words.casefold().rstrip(".…!:→ ") in SAYS_NOTHING and not lint.SPEAKING.search(link[0]):
            yield Remark(line, ONLY_HERE.format(words))
        if sentence := _astray(address, site):
            yield Remark(line, sentence)


def _astray(address: str, site: Destinations) -> str | None:
    """Why a reader who follows `address` on this site finds nothing; None where they do, and for other sites."""
    if not address or address.startswith("#"):
        return None
    paths = [path for base in (POST_BASE, PAGE_BASE) if (path := site.path(address, base))]
    there = [path for path in paths if site.is_there(path)]
    if not paths:
        return None
    if not there:
        return None if SAID_ALREADY.fullmatch(address) else NOWHERE.format(address)
    before, _, part = address.partition("#")
    return None if site.has(there[0], part) else NO_PART.format(before, part)


def _left_over(page: str, places: Places) -> Iterator[Remark]:
    """What Markdown would have made something of, had it found the rest: it stands in the text as it was typed."""
    text = html.unescape(lint.TAG.sub("", BLOCK.sub("\n\n", CODE.sub(" ", page))))
    for note in NOTE.finditer(text):
        yield Remark(places.afresh().line(note[0]), NO_NOTE.format(note[1]))
    for reference in REFERENCE.finditer(text):
        yield Remark(places.afresh().line(reference[0]), NO_REFERENCE.format(reference[2] or reference[1]))


def _names(page: str, places: Places) -> Iterator[Remark]:
    counts = Counter(map(html.unescape, lint.ID.findall(page)))
    for name, count in counts.items():
        if count > 1:
            yield Remark(places.afresh().line(f"#{name}"), TWICE.format(name))


def _cover(post: Post, site: Destinations) -> Iterator[Remark]:
    known = not post.cover or shelf.find(post.cover) is not None
    if not known and (not STATIC.match(post.cover) or not site.is_there(post.cover)):
        yield Remark(1, NO_COVER.format(post.cover))
