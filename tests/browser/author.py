"""An author in a browser: what is done on the editor's page again and again, by what is seen there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.site import Site

expect.set_options(timeout=20_000)  # a preview on a busy machine takes its time
DESK = {"width": 1440, "height": 900}
REFUSALS = ("status of 401", "status of 409", "status of 422", "net::ERR_INTERNET_DISCONNECTED")  # as tests provoke

# What a browser gives a page on paste, which no keyboard of a test can.
PASTE = """(target, [name, bytes, words]) => {
  const data = new DataTransfer();
  if (name) data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
  else data.setData("text/plain", words);
  target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@dataclass
class Desk:
    """One window of an author, and what its console complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    @property
    def title(self) -> Locator:
        return self.page.get_by_label("Title", exact=True)

    @property
    def text(self) -> Locator:
        return self.page.get_by_role("textbox", name="Text, in Markdown")

    @property
    def source(self) -> Locator:
        """The form's own field, which is sent."""
        return self.page.locator("textarea[name=source]")

    @property
    def state(self) -> Locator:
        return self.page.locator("output[data-state]")

    @property
    def preview(self) -> Locator:
        return self.page.get_by_role("region", name="Preview")

    def sign_in(self, site: Site) -> None:
        self.page.goto("/admin")
        self.page.get_by_label("Name").fill("admin")
        self.page.get_by_label("Password").fill(site.password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="All posts")).to_be_visible()

    def begins(self, title: str, words: str) -> None:
        """A new text, not saved yet."""
        self.open("/admin/posts/new")
        self.title.fill(title)
        self.types(words)

    def open(self, path: str) -> None:
        """A page of the editor, once it is CodeMirror."""
        self.page.goto(path)
        expect(self.page.locator(".cm-editor")).to_be_visible()

    def types(self, words: str) -> None:
        """At the end of the text, key by key."""
        self.text.press("Control+End")
        self.page.keyboard.type(words)

    def saves(self) -> None:
        self.page.keyboard.press("Control+s")
        self.says("Saved ")

    def says(self, words: str) -> None:
        expect(self.state).to_contain_text(words)

    def paste(self, words: str) -> None:
        self.text.evaluate(PASTE, ["", [], words])

    def paste_picture(self, name: str, content: bytes) -> None:
        self.text.evaluate(PASTE, [name, list(content), ""])

    def settings(self, *, opened: bool = True) -> Locator:
        drawer = self.page.locator("details[data-drawer]")
        if (drawer.get_attribute("open") is not None) != opened:
            drawer.locator("summary").first.click()
        return drawer


@contextmanager
def desk(browser: Browser, site: Site, **options: Any) -> Iterator[Desk]:
    """A window that is closed at the end, and has had nothing to complain of but refusals."""
    context = browser.new_context(base_url=site.url, **({"viewport": DESK} | options))
    window = Desk(context.new_page())
    yield window
    context.close()
    assert [said for said in window.complaints if not any(refusal in said for refusal in REFUSALS)] == []
