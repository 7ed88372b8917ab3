"""Opening a post and saving it, or looking at both of two texts, in a browser: with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.blog import editing, revisions
from app.blog.manuscript import Manuscript
from tests.admin.conftest import PASSWORD
from tests.served import served

pytestmark = pytest.mark.browser

SOURCES = [
    "\n\nx\n",
    "a\r\nb\r\n\r\n",
    "a\rb",
    "mixed\r\nends\n\rof\n",
    "  \tspaces \n \n",
    "\ufeffé\u2028\x85\x0c\u00ad🙂",
    "",
]


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(browser: Browser, app: Flask, account: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with served(app) as address:
        context = browser.new_context(base_url=address, java_script_enabled=request.param)
        page = context.new_page()
        page.goto("/admin")
        page.get_by_label("Name").fill(account)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        yield page
        context.close()


def test_what_is_opened_and_saved_is_the_same_bytes(app: Flask, page: Page) -> None:
    for number, source in enumerate(SOURCES):
        with app.test_request_context():
            post_id = editing.create(Manuscript("A post", source, slug=f"post-{number}")).id
        path = f"/admin/posts/{post_id}"
        page.goto(path)
        with page.expect_response(lambda r, path=path: r.request.method == "POST" and r.url.endswith(path)):
            page.get_by_role("button", name="Save draft").click()
        with app.test_request_context():
            post = editing.get(post_id)
            assert (post.version, post.source) == (2, source)


@pytest.mark.parametrize("page", [False], ids=["no-scripts"], indirect=True)
def test_both_texts_are_shown_and_mine_is_saved_over_the_other(app: Flask, page: Page) -> None:
    with app.test_request_context():
        post_id = editing.create(Manuscript("A post", "One.\n\nTwo.", slug="a-post")).id
        editing.save(post_id, 1, Manuscript("A post", "Other.\n\nTwo.", slug="a-post"))
    page.goto(f"/admin/posts/{post_id}")
    page.locator("form#post input[name=version]").evaluate("field => (field.value = 1)")  # as a tab opened before
    page.get_by_role("textbox", name="Text, in Markdown").fill("Mine.\n\nTwo.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("This post was changed elsewhere").first).to_be_visible()
    expect(page.get_by_text("Copy mine")).to_be_hidden()  # which only a script could do
    page.get_by_role("button", name="Save mine over the other").click()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    with app.test_request_context():
        assert editing.get(post_id).source == "Mine.\n\nTwo."
        assert revisions.get(post_id, 2).source == "Other.\n\nTwo."
