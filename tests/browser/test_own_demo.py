"""A demo that an author has just written, without HTML and JavaScript, as a reader meets it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from app.demos import scaffold
from benchmarks.site import Site, serve

pytestmark = pytest.mark.browser

RUN_SECONDS = 60_000
SLOW = {  # the scaffold, slow enough to be watched, and with an output of each kind
    "demo.py": [
        ("Choice,", "Bars, Choice,"),
        ("Toggle, asks", "Table, Toggle, Value, Words, asks"),
        (
            'generations"))\nDEMO',
            'generations"), Bars("bars", "Bars"), Table("rows", "Rows"), Value("value", "Value"),\n'
            '         Words("words", "Words"), Plot("rising", "Rising", x="step"))\nDEMO',
        ),
    ],
    "run.py": [
        ("import numpy", "import time\nimport numpy"),
        ("        if generation % 10", "            time.sleep(0.01)\n        if generation % 10"),
        (
            '{"crowd": crowd[:60]}',
            '{"crowd": crowd[:60], "bars": {"a": 1, "b": generation}, "rows": [{"name": "<b>bold</b>", "n": 1}],'
            ' "value": generation, "words": "So far so good.", "rising": generation, "step": generation, "of": 400}',
        ),
    ],
}


def changed(folder: Path) -> None:
    for file, changes in SLOW.items():
        text = (folder / file).read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (folder / file).write_text(text)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a new demo, tent-map, and the same grown slow and rich, rich-map."""
    parent = tmp_path_factory.mktemp("demos")
    scaffold.write("tent-map", parent)
    changed(scaffold.write("rich-map", parent))
    with serve(tmp_path_factory.mktemp("own"), DEMOS=str(parent), UPLOADS_PER_MINUTE="100") as site:
        yield site


def bench(page: Page) -> Locator:
    return page.locator("live-demo").first


def run(page: Page) -> None:
    bench(page).locator("[data-run]").click()
    expect(bench(page)).to_have_attribute("data-state", "done", timeout=RUN_SECONDS)


def test_before_anything_it_says_press_run_and_after_it_shows(page: Page) -> None:
    page.goto("/demos/tent-map")
    expect(bench(page).locator("[data-status]")).to_have_text("Ready: press Run")
    expect(bench(page).locator("[data-picture=result]")).to_contain_text("Press Run")
    run(page)
    expect(bench(page).locator("[data-picture=result] img").last).to_be_visible()
    expect(bench(page).locator(".plot .line")).to_have_count(1)
    expect(bench(page).get_by_role("img", name="At your rate, the first 60 generations. From")).to_be_visible()
    expect(bench(page).locator("[data-picture=result]")).not_to_contain_text("Press Run")


def test_the_read_out_follows_the_run_and_nothing_below_it_moves(page: Page) -> None:
    page.goto("/demos/rich-map")
    run(page)
    before = bench(page).bounding_box()
    bench(page).locator("input[name=rate]").fill("3.2")
    bench(page).locator("[data-run]").click()
    expect(bench(page)).to_have_attribute("data-state", "running", timeout=RUN_SECONDS)
    value = bench(page).locator(".value dd")
    expect(value).not_to_have_text("400")
    assert bench(page).get_attribute("data-state") == "running"
    during = bench(page).bounding_box()
    expect(value).to_have_text("400", timeout=RUN_SECONDS)
    after = bench(page).bounding_box()
    assert before and during and after
    assert before["height"] == pytest.approx(after["height"], abs=1) == pytest.approx(during["height"], abs=1)
    expect(bench(page).locator(".table tbody th")).to_have_text("<b>bold</b>")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_it_is_as_cared_for_as_ours(browser: Browser, site: Site, width: int, scheme: str) -> None:
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/demos/rich-map")
    run(page)
    expect(bench(page).locator(".value dd")).to_have_text("400")
    violations = Axe().run(page).response["violations"]
    assert [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_it_works_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/demos/rich-map")
    page.get_by_role("button", name="Run").click()
    assert "/jobs/" in page.url
    done = re.compile("Done in|From an earlier run")
    expect(page.locator("[data-status]")).to_contain_text(done, timeout=RUN_SECONDS)  # the page refreshes itself
    assert page.locator("[data-picture=result] img").evaluate("image => image.naturalWidth") == 900
    expect(page.locator(".value dd")).to_have_text("400")
    assert page.locator(".plot").last.locator(".line").get_attribute("d", timeout=1000).count("L") >= 3  # type: ignore[union-attr]
    context.close()
