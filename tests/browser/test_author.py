"""An author's way: sign in, edit the post, see the preview, save, and find it on the site."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.site import Site

pytestmark = pytest.mark.browser

WORDS = "A sentence that only this test would write, with $e^{i\\pi} + 1 = 0$."


def sign_in(page: Page, site: Site) -> None:
    page.goto("/admin")
    page.get_by_label("Name").fill("admin")
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="New post").first).to_be_visible()


def test_a_change_is_previewed_saved_and_shown(page: Page, site: Site) -> None:
    sign_in(page, site)
    page.get_by_role("link", name="Painting with a convnet").click()
    text = page.get_by_label("Text, in Markdown")
    source = text.input_value()
    text.fill(f"{WORDS}\n\n{source}")
    preview = page.locator("[data-preview-text]")
    expect(preview).to_contain_text("A sentence that only this test would write")
    assert preview.locator("math").count() > 5
    page.get_by_role("button", name="Save").click()
    expect(page.locator("output[data-state]")).to_contain_text("Saved")
    page.goto("/posts/neural-style-transfer")
    expect(page.locator("article")).to_contain_text("A sentence that only this test would write")
    assert page.locator("article math annotation").first.text_content() == "e^{i\\pi} + 1 = 0"


def test_a_new_post_is_a_draft_until_it_is_published(page: Page, site: Site) -> None:
    sign_in(page, site)
    page.get_by_role("link", name="New post").first.click()
    page.get_by_label("Title").fill("Written by a browser")
    page.get_by_label("Text, in Markdown").fill("Its **first** words.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("output[data-state]")).to_contain_text("Saved")
    assert site.ask("GET", "/posts/written-by-a-browser")[0] == 404
    page.goto("/admin")
    page.get_by_role("link", name="Written by a browser").click()
    if not page.get_by_label("Published").is_visible():
        page.get_by_text("Settings", exact=True).click()
    page.get_by_label("Published").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="See the post")).to_be_visible()
    assert b"<strong>first</strong>" in site.ask("GET", "/posts/written-by-a-browser")[1]


def test_nobody_else_comes_in(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.goto("/admin")
    page.get_by_label("Name").fill("admin")
    page.get_by_label("Password").fill("a wrong guess of fifteen")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_role("link", name="New post").count() == 0
    context.close()


def test_an_author_without_javascript_can_save(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site)
    page.get_by_role("link", name="Moving a prior").click()
    text = page.get_by_label("Text, in Markdown")
    text.fill(text.input_value() + "\n\nAdded without a script.\n")
    page.get_by_role("button", name="Save").click()
    page.goto("/posts/bayes")
    expect(page.locator("article")).to_contain_text("Added without a script.")
    context.close()
