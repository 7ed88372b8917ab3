"""What a bench really loads before a reader touches it, however its scripts are named."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

APP = Path(__file__).parents[2] / "app"
DEMOS = sorted(file.parent.name.replace("_", "-") for file in (APP / "demos").glob("*/demo.py"))
MOST = 30_000  # bytes of all scripts, as they travel
SHELL = "workbench.js"


@pytest.mark.parametrize("demo", DEMOS)
def test_a_bench_is_light_before_a_touch(page: Page, demo: str) -> None:
    loaded: dict[str, int] = {}

    def weigh(response: Response) -> None:
        name = response.url.partition("?")[0].rpartition("/")[2]
        if name.endswith(".js"):
            loaded[name] = len(gzip.compress(response.body(), 9))

    page.on("response", weigh)
    page.goto(f"/demos/{demo}")
    expect(page.locator("live-demo:defined")).to_be_visible()
    page.mouse.wheel(0, 2000)
    page.wait_for_load_state("networkidle")
    assert SHELL in loaded
    assert sum(loaded.values()) <= MOST, loaded
