"""The editor in a browser: what its scripts add to the form, and that the form does without them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect

from app.blog import editing
from app.blog.manuscript import Manuscript
from tests.admin.conftest import PASSWORD
from tests.served import served

pytestmark = pytest.mark.browser


@pytest.fixture
def site(app: Flask, account: str) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site)
    yield signed_in(context.new_page())
    context.close()


@pytest.fixture
def plain_page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    yield signed_in(context.new_page())
    context.close()


def signed_in(page: Page) -> Page:
    page.goto("/admin")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


def text_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Text, in Markdown")


def state_of(page: Page) -> Locator:
    return page.locator("output[data-state]")


def write(page: Page, title: str, text: str, field: str = ".cm-editor") -> None:
    page.goto("/admin/posts/new")
    expect(page.locator(field)).to_be_visible()
    page.get_by_label("Title", exact=True).fill(title)
    text_of(page).fill(text)


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(state_of(page)).to_contain_text("aved")
    expect(state_of(page)).not_to_contain_text("Saving")


def sign_in_again(page: Page) -> None:
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog.get_by_label("Name")).to_have_value("ada")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()


def test_the_preview_follows_the_text(page: Page) -> None:
    write(page, "T", "Hello *there*\n\n::: demo nope")
    preview = page.get_by_role("region", name="Preview")
    expect(preview.locator("em")).to_have_text("there")
    expect(preview.get_by_role("listitem")).to_contain_text("Line 3: ")
    expect(page.locator(".warned")).to_have_count(1)
    page.get_by_label("Title", exact=True).focus()
    preview.get_by_role("button", name="Line 3").click()
    expect(text_of(page)).to_be_focused()
    page.keyboard.type("Now ")
    expect(page.locator("[name=source]")).to_have_value("Hello *there*\n\nNow ::: demo nope")


def test_saving_by_keyboard_puts_it_on_the_site(page: Page) -> None:
    write(page, "By keyboard", "Hello")
    save(page)
    expect(state_of(page)).to_contain_text("Saved ")
    assert page.url.rsplit("/", 1)[1].isdecimal()
    page.get_by_role("button", name="Publish now").click()
    page.get_by_role("link", name="See the post").click()
    expect(page.get_by_role("heading", name="By keyboard")).to_be_visible()


def test_a_wrong_field_is_said_and_shown(page: Page) -> None:
    write(page, "", "A long text")
    save(page)
    expect(state_of(page)).to_contain_text("Not saved: A post needs a title.")
    expect(page.get_by_label("Title", exact=True)).to_be_focused()
    expect(page.get_by_label("Title", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(text_of(page)).to_have_text("A long text")


def test_a_second_tab_is_told_and_both_texts_are_shown(page: Page) -> None:
    write(page, "Two tabs", "Old")
    save(page)
    other = page.context.new_page()
    other.goto(page.url)
    expect(page.get_by_text("This post is open in another tab too.")).to_be_visible()
    expect(other.locator(".cm-editor")).to_be_visible()
    text_of(other).fill("Second tab")
    save(other)
    text_of(page).fill("First tab")
    page.keyboard.press("Control+s")
    both = page.get_by_role("region", name="This post was saved elsewhere")
    expect(both.locator("del").last).to_have_text("Second tab")
    expect(both.locator("ins").last).to_have_text("First tab")
    both.get_by_role("button", name="Go on with mine").click()
    expect(state_of(page)).to_contain_text("Saved ")
    other.reload()
    expect(text_of(other)).to_have_text("First tab")


def test_a_sign_in_that_ran_out_costs_no_text(page: Page) -> None:
    write(page, "Late", "Old")
    save(page)
    url = page.url
    page.context.clear_cookies()
    text_of(page).fill("Written too late")
    page.keyboard.press("Control+s")
    sign_in_again(page)
    expect(state_of(page)).to_contain_text("Saved ")
    expect(page).to_have_url(url)
    expect(text_of(page)).to_have_text("Written too late")
    text_of(page).press("Control+z")
    expect(text_of(page)).to_have_text("Old")


def test_the_plain_field_is_remembered_and_writes_as_well(page: Page) -> None:
    write(page, "Plain", "One\n\nTwo")
    page.get_by_label("Plain text field").check()
    expect(page.locator(".cm-editor")).to_have_count(0)
    expect(text_of(page)).to_have_value("One\n\nTwo")
    page.goto("/admin/posts/new")
    expect(page.get_by_label("Plain text field")).to_be_checked()
    expect(page.locator(".cm-editor")).to_have_count(0)
    page.get_by_label("Plain text field").uncheck()
    expect(page.locator(".cm-editor")).to_be_visible()


def test_a_save_parts_the_steps_of_undo(page: Page) -> None:
    """However fast the next word comes after it."""
    write(page, "Steps", "Old")
    page.keyboard.press("Control+s")
    page.keyboard.type(" and new")
    expect(text_of(page)).to_have_text("Old and new")
    page.keyboard.press("Control+z")
    expect(text_of(page)).to_have_text("Old")


def test_what_is_opened_and_saved_is_what_it_was(app: Flask, page: Page) -> None:
    """To the byte, whatever ends its lines, and without a key pressed."""
    source = "One\r\n\r\n\tTwo  \r\n```\r\n  x\r\n```\r\n\r\n"
    with app.app_context():
        post_id = editing.create(Manuscript(title="Ends", source=source, status="published")).id
    page.goto(f"/admin/posts/{post_id}")
    expect(page.locator(".cm-editor")).to_be_visible()
    save(page)
    with app.app_context():
        assert editing.get(post_id).source == source


def test_all_of_it_works_without_scripts(plain_page: Page) -> None:
    write(plain_page, "Plain", "Hello *there*", "textarea[name=source]")
    with plain_page.context.expect_page() as opened:
        plain_page.get_by_role("button", name="Preview").click()
    expect(opened.value.locator("em")).to_have_text("there")
    plain_page.get_by_role("button", name="Save").click()
    expect(state_of(plain_page)).to_contain_text("Saved ")
    plain_page.get_by_role("link", name="Delete this post").click()
    plain_page.get_by_role("button", name="Delete for good").click()
    expect(plain_page.get_by_text("There is no post yet.")).to_be_visible()
