"""The bench of A* in a test's hands: opened, measured in cells, dragged over, its parts unfolded."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.benches import opened

BENCH = "/demos/astar"
FIELD = "20x12:" + "A" * 40  # nothing but free cells


def desk(page: Page, address: str = BENCH) -> Locator:
    """The bench once it is worked at."""
    bench = opened(page, address)
    bench.locator("[data-board]").hover()
    expect(bench.locator("[data-status]")).to_contain_text(re.compile("path"))
    return bench


def figure(bench: Locator, name: str) -> Locator:
    return bench.locator(f"[data-astar] [data-figure={name}]")


def cell(bench: Locator, x: int, y: int, size: tuple[int, int] = (20, 12)) -> tuple[float, float]:
    """The middle of a cell on the screen."""
    bench.locator("[data-board]").scroll_into_view_if_needed()
    box = bench.locator("[data-board] canvas").bounding_box()
    assert box
    return box["x"] + (x + 0.5) * box["width"] / size[0], box["y"] + (y + 0.5) * box["height"] / size[1]


def drag(page: Page, *points: tuple[float, float]) -> None:
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=4)
    page.mouse.up()


def part(bench: Locator, name: str) -> Locator:
    bench.locator(f"[data-part={name}] > summary").click()
    return bench.locator(f"[data-part={name}] [data-inside]")


def value(bench: Locator, name: str) -> str:
    return bench.locator(f"input[name={name}]").input_value()
