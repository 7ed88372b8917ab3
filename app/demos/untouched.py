"""What a page's form sends when nobody has touched it, read from its HTML as a browser would."""

from __future__ import annotations

from html.parser import HTMLParser


def untouched(html: str, action: str) -> dict[str, str]:
    """The texts by name that the form with this action sends; of a name that is there twice, the first counts."""
    reader = _Form(action)
    reader.feed(html)
    return reader.sent


class _Form(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside = action, False
        self.sent: dict[str, str] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = dict(attributes)
        if tag == "form":
            self.inside = has.get("action") == self.action
        kind, name = has.get("type") or "text", has.get("name")
        chosen = kind not in ("radio", "checkbox") or "checked" in has
        if self.inside and tag == "input" and name and chosen and kind != "file" and "disabled" not in has:
            self.sent.setdefault(name, has.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"
