"""Writing without JavaScript: everything that matters is a form and a page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.site import Site
from tests.browser.author import Desk, desk

pytestmark = pytest.mark.browser


@pytest.fixture
def author(browser: Browser, site: Site) -> Iterator[Desk]:
    with desk(browser, site, java_script_enabled=False) as window:
        window.sign_in(site)
        yield window


def test_a_post_is_written_seen_published_moved_and_deleted(author: Desk, site: Site) -> None:
    page = author.page
    page.get_by_role("link", name="New post").first.click()
    author.title.fill("Without a script")
    author.source.fill("Its *first* words.\n\n::: demo nope\n")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview").click()
    expect(opened.value.locator("em")).to_have_text("first")
    expect(opened.value.get_by_text("Line 3:")).to_be_visible()
    opened.value.close()
    author.source.fill("Its *first* words.\n\n::: demo astar\n")
    page.get_by_role("button", name="Save draft").click()
    author.says("Saved ")
    assert site.ask("GET", "/posts/without-a-script")[0] == 404
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="See the post").click()
    expect(page.locator("article em")).to_have_text("first")
    expect(page.locator("article .bench")).to_be_visible()
    page.go_back()
    drawer = author.settings()
    drawer.get_by_label("Address", exact=True).fill("no-script")
    author.settings(opened=False)
    page.get_by_role("button", name="Update the post").click()
    assert site.ask("GET", "/posts/without-a-script")[0] == 301
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("row")).to_have_count(4)
    page.go_back()
    page.get_by_role("link", name="Delete this post").click()
    page.get_by_role("button", name="Delete for good").click()
    assert site.ask("GET", "/posts/no-script")[0] == 404


def test_a_wrong_field_is_said_with_everything_that_was_typed(author: Desk) -> None:
    author.page.goto("/admin/posts/new")
    author.source.fill("No title, and\nno script.")
    author.settings().get_by_label("Part of the series").fill("3")
    author.settings(opened=False)
    author.page.get_by_role("button", name="Save draft").click()
    expect(author.page.get_by_role("alert")).to_contain_text("A post needs a title.")
    expect(author.title).to_have_attribute("aria-invalid", "true")
    expect(author.source).to_have_value("No title, and\nno script.")
    expect(author.settings().get_by_label("Part of the series")).to_have_value("3")


def test_two_windows_show_both_texts(author: Desk, browser: Browser, site: Site) -> None:
    author.page.goto("/admin/posts/new")
    author.title.fill("Two plain windows")
    author.source.fill("Old")
    author.page.get_by_role("button", name="Save draft").click()
    with desk(browser, site, java_script_enabled=False) as other:
        other.sign_in(site)
        other.page.goto(author.page.url)
        other.source.fill("From the other window")
        other.page.get_by_role("button", name="Save draft").click()
    author.source.fill("From this window")
    author.page.get_by_role("button", name="Save draft").click()
    expect(author.page.get_by_role("heading", name="Two versions of this post")).to_be_visible()
    author.page.get_by_role("button", name="Save mine over the other").click()
    expect(author.source).to_have_value("From this window")


def test_buttons_that_need_a_script_are_not_there(author: Desk) -> None:
    author.page.goto("/admin/posts/new")
    for name in ("Bold", "Demo…", "Picture…", "Write", "Keys"):
        expect(author.page.get_by_role("button", name=name, exact=True)).to_be_hidden()
    expect(author.page.get_by_label("Plain text field")).to_be_hidden()
