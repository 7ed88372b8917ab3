"""A post's HTML for readers elsewhere: absolute addresses, no styling, each live demo its still picture and a link.

Feed readers drop what they do not know, and often keep its words: so what only our own page can use goes first.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from app.blog.addresses import absolute, absolute_srcset

DROPPED = {"annotation", "button", "script", "style"}  # with all that is in them
UNWRAPPED = {"semantics", "form", "fieldset", "label"}
VOID = {"br", "hr", "img", "input", "source", "wbr", "col"}
ADDRESSES = {"href", "src", "cite", "poster"}
STYLING = {"class", "style", "tabindex", "role", "loading", "decoding", "fetchpriority", "sizes"}
CALLOUT_TITLE = "admonition-title"
CHECKED, UNCHECKED = "☑ ", "☐ "

NO_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold

Attributes = list[tuple[str, str]]


def for_feeds(html: str, url: str) -> str:
    """Rendered `html` of the page at `url` as it can stand in a feed."""
    rewriting = _Rewriting(url)
    rewriting.feed(html)
    rewriting.close()
    return NO_TEXT.sub("", "".join(rewriting.written)).strip()


class _Rewriting(HTMLParser):
    """Writes a page's HTML again, piece by piece. What comes in is well nested: the renderer made it."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=False)
        self.url = url
        self.written: list[str] = []
        self.dropping: list[str] = []  # the element that is being left out, and those of its name inside it
        self.demo: dict[str, str] | None = None  # what the bench that is being left out says of itself
        self.spans: list[bool] = []  # for each open span, whether it was written
        self.formula: tuple[int, Attributes] | None = None  # where the formula begins, and its attributes
        self.tex = ""
        self.in_title = False  # of a callout, which only its styling sets apart

    def handle_comment(self, data: str) -> None:
        if data.startswith("demo:"):
            self.demo = {}
        elif data == "/demo" and self.demo is not None:
            self.written.append(_still(self.demo, self.url))
            self.demo = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.demo is not None:
            if tag == "live-demo":
                self.demo = {name: value or "" for name, value in attrs}
        elif self.dropping:
            self.dropping += [tag] if tag == self.dropping[0] else []
        elif tag in DROPPED or (tag == "a" and ("class", "headerlink") in attrs):
            self.dropping = [tag]
        elif tag == "input":
            self._box(dict(attrs))
        elif tag not in UNWRAPPED:
            self._open(tag, self._plain(attrs))
            if ("class", CALLOUT_TITLE) in attrs:
                self.written.append("<strong>")
                self.in_title = True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.demo is not None:
            return
        if self.dropping:
            self._dropped(tag)
        elif self.in_title and tag == "p":
            self.written.append("</strong></p>")
            self.in_title = False
        elif tag == "math":
            self._name_formula()
            self.written.append("</math>")
        elif tag not in UNWRAPPED and (tag != "span" or self.spans.pop()):
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.demo is None and not self.dropping:
            self.written.append(data)
        elif self.dropping[:1] == ["annotation"]:
            self.tex += data

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _open(self, tag: str, attrs: Attributes) -> None:
        if tag == "span":
            self.spans.append(bool(attrs))
            if not attrs:
                return
        if tag == "math":
            self.formula, self.tex = (len(self.written), attrs), ""
        self.written.append(_tag(tag, attrs))

    def _plain(self, attrs: list[tuple[str, str | None]]) -> Attributes:
        kept = [(name, value or "") for name, value in attrs if name not in STYLING]
        kept = [(name, value) for name, value in kept if not name.startswith(("aria-", "data-"))]
        return [(name, self._address(name, value)) for name, value in kept]

    def _address(self, name: str, value: str) -> str:
        if name == "srcset":
            return absolute_srcset(value, self.url)
        return absolute(value, self.url) if name in ADDRESSES else value

    def _dropped(self, tag: str) -> None:
        if tag == self.dropping[0]:
            self.dropping.pop()

    def _box(self, attrs: dict[str, str | None]) -> None:
        if attrs.get("type") == "checkbox":
            self.written.append(CHECKED if "checked" in attrs else UNCHECKED)

    def _name_formula(self) -> None:
        """Readers that show no MathML show the TeX; as an annotation they would print it beside its own letters."""
        if self.formula:
            place, attrs = self.formula
            tex = f' alttext="{self.tex.strip().replace(chr(34), "&quot;")}"' if self.tex else ""
            self.written[place] = _tag("math", attrs)[:-1] + tex + ">"
        self.formula = None


def _tag(tag: str, attrs: Attributes) -> str:
    written = [f' {name}="{escape(value)}"' for name, value in attrs]
    return f"<{tag}{''.join(written)}>"


def _still(bench: dict[str, str], url: str) -> str:
    place = escape(f"{url}#{bench['id']}" if bench.get("id") else url)
    name = escape(bench.get("aria-label") or "This is a live demo")
    still = bench.get("data-still")
    picture = f'<p><a href="{place}"><img src="{escape(absolute(still, url))}" alt=""></a></p>' if still else ""
    return f'{picture}<p><a href="{place}">{name}: run it in the post.</a></p>'
