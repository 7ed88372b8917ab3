"""From what should be mended to its line in the editor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.site import Site
from tests.browser.author import Desk

pytestmark = pytest.mark.browser

TEXT = "Begun.\n\n" + "More.\n\n" * 60 + "[Next](/nowhere)\n\nDone."
LINE = TEXT[: TEXT.index("[Next]")].count("\n") + 1


@pytest.fixture
def author(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(90_000)  # checks render whole posts, beside whatever else this machine does
    page = context.new_page()
    Desk(page).sign_in(site)
    yield page
    context.close()


def test_a_remark_leads_to_its_line(author: Page) -> None:
    page = author
    page.goto("/admin/posts/new")
    token = page.locator("form#post input[name=token]").input_value()
    form = {"token": token, "title": "To be mended", "source": TEXT, "status": "draft"}
    assert page.request.post("/admin/posts", form=form, headers={"Origin": page.url.split("/admin")[0]}).ok
    page.goto("/admin/checks")
    row = page.get_by_role("region", name="To be mended").get_by_role("listitem")
    expect(row).to_have_text(f"Line {LINE} This links to /nowhere, and there is no such page here.")
    row.get_by_role("link").click()
    expect(page.locator(".cm-content")).to_be_focused()
    expect(page.locator(".cm-line", has_text="[Next](/nowhere)")).to_be_in_viewport()
    page.keyboard.type("Here")
    expect(page.locator(".cm-line", has_text="Here[Next](/nowhere)")).to_be_visible()
