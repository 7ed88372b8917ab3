"""A browser that is gone takes no word with it: what the server has is there, what only the browser has is offered."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.site import Site
from tests.browser.author import desk

pytestmark = pytest.mark.browser


def test_a_text_that_is_no_post_yet_comes_back(browser: Browser, site: Site) -> None:
    with desk(browser, site) as author:
        author.sign_in(site)
        author.begins("Never saved", "Typed, and the browser crashed.")
        author.says("Kept ")
    with desk(browser, site) as author:
        author.sign_in(site)
        author.open(author.page.get_by_role("link", name="Never saved", exact=True).get_attribute("href") or "")
        expect(author.source).to_have_value("Typed, and the browser crashed.")
        expect(author.page.get_by_text("You go on with what was typed and not saved")).to_be_visible()
        author.saves()
        expect(author.page.get_by_text("You go on with what was typed and not saved")).to_be_hidden()


def test_what_only_the_browser_has_is_offered_with_its_difference(browser: Browser, site: Site) -> None:
    with desk(browser, site) as author:
        author.sign_in(site)
        author.begins("On a train", "Before the tunnel.")
        author.saves()
        address = author.page.url
        author.page.context.set_offline(True)
        author.types("\n\nWithin the tunnel.")
        author.says("Kept in this browser only")
        left = author.page.context.storage_state()
    with desk(browser, site, storage_state=left) as author:
        author.open(address)
        expect(author.source).to_have_value("Before the tunnel.")
        offered = author.page.get_by_role("region", name="This browser has a text that the server does not have")
        expect(offered.get_by_text("Within the tunnel.")).to_be_visible()
        offered.get_by_role("button", name="Take it into the editor").click()
        expect(author.source).to_have_value("Before the tunnel.\n\nWithin the tunnel.")
        author.says("Kept ")
        author.text.press("Control+z")
        expect(author.source).to_have_value("Before the tunnel.")
        author.text.press("Control+Shift+z")
        author.saves()
        author.page.reload()
        expect(author.page.locator(".cm-editor")).to_be_visible()
        expect(offered).to_be_hidden()


def test_a_page_that_goes_at_once_sends_what_it_has(browser: Browser, site: Site) -> None:
    with desk(browser, site) as author:
        author.sign_in(site)
        author.begins("Gone at once", "First.")
        author.saves()
        address = author.page.url
        author.types(" Last words.")
        author.page.on("dialog", lambda asked: asked.accept())
        author.page.goto("/")
        author.open(address)
        expect(author.source).to_have_value("First. Last words.")


def test_another_device_is_told_of_before_two_texts_part(browser: Browser, site: Site) -> None:
    with desk(browser, site) as author, desk(browser, site) as phone:
        author.sign_in(site)
        author.page.clock.install()
        author.begins("On two devices", "Begun.")
        author.saves()
        phone.sign_in(site)
        phone.open(author.page.url)
        phone.types(" Gone on with.")
        phone.says("Kept ")
        author.page.clock.fast_forward(11_000)
        expect(author.page.get_by_text("is being written elsewhere too")).to_be_visible()
        phone.saves()
        author.page.clock.fast_forward(11_000)
        expect(author.page.get_by_text("was saved elsewhere meanwhile")).to_be_visible()
        expect(author.source).to_have_value("Begun.")


def test_pictures_that_are_refused_leave_the_text_whole(browser: Browser, site: Site) -> None:
    with desk(browser, site) as author:
        author.sign_in(site)
        author.open("/admin/posts/new")
        author.types("Words before. ")
        author.paste_picture("none.png", b"this is no picture")
        author.says("none.png is not taken in: ")
        expect(author.source).to_have_value("Words before. ")
        author.text.press("Control+a")
        author.paste("https://example.org/river")
        expect(author.source).to_have_value("[Words before. ](https://example.org/river)")
