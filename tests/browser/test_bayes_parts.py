"""The parts of the bench of Bayes' rule as a reader has them, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from benchmarks.site import Site
from tests.browser.bayes import BENCH, awake, drag, grip, revealed

pytestmark = pytest.mark.browser


def test_results_in_a_row_and_their_order(page: Page) -> None:
    bench = awake(page, "?part=row")
    for sign in ("A positive result", "A positive result", "A negative result"):
        bench.get_by_role("button", name=sign, exact=True).click()
    told, orders = bench.locator("[data-part=row] [data-told]"), bench.locator("[data-orders]")
    expect(told).to_have_text("After ++−: 13.4\xa0%.")
    expect(orders).to_contain_text("Every order of these results tells the same.")
    bench.locator("[data-press=shuffle]").click()
    expect(told).to_contain_text("13.4\xa0%")
    bench.locator("[name=correlation]").fill("0.5")
    expect(orders).to_contain_text("in other orders tell from")
    bench.locator("[data-press=clear]").click()
    expect(told).to_contain_text("Before any result: 1\xa0%")


def test_the_base_rate_that_is_needed(page: Page) -> None:
    bench = awake(page, "?part=base-rate")
    bench.locator("[name=wanted]").fill("90")
    expect(bench.locator("[data-part=base-rate] [data-told]")).to_contain_text("a base rate of 51.9\xa0%")
    drag(page, grip(bench, "Base rate, on the curve"), 100, 0)
    assert float(bench.locator("[name=prior]").input_value()) > 5


def test_the_robot_has_the_courses_values_and_is_driven_by_keys(page: Page) -> None:
    bench = awake(page, "?part=robot")
    bench.locator("[data-course]").click()
    cells = bench.locator("[data-world] .p")
    expect(cells).to_have_text(["0.0788", "0.0753", "0.2247", "0.4329", "0.1882"])
    bench.locator("[name=drive]").fill("r")
    expect(cells).to_have_text(["0.1111", "0.3333", "0.3333", "0.1111", "0.1111"])
    bench.locator("[data-world]").focus()
    page.keyboard.press("ArrowRight")
    expect(cells).to_have_text(["0.1111", "0.1333", "0.3111", "0.3111", "0.1333"])
    page.keyboard.press("Space")
    expect(bench.locator("[name=drive]")).to_have_value(re.compile("^r>[rg]$"))
    bench.locator("[data-part=robot] [data-show]").check()
    expect(bench.locator("[data-world] .robot")).to_have_count(1)
    expect(bench.locator("[data-do='^']")).to_be_hidden()
    bench.locator("[data-do=kidnap]").click()
    expect(bench.locator("[name=drive]")).to_have_value(re.compile("^r>[rg]$"))


def test_the_robots_world_is_painted_and_may_have_two_dimensions(page: Page) -> None:
    bench = awake(page, "?part=robot")
    bench.locator("[data-take='rggrr/rrgrr/rrggr/rrrrr']").click()
    expect(bench.locator("[data-cell]")).to_have_count(20)
    bench.locator("[data-do='v']").click()
    expect(bench.locator("[data-part=robot] [data-told]")).to_contain_text("row 1, cell 1")
    bench.locator("[data-part=robot] [data-paint]").check()
    bench.locator("[data-cell='0 0']").click()
    expect(bench.locator("[name=world]")).to_have_value("bggrr/rrgrr/rrggr/rrrrr")


def test_a_coin_is_tossed_and_pasted(page: Page) -> None:
    bench = awake(page, "?part=coin")
    expect(bench.locator("[data-part=coin] [data-told]")).to_contain_text("After 7 heads and 3 tails: 66.7\xa0%")
    bench.locator("[data-flip='100']").click()
    expect(bench.locator("[name=tosses]")).to_have_value(re.compile(r"^\d+ of 100$"))
    bench.locator("[name=tosses]").fill("HTTH")
    expect(bench.locator("[data-part=coin] [data-told]")).to_contain_text("After 2 heads and 2 tails: 50\xa0%")
    bench.locator("[name=tosses]").fill("nothing")
    expect(bench.locator("[data-problem=tosses]")).to_contain_text("Write tosses as HTTH")


def test_parts_are_opened_one_after_the_other(page: Page) -> None:
    bench = revealed(page)
    for name, words in (
        ("A measurement", "Believed now: 23.8, give or take 2.4."),
        ("A against B", "B is better with 87.9\xa0%."),
        ("A lost robot", "Likeliest: cell 1, with 20\xa0%."),
        ("A coin", "After 7 heads and 3 tails"),
    ):
        bench.get_by_role("radio", name=name).check()
        expect(bench.locator("section:visible [data-told]")).to_contain_text(words)
    bench.get_by_role("radio", name="One test").check()
    expect(bench.locator("[data-right=positive]")).to_have_text("7.8\xa0%")
    expect(page).to_have_url(re.compile(f"{BENCH}$"))


@pytest.fixture
def no_script(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_scripts_the_server_answers(no_script: Page) -> None:
    page = no_script
    page.goto(BENCH)
    expect(page.locator("[data-sentence]")).to_have_text("Of 103 women with a positive mammogram, 8 have cancer.")
    expect(page.locator("[data-right=positive]")).to_have_text("7.8\xa0%")
    expect(page.locator("[data-guess]")).to_be_hidden()
    page.locator("[name=prior]").fill("50")
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("[data-posterior]")).to_have_text("89.3\xa0%")
    page.get_by_role("radio", name="A lost robot").check()
    page.locator("[name=drive]").fill("r>r>")
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("[data-world] .p")).to_have_text(["0.0788", "0.0753", "0.2247", "0.4329", "0.1882"])
    page.goto(BENCH + "?part=coin&tosses=nothing")
    expect(page.locator("[data-problem=tosses]")).to_contain_text("Write tosses as HTTH")


@pytest.mark.parametrize("part", ["test", "row", "base-rate", "robot", "coin", "measurement", "comparison"])
def test_nothing_is_wider_than_a_small_phone_and_axe_finds_nothing(browser: Browser, site: Site, part: str) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": 320, "height": 700}, color_scheme="dark")
    page = context.new_page()
    bench = awake(page, f"?part={part}&results=%2B%2B-&drive=r%3Er")
    bench.hover()
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:90] for node in each["nodes"]][:3]) for each in found] == []
    context.close()


def test_presses_that_come_quickly_all_count(page: Page) -> None:
    bench = awake(page, "?part=row")
    bench.locator("[data-press='+']").evaluate("(button) => { for (let i = 0; i < 5; i += 1) button.click(); }")
    expect(bench.locator("[name=results]")).to_have_value("+++++")
    bench = awake(page, "?part=robot")
    bench.locator("[data-do='>']").evaluate("(button) => { for (let i = 0; i < 4; i += 1) button.click(); }")
    expect(bench.locator("[name=drive]")).to_have_value(">>>>")
