"""What HTML may stand in a post: an allow-list. Authors are trusted, what they paste is not."""

from __future__ import annotations

import re

import nh3

TAGS = (
    "a abbr aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p picture pre q s samp "
    "section small source span strong sub summary sup table tbody td tfoot th thead time tr u ul var "
    "wbr"
)
EVERYWHERE = {"class", "id", "lang", "dir", "title", "role", "aria-label", "aria-hidden"}
ATTRIBUTES = {
    "*": EVERYWHERE,
    "a": {"href"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height"},
    "source": {"srcset", "sizes", "media", "type"},
    "input": {"checked"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "details": {"open", "name"},
    "q": {"cite"},
    "blockquote": {"cite"},
}
SCHEMES = {"http", "https", "mailto"}
OTHER_SCHEME = re.compile(r"(?:^|,)[\x00-\x20]*(?!https?:)[a-z][a-z0-9+.\-\x00-\x20]*:", re.IGNORECASE)
HEADING_LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
NOTE_LINK = re.compile(r'<sup[^>]*><a class="footnote-ref".*?</sup>', re.DOTALL)


def clean(html: str) -> str:
    """`html` with everything taken out that is not on the list, well nested."""
    return nh3.clean(
        html,
        tags=set(TAGS.split()),
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        attribute_filter=_without_other_schemes if "srcset" in html.lower() else None,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def clean_excerpt(html: str) -> str:
    """The beginning of a clean text, closed where it was cut, without what only works in the whole post."""
    without_ids = {**ATTRIBUTES, "*": EVERYWHERE - {"id"}, "details": {"open"}}
    return nh3.clean(
        NOTE_LINK.sub("", without_heading_links(html)),
        tags=set(TAGS.split()),
        attributes=without_ids,
        url_schemes=SCHEMES,
        link_rel=None,
    ).strip()


def without_heading_links(html: str) -> str:
    """Clean `html` without the signs that link a heading to itself."""
    return HEADING_LINK.sub("", html)


def _without_other_schemes(_tag: str, name: str, text: str) -> str | None:
    """nh3 looks at the scheme of one address, and not at those of a list of them."""
    return None if name == "srcset" and OTHER_SCHEME.search(text) else text
