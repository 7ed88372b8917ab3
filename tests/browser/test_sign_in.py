"""An author’s second factor in a real browser, by keyboard and without a script; and what axe finds on those pages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from app.admin import totp
from benchmarks.site import ROOT, Site, serve

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own")


@pytest.fixture(scope="module")
def own_site(data: Path) -> Iterator[Site]:
    """Its account takes a second factor on, which the other tests of browsers would have to know."""
    with serve(data, JOB_ENGINE="none") as site:
        yield site


@pytest.fixture(autouse=True)
def switched_off_in_the_end(data: Path) -> Iterator[None]:
    """As an operator does it, for the next test."""
    yield
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "user", "reset-totp", "admin"]
    environment = os.environ | {"DATA": str(data)}
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    assert said == "admin signs in with the password alone.\n"


@pytest.fixture
def scriptless(browser: Browser, own_site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=own_site.url, java_script_enabled=False)
    yield context
    context.close()


def code(secret: str) -> str:
    return totp.code(secret, totp.step_of(datetime.now(UTC)))


def type_name_and_password(page: Page, site: Site, path: str = "/admin") -> None:
    page.goto(path)
    page.get_by_label("Name").fill("admin")
    page.keyboard.press("Tab")
    page.keyboard.type(site.password)
    page.keyboard.press("Enter")


def second_factor(page: Page) -> Locator:
    """Its part of the account’s page; tokens ask for the password as well."""
    return page.get_by_role("region", name="Second factor")


def set_up(page: Page, site: Site) -> tuple[str, list[str]]:
    """The secret and the recovery codes, from the pages as an author goes through them, by keyboard."""
    page.goto("/admin/account")
    second_factor(page).get_by_label("Your password").fill(site.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(code(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return secret, page.locator("ol code").all_inner_texts()


def test_a_second_factor_by_keyboard_and_without_a_script(scriptless: BrowserContext, own_site: Site) -> None:
    page = scriptless.new_page()
    type_name_and_password(page, own_site, "/admin/account")
    expect(page.get_by_role("heading", name="Account")).to_be_visible()
    _, codes = set_up(page, own_site)
    assert len(codes) == 10
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("button", name="Sign out").click()

    type_name_and_password(page, own_site, "/admin/posts/new")
    expect(page.get_by_role("heading", name="Your code")).to_be_visible()
    page.get_by_label("Code").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This code is not right")).to_be_visible()
    page.get_by_label("Code").fill(codes[0])
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title")).to_be_visible()

    page.goto("/admin/account")
    expect(page.get_by_text("9 recovery codes are left")).to_be_visible()
    page.get_by_text("Switch it off").first.click()
    second_factor(page).get_by_label("Your password").fill(own_site.password)
    page.get_by_label("Code").last.fill(codes[1])
    page.get_by_role("button", name="Switch it off").click()
    expect(page.get_by_role("status")).to_contain_text("Your second factor is off")


def test_a_text_that_comes_too_late_is_saved_after_both_steps(scriptless: BrowserContext, own_site: Site) -> None:
    page = scriptless.new_page()
    type_name_and_password(page, own_site, "/admin/account")
    expect(page.get_by_role("heading", name="Account")).to_be_visible()
    _, codes = set_up(page, own_site)
    page.goto("/admin/posts/new")
    page.get_by_label("Title").fill("Written on a train")
    page.get_by_label("Text, in Markdown").fill("First line.\n\n“Last” line.")
    ended = page.request.post("/admin/sign-out", form={"token": page.locator("[name=token]").first.input_value()})
    assert ended.ok
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("not saved yet")
    page.get_by_label("Name").fill("admin")
    page.get_by_label("Password").fill(own_site.password)
    page.get_by_role("button", name="Sign in and save").click()
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in and save").click()
    expect(page.get_by_label("Title")).to_have_value("Written on a train")
    expect(page.get_by_label("Text, in Markdown")).to_have_value("First line.\n\n“Last” line.")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_axe_finds_nothing(browser: Browser, own_site: Site, width: int, scheme: str) -> None:
    context = browser.new_context(
        base_url=own_site.url, viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/admin/sign-in")
    assert wrong_for_somebody(page) == []
    type_name_and_password(page, own_site, "/admin/account")
    expect(page.get_by_role("heading", name="Account")).to_be_visible()
    assert wrong_for_somebody(page) == []
    second_factor(page).get_by_label("Your password").fill("a wrong guess of it")
    page.keyboard.press("Enter")
    expect(second_factor(page).get_by_label("Your password")).to_be_focused()
    assert wrong_for_somebody(page) == []
    set_up(page, own_site)
    assert wrong_for_somebody(page) == []
    page.goto("/admin/account")
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    assert wrong_for_somebody(page) == []
    page.get_by_role("button", name="Sign out").click()
    type_name_and_password(page, own_site)
    expect(page.get_by_label("Code")).to_be_focused()
    assert wrong_for_somebody(page) == []
    context.close()


def wrong_for_somebody(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    found = [rule["id"] for rule in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + ["wider than the window"] * wide
