"""A form as a browser reads it from a page: the value of each of its fields, line ends and first lines included."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class Forms(HTMLParser):
    """All forms of a page: of each its action and its id, and its fields, wherever in the page they stand."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[tuple[str, str]] = []
        self.fields: list[tuple[str | int, str, str]] = []  # the id of its form, or its place among the forms
        self.area: tuple[str | int, str] | None = None
        self.text: list[str] = []
        self.feed(re.sub(r"\r\n?", "\n", page))  # as the standard has every page read
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        of: str | int = said.get("form") or len(self.forms) - 1
        if tag == "form":
            self.forms.append((said.get("action", ""), said.get("id", "")))
        elif "name" not in said or "disabled" in said:
            return
        elif tag == "textarea":
            self.area, self.text = (of, said["name"]), []
        elif tag == "input" and (said.get("type") not in ("radio", "checkbox", "submit") or "checked" in said):
            self.fields.append((of, said["name"], said.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.fields.append((*self.area, "".join(self.text).removeprefix("\n")))  # one first line end is the page’s
            self.area = None


def form_at(page: str, *actions: str) -> dict[str, str]:
    """What the first form that posts to one of `actions` would send."""
    read = Forms(page)
    for place, (action, name) in enumerate(read.forms):
        if action in actions:
            return {key: value.replace("\n", "\r\n") for of, key, value in read.fields if of in (place, name)}
    raise LookupError(f"this page has no form for {actions}")
