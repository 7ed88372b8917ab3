"""The bench of Bayes' rule, as its tests find it and take hold of it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.benches import opened

BENCH = "/demos/bayes"
SETTLES = 400  # ms after which controls and address have what was dragged


def awake(page: Page, asked: str = "") -> Locator:
    """The bench with the part that the address asks for, once its script is there."""
    bench = opened(page, BENCH + asked)
    expect(bench.locator(".chosen > [data-awake]:not([hidden])")).to_have_count(1)
    return bench


def revealed(page: Page, asked: str = "") -> Locator:
    """The bench with its answer shown and all its views awake."""
    bench = awake(page, asked)
    bench.locator("[data-reveal]").click()
    expect(bench.locator("[data-table] [readonly]")).to_have_count(0)
    return bench


def grip(bench: Locator, name: str) -> Locator:
    return bench.get_by_role("slider", name=name, exact=True)


def drag(page: Page, handle: Locator, dx: float, dy: float) -> None:
    """Drags a handle by so many pixels."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2)
    page.mouse.move(x + dx, y + dy)
    page.mouse.up()
    page.wait_for_timeout(SETTLES)
