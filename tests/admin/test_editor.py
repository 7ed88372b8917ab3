"""The editor in a browser: what its two scripts add to the form, and that the form does without them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.admin.conftest import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def site(app: Flask, account: str) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


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


def write(page: Page, title: str, text: str) -> None:
    page.goto("/admin/posts/new")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text, in Markdown").fill(text)


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status")).to_contain_text("aved")
    expect(page.get_by_role("status")).not_to_contain_text("Saving")


def test_the_preview_follows_the_text(page: Page) -> None:
    write(page, "T", "Hello *there*\n\n::: demo nope")
    preview = page.get_by_role("region", name="Preview")
    expect(preview.locator("em")).to_have_text("there")
    expect(preview.get_by_role("listitem")).to_contain_text("Line 3: ")


def test_saving_by_keyboard_puts_it_on_the_site(page: Page) -> None:
    write(page, "By keyboard", "Hello")
    page.get_by_role("radio", name="Published").check()
    save(page)
    expect(page.get_by_role("status")).to_contain_text("Saved ")
    assert page.url.rsplit("/", 1)[1].isdecimal()
    page.goto("/posts/by-keyboard")
    expect(page.get_by_role("heading", name="By keyboard")).to_be_visible()


def test_a_wrong_field_is_said_and_shown(page: Page) -> None:
    write(page, "", "A long text")
    save(page)
    expect(page.get_by_role("status")).to_contain_text("Not saved: A post needs a title.")
    expect(page.get_by_label("Title")).to_be_focused()
    expect(page.get_by_label("Title")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Text, in Markdown")).to_have_value("A long text")


def test_a_second_tab_is_told_and_both_texts_are_shown(page: Page) -> None:
    write(page, "Two tabs", "Old")
    save(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Text, in Markdown").fill("Second tab")
    save(other)
    page.get_by_label("Text, in Markdown").fill("First tab")
    save(page)
    expect(page.get_by_role("status")).to_contain_text("Not saved: This post was changed elsewhere")
    page.get_by_role("button", name="See both").click()
    expect(page.get_by_label("Text").nth(0)).to_have_value("First tab")
    expect(page.get_by_label("Text").nth(1)).to_have_value("Second tab")
    page.get_by_role("button", name="Save mine over the other").click()
    expect(page.get_by_label("Text, in Markdown")).to_have_value("First tab")


def test_a_sign_in_that_ran_out_costs_no_text(page: Page) -> None:
    write(page, "Late", "Old")
    save(page)
    url = page.url
    page.context.clear_cookies()
    page.get_by_label("Text, in Markdown").fill("Written too late")
    save(page)
    expect(page.get_by_role("status")).to_contain_text("You are signed out. Your text is still here")
    page.get_by_role("button", name="Sign in and save").click()
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in and save").click()
    expect(page).to_have_url(url)
    expect(page.get_by_label("Text, in Markdown")).to_have_value("Written too late")


def test_all_of_it_works_without_scripts(plain_page: Page) -> None:
    write(plain_page, "Plain", "Hello *there*")
    with plain_page.context.expect_page() as opened:
        plain_page.get_by_role("button", name="Preview").click()
    expect(opened.value.locator("em")).to_have_text("there")
    plain_page.get_by_role("button", name="Save").click()
    expect(plain_page.get_by_role("status")).to_contain_text("Saved ")
    plain_page.get_by_role("link", name="Delete this post").click()
    plain_page.get_by_role("button", name="Delete for good").click()
    expect(plain_page.get_by_text("There is no post yet.")).to_be_visible()
