"""A form as a browser reads it from a page: the value of each of its fields, line ends and first lines included."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class Forms(HTMLParser):
    """All forms of a page, by their action."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.area = ""
        self.text: list[str] = []
        self.feed(re.sub(r"\r\n?", "\n", page))  # as the standard has every page read
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.found.append((said.get("action", ""), {}))
        elif not self.found or "name" not in said or "disabled" in said:
            return
        elif tag == "textarea":
            self.area, self.text = said["name"], []
        elif tag == "input" and (said.get("type") not in ("radio", "checkbox", "submit") or "checked" in said):
            self.found[-1][1][said["name"]] = said.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.found[-1][1][self.area] = "".join(self.text).removeprefix("\n")  # one first line end is the page’s
            self.area = ""


def form_at(page: str, *actions: str) -> dict[str, str]:
    """What the first form that posts to one of `actions` would send."""
    for action, values in Forms(page).found:
        if action in actions:
            return {name: value.replace("\n", "\r\n") for name, value in values.items()}
    raise LookupError(f"this page has no form for {actions}")
