"""Markdown to the HTML of a page: one renderer for the site, the preview and the feed.

    source ──► Python-Markdown ──► allow-list ──► mathematics, code ──► draft ──► demos, pictures ──► html
                                       └────────► excerpt ──────────────┘

Demos, pictures and mathematics are put in after the allow-list, so that nothing an author writes passes for them.
What the author should mend comes back as a line and a sentence; nothing an author can write raises. A draft needs
nothing but its source, so it can be made in a process apart.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from markdown import Markdown
from pymdownx.arithmatex import arithmatex_fenced_format
from pymdownx.slugs import slugify

from app.blog import lint, sanitiser
from app.blog.brackets import BracketsExtension
from app.blog.colouring import ColouringExtension
from app.blog.draft import Draft, Place, Remark, Rendered
from app.blog.figures import IMAGE, Find
from app.blog.filling import Embed, filled
from app.blog.finishing import finished, with_mathematics
from app.blog.lines import LinesExtension, without_lines
from app.blog.places import Places
from app.blog.syntax import PlaypressExtension
from app.blog.tabs import TabsExtension

EXTENSIONS = (
    "abbr admonition attr_list def_list footnotes md_in_html tables toc pymdownx.arithmatex "
    "pymdownx.betterem pymdownx.blocks.caption pymdownx.blocks.details pymdownx.blocks.tab pymdownx.caret "
    "pymdownx.details pymdownx.inlinehilite pymdownx.quotes pymdownx.superfences "
    "pymdownx.tasklist pymdownx.tilde"
)
MATH_FENCE = {"name": "math", "class": "arithmatex", "format": arithmatex_fenced_format(mode="generic")}
OPTIONS: dict[str, dict[str, Any]] = {
    "footnotes": {"BACKLINK_TITLE": "Back to the text at note %d"},
    "pymdownx.arithmatex": {"generic": True, "smart_dollar": True},
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
COLOURS = {"guess_lang": False, "pygments_lang_class": True}
MORE = re.compile(r"<!--\s*(?:more|TEASER_END|END_TEASER)\s*-->")
PARAGRAPH = re.compile(r"<p>(?=[^<]*\w|<(?!img|/p)).*?</p>", re.DOTALL)
MARKED_DEMO = re.compile(r"<!--demo:([\w-]+)-->.*?<!--/demo-->", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
RENDERING = (
    "brackets.py colouring.py figures.py filling.py finishing.py lines.py lint.py markdown.py mathematics.py places.py "
    "sanitiser.py syntax.py tabs.py"
)
LIBRARIES = ("latex2mathml", "markdown", "nh3", "pygments", "pymdown-extensions")


def render(
    source: str, embed: Embed, find: Find = lambda address: None, exists: Callable[[str], bool] = lambda path: True
) -> Rendered:
    """`source` as HTML, with what a page says about it. Never raises for what an author wrote."""
    return filled(draft(source), embed, find, exists)


def draft(source: str, *, lined: bool = False) -> Draft:
    """All of it that needs nothing but `source`. Where it is `lined`, the page also has marks for `with_lines`."""
    syntax = PlaypressExtension()
    more = [LinesExtension(source, syntax.mark)] if lined else []
    md = Markdown(
        extensions=[
            *EXTENSIONS.split(),
            ColouringExtension(**COLOURS),
            syntax,
            TabsExtension(),
            BracketsExtension(),
            *more,
        ],
        extension_configs=OPTIONS,
    )
    cut = f"cut{syntax.mark}"
    marked = sanitiser.clean(MORE.sub(cut, md.convert(source)))
    paged = marked.replace(cut, "")
    before, _, after = without_lines(marked, syntax.mark).partition(cut)
    whole = before + after.replace(cut, "")
    words = _without_marks(whole, syntax.mark)
    first = PARAGRAPH.search(words)
    beginning = _without_marks(before, syntax.mark) if after else first[0] if first else ""
    places = Places(source)
    page, formulas = _shown(paged, places)
    return Draft(
        html=page,
        excerpt_html=_shown(sanitiser.clean_excerpt(beginning), places)[0],
        contents=_contents(getattr(md, "toc_tokens", [])),
        words=len(re.findall(r"\w+", html.unescape(TAG.sub(" ", words)))),
        mark=syntax.mark,
        demos=tuple(_each(syntax.demos, places)),
        images=tuple(_each([html.unescape(image[1]) for image in IMAGE.finditer(whole)], places)),
        links=tuple(_each(lint.addresses(whole), places)),
        remarks=(*formulas, *lint.of_source(source, places), *lint.of_page(whole, places)),
    )


@cache
def renderer_version() -> str:
    """Changes whenever the same source could come out as other HTML."""
    here = Path(__file__).parent
    code = b"".join((here / name).read_bytes() for name in RENDERING.split())
    return sha256(code + " ".join(version(name) for name in LIBRARIES).encode()).hexdigest()[:16]


def without_demos(text: str, instead: Callable[[str], str]) -> str:
    """Rendered `text` with `instead(name)` in the place of every live demo."""
    return MARKED_DEMO.sub(lambda marked: instead(marked[1]), text)


def _shown(text: str, places: Places) -> tuple[str, list[Remark]]:
    """Clean `text` with its mathematics and code, and what is wrong with its formulas."""
    remarks: list[Remark] = []
    places = places.afresh()
    text = with_mathematics(text, lambda tex, why: remarks.append(Remark(places.line(tex), why)))
    return finished(text), remarks


def _each(texts: list[str], places: Places) -> list[Place]:
    places = places.afresh()
    return [Place(text, places.line(text)) for text in texts]


def _without_marks(text: str, mark: str) -> str:
    return re.sub(rf"<p>{mark}\d+e</p>", "", text)


def _contents(tokens: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "id": token["id"],
            "name": re.sub(r"\\[()]", "", html.unescape(token["name"])),
            "children": _contents(token["children"]),
        }
        for token in tokens
    ]
