"""The editor's page: the text and its preview in step, keys, dialogs, a phone, and nothing for axe to find."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.site import Site
from tests.browser.author import Desk, desk
from tests.browser.test_accessibility import found

pytestmark = pytest.mark.browser

WORDS = "A sentence that only this test would write, with $e^{i\\pi} + 1 = 0$."
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def author(browser: Browser, site: Site) -> Iterator[Desk]:
    with desk(browser, site) as window:
        window.sign_in(site)
        yield window


def editing(author: Desk, title: str) -> None:
    link = author.page.get_by_role("link", name=title).first
    author.open(link.get_attribute("href") or "")


def test_a_change_is_previewed_saved_and_shown(author: Desk) -> None:
    editing(author, "Painting with a convnet")
    author.text.press("Control+Home")
    author.page.keyboard.insert_text(f"{WORDS}\n\n")
    shown = author.preview.locator("[data-preview-text]")
    expect(shown).to_contain_text("A sentence that only this test would write")
    assert shown.locator("math").count() > 5
    author.saves()
    author.page.get_by_role("link", name="See the post").click()
    expect(author.page.locator("article")).to_contain_text("A sentence that only this test would write")
    assert author.page.locator("article math annotation").first.text_content() == "e^{i\\pi} + 1 = 0"


def test_the_preview_scrolls_with_the_text(author: Desk) -> None:
    editing(author, "Understanding the A* algorithm")
    pane = author.preview
    expect(pane.locator("[data-line]").nth(20)).to_be_attached()
    expect(pane.locator("[data-line]").first).to_be_in_viewport()
    author.text.press("Control+End")
    expect(pane.locator("[data-line]").first).not_to_be_in_viewport()
    author.text.press("Control+Home")
    expect(pane.locator("[data-line]").first).to_be_in_viewport()


def test_keys_are_in_a_table_and_do_what_it_says(author: Desk) -> None:
    author.open("/admin/posts/new")
    author.title.focus()
    author.page.keyboard.press("?")  # a question mark in a field is a question mark
    expect(author.title).to_have_value("?")
    author.page.get_by_role("button", name="Bold").focus()
    author.page.keyboard.press("?")
    keys = author.page.get_by_role("dialog", name="Keys")
    expect(keys.get_by_role("row")).to_have_count(10)
    author.page.keyboard.press("Escape")
    author.types("words")
    author.text.press("Control+a")
    author.page.keyboard.press("Control+i")
    expect(author.source).to_have_value("*words*")
    author.page.keyboard.press("Control+k")
    expect(author.source).to_have_value("*[words]()*")
    author.page.keyboard.press("Control+f")
    expect(author.page.get_by_placeholder("Find")).to_be_focused()
    author.page.keyboard.press("Escape")
    author.text.press("Control+/")
    expect(keys).to_be_visible()
    author.page.keyboard.press("Escape")
    author.text.press("Tab")
    expect(author.page.get_by_role("button", name="Save draft")).to_be_focused()


def test_a_line_of_a_demo_is_changed_where_it_stands(author: Desk) -> None:
    author.open("/admin/posts/new")
    author.types("Before.\n\n::: demo bayes\n\nAfter.")
    author.text.press("ArrowUp")
    author.page.keyboard.press("ArrowUp")
    author.page.get_by_role("button", name="Demo…").click()
    picker = author.page.get_by_role("dialog", name="Put a demo into the text")
    line = picker.get_by_label("The line for the text")
    expect(line).to_have_value(re.compile("^::: demo bayes"))
    picker.get_by_role("button", name="Change the line").click()
    expect(author.source).to_have_value(re.compile(r"^Before\.\n\n::: demo bayes[^\n]*\n\nAfter\.$"))


def test_a_phone_shows_the_text_or_the_preview(browser: Browser, site: Site) -> None:
    with desk(browser, site, viewport=PHONE, has_touch=True) as author:
        author.sign_in(site)
        author.open("/admin/posts/new")
        author.types("Written on a *phone*.\n\n::: demo nope")
        expect(author.preview).to_be_hidden()
        author.page.get_by_role("button", name="Preview", exact=True).click()
        expect(author.preview.locator("em")).to_have_text("phone")
        expect(author.text).to_be_hidden()
        author.preview.get_by_role("button", name="Line 3").click()
        expect(author.text).to_be_focused()
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert author.page.evaluate(wide) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_in_the_editor(browser: Browser, site: Site, width: int, scheme: str) -> None:
    size = {"width": width, "height": 900}
    with desk(browser, site, viewport=size, color_scheme=scheme, reduced_motion="reduce") as author:
        author.sign_in(site)
        editing(author, "Moving a prior")
        author.types("\n\n## A heading, **bold**, `code`\n\n> [a link](/x)\n\n::: demo nope")
        author.says("Kept ")
        assert found(author.page) == []
        author.settings()
        assert found(author.page) == []
        author.settings(opened=False)
        author.page.get_by_role("button", name="Demo…").click()
        author.page.get_by_role("dialog").get_by_role("link").first.click()
        expect(author.page.get_by_label("The line for the text")).to_be_visible()
        assert found(author.page) == []
        author.page.keyboard.press("Escape")
        author.page.get_by_role("button", name="Keys").click()
        assert found(author.page) == []


def test_nobody_else_comes_in(browser: Browser, site: Site) -> None:
    with desk(browser, site) as stranger:
        stranger.page.goto("/admin")
        stranger.page.get_by_label("Name").fill("admin")
        stranger.page.get_by_label("Password").fill("a wrong guess of fifteen")
        stranger.page.get_by_role("button", name="Sign in").click()
        expect(stranger.page.get_by_role("alert")).to_be_visible()
        assert stranger.page.get_by_role("link", name="New post").count() == 0
