"""Markdown to the HTML of a page: one renderer for the site, the preview and the feed.

    source ──► Python-Markdown ──► allow-list ──► mathematics, demos, code ──► html
                                       └────────► excerpt

Demos and mathematics are put in after the allow-list, so that nothing an author writes passes for them. What
the author should mend comes back as a line and a sentence; nothing an author can write raises.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from markdown import Markdown
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from pymdownx.arithmatex import arithmatex_fenced_format
from pymdownx.slugs import slugify

from app.blog import sanitiser
from app.blog.finishing import finished, with_mathematics
from app.blog.places import Places, fences
from app.blog.syntax import PlaypressExtension, demo_of
from app.errors import AppError

Embed = Callable[[str, dict[str, str]], str]

EXTENSIONS = (
    "abbr admonition attr_list def_list footnotes md_in_html tables toc pymdownx.arithmatex "
    "pymdownx.betterem pymdownx.blocks.caption pymdownx.blocks.details pymdownx.caret pymdownx.details "
    "pymdownx.highlight pymdownx.inlinehilite pymdownx.quotes pymdownx.superfences pymdownx.tasklist "
    "pymdownx.tilde"
)
MATH_FENCE = {"name": "math", "class": "arithmatex", "format": arithmatex_fenced_format(mode="generic")}
OPTIONS: dict[str, dict[str, Any]] = {
    "footnotes": {"BACKLINK_TITLE": "Back to the text at note %d"},
    "pymdownx.arithmatex": {"generic": True, "smart_dollar": True},
    "pymdownx.highlight": {"guess_lang": False, "pygments_lang_class": True},
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.superfences": {"custom_fences": [MATH_FENCE]},
    "tables": {"use_align_attribute": True},
    "toc": {
        "permalink": "#",
        "permalink_title": "Link to this part",
        "slugify": slugify(case="lower"),
        "toc_depth": "2-3",
    },
}
MORE = re.compile(r"<!--\s*(?:more|TEASER_END|END_TEASER)\s*-->")
PARAGRAPH = re.compile(r"<p>(?=[^<]*\w|<(?!img|/p)).*?</p>", re.DOTALL)
IMAGE = re.compile(r"<img\b[^>]*>")
MARKED_DEMO = re.compile(r"<!--demo:([\w-]+)-->.*?<!--/demo-->", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
RENDERING = ("finishing.py", "markdown.py", "mathematics.py", "places.py", "sanitiser.py", "syntax.py")
LIBRARIES = ("latex2mathml", "markdown", "nh3", "pygments", "pymdown-extensions")


@dataclass(frozen=True)
class Remark:
    """Something the author should mend, and the line it stands on."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Rendered:
    html: str
    contents: list[dict[str, Any]]
    excerpt_html: str
    words: int
    demos: tuple[str, ...]
    warnings: tuple[Remark, ...]


def render(source: str, embed: Embed) -> Rendered:
    """`source` as HTML, with what a page says about it. Never raises for what an author wrote."""
    return _Rendering(source, embed).rendered()


@cache
def renderer_version() -> str:
    """Changes whenever the same source could come out as other HTML."""
    here = Path(__file__).parent
    code = b"".join((here / name).read_bytes() for name in RENDERING)
    return sha256(code + " ".join(version(name) for name in LIBRARIES).encode()).hexdigest()[:16]


def without_demos(text: str, instead: Callable[[str], str]) -> str:
    """Rendered `text` with `instead(name)` in the place of every live demo."""
    return MARKED_DEMO.sub(lambda marked: instead(marked[1]), text)


@dataclass
class _Rendering:
    source: str
    embed: Embed
    syntax: PlaypressExtension = field(default_factory=PlaypressExtension)
    demos: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def rendered(self) -> Rendered:
        md = Markdown(extensions=[*EXTENSIONS.split(), self.syntax], extension_configs=OPTIONS)
        cut = f"cut{self.syntax.mark}"
        marked = sanitiser.clean(MORE.sub(cut, md.convert(self.source)))
        before, _, after = marked.partition(cut)
        whole = before + after.replace(cut, "")
        words = self._without_marks(whole)
        first = PARAGRAPH.search(words)
        beginning = self._without_marks(before) if after else first[0] if first else ""
        self._check_code()
        self._check_images(whole)
        page = self._filled(whole)
        excerpt = finished(with_mathematics(sanitiser.clean_excerpt(beginning)))
        return Rendered(
            html=page,
            contents=_contents(getattr(md, "toc_tokens", [])),
            excerpt_html=excerpt,
            words=len(re.findall(r"\w+", html.unescape(TAG.sub(" ", words)))),
            demos=tuple(self.demos),
            warnings=tuple(sorted(self.remarks, key=lambda remark: remark.line)),
        )

    def _filled(self, text: str) -> str:
        places = Places(self.source)
        text = with_mathematics(text, lambda tex, why: self.remarks.append(Remark(places.line(tex), why)))
        return self._with_demos(finished(text))

    def _with_demos(self, text: str) -> str:
        places = Places(self.source)
        lines = self.syntax.demos
        found = re.compile(rf"(?P<alone><p>)?{self.syntax.mark}(?P<number>\d+)e(?(alone)</p>)")

        def drawn(match: re.Match[str]) -> str:
            line = lines[int(match["number"])]
            return self._demo(line, places.line(line)) if match["alone"] else html.escape(line)

        return found.sub(drawn, text)

    def _demo(self, line: str, number: int) -> str:
        try:
            name, options = demo_of(line)
            drawn = self.embed(name, options)
        except AppError as error:
            self.remarks.append(Remark(number, error.message))
            return f'<p class="notice" role="note">{html.escape(error.message)}</p>'
        self.demos.append(name)
        return f"<!--demo:{name}-->{drawn}<!--/demo-->"

    def _without_marks(self, text: str) -> str:
        return re.sub(rf"<p>{self.syntax.mark}\d+e</p>", "", text)

    def _check_code(self) -> None:
        for fence in fences(self.source):
            language = re.match(r"\{?\s*\.?([\w#+.-]+)", fence.info)
            if language and not _known_language(language[1]):
                sentence = f"“{language[1]}” is no language that can be coloured; the code is shown plain."
                self.remarks.append(Remark(fence.first, sentence))

    def _check_images(self, text: str) -> None:
        places = Places(self.source)
        for image in IMAGE.findall(text):
            address = re.search(r' src="([^"]*)"', image)
            line = places.line(html.unescape(address[1])) if address else 1
            if not re.search(r' alt="[^"]*[^"\s][^"]*"', image):
                self.remarks.append(Remark(line, "This picture has no alt text: say what it shows."))


def _known_language(name: str) -> bool:
    try:
        return name == "math" or bool(get_lexer_by_name(name))
    except ClassNotFound:
        return False


def _contents(tokens: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "id": token["id"],
            "name": re.sub(r"\\[()]", "", html.unescape(token["name"])),
            "children": _contents(token["children"]),
        }
        for token in tokens
    ]
