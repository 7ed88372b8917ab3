"""A bench on a page, as tests find it, wait for it and unfold it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

PAGE = "/demos/style-transfer"
RUN_SECONDS = 120_000


def bench(page: Page) -> Locator:
    return page.locator("live-demo").first


def opened(page: Page, address: str = PAGE) -> Locator:
    """The bench at an address, once its panel is there."""
    page.goto(address)
    bench(page).scroll_into_view_if_needed()
    until(page, "document.querySelector('live-demo').ready")
    page.evaluate("document.querySelector('live-demo').ready")
    return bench(page)


def until(page: Page, expression: str) -> None:
    """Wait for a page to say yes; the content policy keeps Playwright's own waiting out."""
    page.evaluate(f"async () => {{ while (!({expression})) await new Promise((next) => setTimeout(next, 50)); }}")


def unfold(page: Page, heading: str) -> Locator:
    group = bench(page).locator("details.group").filter(has=page.locator("summary", has_text=heading))
    group.locator("summary").click()
    return group
