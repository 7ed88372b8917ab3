"""An author’s whole day in a browser: written, in two tabs, signed out, scheduled, published, moved, restored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from benchmarks.site import Site
from tests.browser.author import Desk, desk

pytestmark = pytest.mark.browser

TITLE, SLUG = "A day with a river", "a-day-with-a-river"
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).replace(second=0, microsecond=0)


@pytest.fixture
def author(browser: Browser, site: Site) -> Iterator[Desk]:
    with desk(browser, site) as window:
        window.sign_in(site)
        yield window


def test_an_authors_day(author: Desk, browser: Browser, site: Site) -> None:
    begins_a_post(author)
    puts_a_picture_in(author)
    puts_a_demo_in(author)
    mends_what_is_warned_of(author)
    author.saves()
    meets_another_tab(author)
    signs_in_in_place(author, site)
    shows_a_draft(author, browser, site)
    schedules_it(author, site)
    publishes_it(author, site)
    moves_it(author, site)
    goes_back_to_an_earlier_text(author, site)


def begins_a_post(author: Desk) -> None:
    author.open("/admin/posts/new")
    author.title.fill(TITLE)
    author.types("The river is low.\n\n")
    expect(author.preview.get_by_text("The river is low.")).to_be_visible()
    expect(author.page.locator("[data-count]")).to_have_text("4 words, 1 min")
    author.types("See the map.")
    author.text.press("Control+Shift+ArrowLeft")
    author.text.press("Shift+ArrowLeft")  # the full stop is no word
    author.says("Kept ")
    author.page.keyboard.press("Control+b")
    expect(author.source).to_have_value(re.compile(r"\*\*"))
    author.page.keyboard.press("Control+z")
    expect(author.source).to_have_value("The river is low.\n\nSee the map.")


def puts_a_picture_in(author: Desk) -> None:
    content = BytesIO()
    Image.effect_noise((400, 300), 60).convert("RGB").save(content, "PNG")
    author.types("\n\n")
    author.paste_picture("river.png", content.getvalue())
    asked = author.page.get_by_role("dialog", name="What does this picture show?")
    asked.get_by_label("In a sentence").fill("The river from the bridge, low")
    asked.get_by_role("button", name="Put it in").click()
    expect(author.source).to_have_value(re.compile(r"!\[The river from the bridge, low]\([^)\s]+\)"))
    shown = author.preview.get_by_role("img", name="The river from the bridge, low")
    expect(shown).to_be_visible()


def puts_a_demo_in(author: Desk) -> None:
    author.types("\n\n")
    author.page.get_by_role("button", name="Demo…").click()
    picker = author.page.get_by_role("dialog", name="Put a demo into the text")
    picker.get_by_role("link", name=re.compile("path", re.I)).first.click()
    line = picker.get_by_label("The line for the text")
    expect(line).to_have_value(re.compile("^::: demo astar"))
    picker.locator("[data-pick] select, [data-pick] [type=radio]:not(:checked)").first.evaluate(CHOOSE)
    expect(line).to_have_value(re.compile("^::: demo astar .+=.+"))
    picked = line.input_value()
    picker.get_by_role("button", name="Put it into the text").click()
    expect(author.source).to_have_value(re.compile(re.escape(picked)))
    expect(author.preview.locator(".bench")).to_be_visible()


CHOOSE = """(control) => {
  if (control.matches("select")) control.selectedIndex = 1; else control.checked = true;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def mends_what_is_warned_of(author: Desk) -> None:
    author.types("\n\nSee [another](/posts/no-such-post).")
    warning = author.preview.get_by_role("listitem").filter(has_text="Line ").first
    expect(warning).to_contain_text("/posts/no-such-post")
    warning.get_by_role("button").click()
    author.page.keyboard.press("End")
    for _ in range(len("no-such-post).")):
        author.page.keyboard.press("Backspace")
    author.page.keyboard.type("neural-style-transfer).")
    expect(warning).to_be_hidden()


def meets_another_tab(author: Desk) -> None:
    other = Desk(author.page.context.new_page())
    other.open(author.page.url)
    expect(author.page.get_by_text("open in another tab too")).to_be_visible()
    expect(other.page.get_by_text("open in another tab too")).to_be_visible()
    other.types("\n\nFrom the other tab.")
    other.saves()
    author.types("\n\nFrom the first tab.")
    both = author.page.get_by_role("region", name="This post was saved elsewhere")
    expect(both.get_by_text("From the other tab.")).to_be_visible()
    expect(both.get_by_text("From the first tab.")).to_be_visible()
    both.get_by_role("button", name="Go on with mine").click()
    author.says("Kept ")
    author.saves()
    other.page.close()
    assert other.complaints == [] or all("409" in said for said in other.complaints)


def signs_in_in_place(author: Desk, site: Site) -> None:
    author.page.context.clear_cookies()
    author.types("\n\nTyped when the session was over.")
    author.page.keyboard.press("Control+s")
    dialog = author.page.get_by_role("dialog", name="Sign in again")
    dialog.get_by_label("Password").fill("not the password at all")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    dialog.get_by_label("Password").fill(site.password)
    dialog.get_by_role("button", name="Sign in").click()
    author.says("Saved ")
    expect(author.source).to_have_value(re.compile("Typed when the session was over.$"))
    author.types(" And after.")
    author.says("Kept ")
    author.saves()


def shows_a_draft(author: Desk, browser: Browser, site: Site) -> None:
    drawer = author.settings()
    drawer.get_by_role("button", name="Make a link").click()
    link = drawer.get_by_label("The new draft link").input_value()
    author.settings(opened=False)
    assert site.ask("GET", f"/posts/{SLUG}")[0] == 404
    with desk(browser, site) as stranger:
        stranger.page.goto(link)
        expect(stranger.page.get_by_role("heading", name=TITLE)).to_be_visible()


def schedules_it(author: Desk, site: Site) -> None:
    drawer = author.settings()
    drawer.get_by_label("Date (UTC)").fill(TOMORROW.strftime("%Y-%m-%dT%H:%M:%S"))
    drawer.get_by_label("Tags").fill("rivers")
    author.settings(opened=False)
    author.page.get_by_role("button", name="Schedule for").click()
    expect(author.page.get_by_text(f"Appears on {TOMORROW.day} {TOMORROW:%B %Y}, {TOMORROW:%H:%M} UTC")).to_be_visible()
    assert site.ask("GET", f"/posts/{SLUG}")[0] == 404
    expect(author.page.get_by_role("link", name="See the post")).to_be_hidden()


def publishes_it(author: Desk, site: Site) -> None:
    author.settings().get_by_label("Date (UTC)").fill("")
    author.settings(opened=False)
    author.page.get_by_role("button", name="Publish now").click()
    expect(author.page.get_by_role("link", name="See the post")).to_have_attribute("href", f"/posts/{SLUG}")
    page = site.ask("GET", f"/posts/{SLUG}")[1].decode()
    assert "The river from the bridge, low" in page
    assert "From the first tab." in page
    assert "From the other tab." not in page


def moves_it(author: Desk, site: Site) -> None:
    author.settings().get_by_label("Address", exact=True).fill("a-river")
    author.settings(opened=False)
    author.page.get_by_role("button", name="Update the post").click()
    expect(author.page.get_by_role("link", name="See the post")).to_have_attribute("href", "/posts/a-river")
    assert site.ask("GET", f"/posts/{SLUG}")[0] == 301
    assert site.ask("GET", "/posts/a-river")[0] == 200
    expect(author.settings().get_by_text(f"/posts/{SLUG}")).to_be_visible()
    author.settings(opened=False)


def goes_back_to_an_earlier_text(author: Desk, site: Site) -> None:
    author.page.get_by_role("link", name="History").click()
    author.page.get_by_role("row").last.get_by_role("link").click()
    author.page.get_by_role("button", name="Take this text back").click()
    author.page.goto("/posts/a-river")
    expect(author.page.get_by_text("The river is low.")).to_be_visible()
    assert "From the first tab." not in site.ask("GET", "/posts/a-river")[1].decode()
