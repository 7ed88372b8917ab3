"""What axe can find wrong for readers who do not see or point: nothing, on any page, on paper or in the dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from app import demos
from benchmarks.site import Site

pytestmark = pytest.mark.browser

PAGES = ["/", "/demos", "/posts/neural-style-transfer", *(f"/demos/{name}" for name in demos.names())]
WIDTHS = {"phone": 390, "laptop": 1440}


def found(page: Page) -> list[str]:
    """Each violation with its first place."""
    violations = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in violations]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Browser, site: Site, path: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    page.wait_for_timeout(300)  # what opens may load a script of its own
    assert found(page) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_of_a_run(browser: Browser, site: Site, scheme: str) -> None:
    context = browser.new_context(base_url=site.url, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    job = page.request.post("/api/v1/demos/style-transfer/jobs", data={"content": "cat", "size": "256", "steps": 20})
    page.goto(job.json()["urls"]["page"])
    page.wait_for_selector("live-demo[data-state=done]", timeout=60_000)
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    page.wait_for_timeout(300)
    assert found(page) == []
    context.close()
