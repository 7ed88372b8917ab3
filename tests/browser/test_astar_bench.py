"""The bench of A* as a reader has it: drawn on, dragged, replayed, by mouse, by keys, on a phone, without scripts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from app.algorithms.search import solve
from app.demos.astar.gridmap import grid_of
from benchmarks.site import Site
from tests.browser.astar import BENCH, FIELD, cell, desk, drag, figure, part, value
from tests.browser.benches import opened
from tests.demos.astar.grids import cases

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
AGREE = """async ([folder, cases]) => {
  const load = (name) => import(`${folder}/${name}.js`);
  const names = ["best_first", "formula", "heuristics", "terrain"];
  const [{ solve }, { formula }, { NAMES }, { Terrain }] = await Promise.all(names.map(load));
  return cases.map(({ map, order, cost, ...asked }) => {
    const own = NAMES.includes(asked.heuristic) ? undefined : formula(asked.heuristic);
    const found = solve({ ...asked, terrain: Terrain.decode(map), formula: own });
    return [found.order, found.cost];
  });
}"""


def test_a_thousand_grids_are_searched_in_the_browser_as_in_python(page: Page) -> None:
    asked = [case | {"order": case["expected"]["order"], "cost": case["expected"]["cost"]} for case in cases(1000, 5)]
    for case in asked:
        del case["expected"]
    page.goto(BENCH)
    found = page.evaluate(AGREE, [f"{BENCH}/assets/-", asked])
    for (order, cost), case in zip(found, asked, strict=True):
        assert order == case["order"], case
        assert cost == pytest.approx(case["cost"]), case


def test_the_path_follows_a_goal_that_is_dragged(page: Page) -> None:
    bench = desk(page, f"{BENCH}?map={FIELD}")
    drag(page, cell(bench, 19, 11), cell(bench, 10, 5), cell(bench, 9, 0))
    expect(figure(bench, "cost")).to_have_text("9.00")
    assert value(bench, "goal") == "9,0"
    expect(page).to_have_url(re.compile("goal=9%2C0"))


def test_goals_are_added_dragged_shared_and_taken_away(page: Page) -> None:
    bench = desk(page, f"{BENCH}?map={FIELD}&start=0,6&goal=19,6")
    expect(figure(bench, "cost")).to_have_text("19.00")
    bench.locator("[data-tool=goal]").click()
    page.mouse.click(*cell(bench, 8, 6))
    expect(figure(bench, "cost")).to_have_text("8.00")
    drag(page, cell(bench, 19, 6), cell(bench, 5, 6))
    expect(figure(bench, "cost")).to_have_text("5.00")
    assert value(bench, "goal") == "5,6 8,6"
    expect(page).to_have_url(re.compile(r"goal=5%2C6\+8%2C6"))
    page.reload()
    bench = desk(page, page.url)
    expect(figure(bench, "cost")).to_have_text("5.00")
    bench.locator("[data-tool=goal]").click()
    bench.locator("[data-board]").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(figure(bench, "cost")).to_have_text("8.00")
    page.keyboard.press("Control+z")
    expect(figure(bench, "cost")).to_have_text("5.00")
    page.mouse.click(*cell(bench, 5, 6))
    page.mouse.click(*cell(bench, 8, 6))
    expect(bench.locator("[data-status]")).to_contain_text("One goal stays")
    assert value(bench, "goal") == "8,6"


def test_walls_are_drawn_and_taken_back(page: Page) -> None:
    bench = desk(page, f"{BENCH}?map={FIELD}&start=2,6&goal=12,6")
    expect(figure(bench, "cost")).to_have_text("10.00")
    drag(page, cell(bench, 7, 2), cell(bench, 7, 10))
    expect(figure(bench, "cost")).not_to_have_text("10.00")
    walled = figure(bench, "cost").inner_text()
    drawn = grid_of(value(bench, "map"))
    assert [drawn.weight((7, y)) for y in range(12)] == [1, 1, *[0] * 9, 1]
    assert float(walled) == pytest.approx(solve(drawn, (2, 6), (12, 6)).cost or 0, abs=0.01)
    bench.locator("[data-act=undo]").click()
    expect(figure(bench, "cost")).to_have_text("10.00")
    bench.locator("[data-act=redo]").click()
    expect(figure(bench, "cost")).to_have_text(walled)
    bench.locator("[data-shape=rectangle]").click()
    bench.locator("[data-tool=weight]").click()
    bench.locator("[data-heavy]").select_option("3")
    drag(page, cell(bench, 10, 0), cell(bench, 11, 1))
    assert [grid_of(value(bench, "map")).weight((x, y)) for x, y in ((10, 0), (11, 1), (12, 1))] == [3, 3, 1]
    bench.locator("[data-shape=fill]").click()
    page.mouse.click(*cell(bench, 0, 0))
    filled = grid_of(value(bench, "map"))
    assert filled.weight((19, 0)) == 3
    assert filled.weight((7, 5)) == 0


def test_everything_can_be_drawn_by_keys(page: Page) -> None:
    bench = desk(page, f"{BENCH}?map={FIELD}&start=2,6&goal=12,6")
    bench.locator("form select[name=algorithm]").focus()
    board = bench.locator("[data-board]")
    board.focus()
    page.keyboard.press("ArrowRight")
    expect(bench.locator("[data-said]")).to_contain_text("Column 3, row 6, free, on the path, expanded as number 2")
    page.keyboard.press("Space")
    expect(bench.locator("[data-said]")).to_contain_text("A path of 11.4")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("5")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("g")
    expect(bench.locator("input[name=goal]")).to_have_value("3,8")
    drawn = grid_of(value(bench, "map"))
    assert (drawn.weight((3, 6)), drawn.weight((3, 7))) == (0, 5)
    page.keyboard.press("Control+z")
    expect(bench.locator("input[name=goal]")).to_have_value("12,6")


def test_a_search_is_scrubbed_and_stopped_where_a_cell_comes_up(page: Page) -> None:
    bench = desk(page, f"{BENCH}?map=pocket&diagonal=never&heuristic=manhattan")
    scrub = bench.locator("[data-scrub]")
    scrub.focus()
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(bench.locator("[data-count]")).to_contain_text("3 of 134")
    expect(bench.locator("[data-why]")).to_contain_text(re.compile(r"Popped \(\d+, \d+\): f = "))
    first = bench.locator("[data-rows] tr").first.locator("td").first.inner_text()
    bench.locator("[data-by='1']").click()
    expect(bench.locator("[data-why]")).to_contain_text(f"Popped {first}")
    bench.locator("[data-by='-1']").click()
    expect(bench.locator("[data-count]")).to_contain_text("3 of 134")
    bench.locator("[data-tool=break]").click()
    page.mouse.click(*cell(bench, 12, 5, (24, 13)))
    bench.locator("[data-speed]").select_option("1000")
    bench.locator("[data-play]").click()
    expect(bench.locator("[data-status]")).to_contain_text("the cell that you marked")
    assert 3 < scrub.evaluate("input => input.valueAsNumber") < 134


def test_a_link_brings_the_same_map(page: Page) -> None:
    bench = desk(page, f"{BENCH}?map={FIELD}")
    drag(page, cell(bench, 4, 0), cell(bench, 4, 9))
    bench.locator("select[name=algorithm]").select_option("greedy")
    link = bench.locator("[data-link]")
    expect(link).to_have_attribute("href", re.compile("algorithm=greedy"))
    told = {name: figure(bench, name).inner_text() for name in ("cost", "expanded", "generated")}
    other = desk(page, str(link.get_attribute("href")))
    assert {name: figure(other, name).inner_text() for name in told} == told


def test_two_benches_leave_each_other_alone(page: Page) -> None:
    page.goto("/posts/a-star")
    benches = page.locator("live-demo[data-name=astar]")
    assert benches.count() >= 3
    before = benches.nth(1).locator("[data-astar] [data-figure=expanded]").inner_text()
    first = benches.first
    first.scroll_into_view_if_needed()
    first.locator("[data-board]").hover()
    first.locator("select[name=algorithm]").select_option("dijkstra")
    expect(first.locator("[data-status]")).to_contain_text("expansions")
    assert benches.nth(1).locator("[data-astar] [data-figure=expanded]").inner_text() == before


def test_without_scripts_the_server_draws_it(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{BENCH}?map=pocket&diagonal=never&heuristic=manhattan")
    bench = page.locator("live-demo")
    expect(bench.locator("[data-board] svg path.line").first).to_be_visible()
    assert bench.locator("[data-board] svg").get_attribute("aria-label", timeout=1000) is not None
    expect(bench.locator("[data-figure=expanded]")).to_have_text("134")
    expect(bench.locator(".transport")).to_be_hidden()
    bench.locator("select[name=algorithm]").select_option("greedy")
    bench.locator("button", has_text="Answer").click()
    expect(page.locator("[data-figure=expanded]")).to_have_text("114")
    assert "algorithm=greedy" in page.url
    page.goto(f"{BENCH}?map=pocket&diagonal=never&heuristic=manhattan&start=16,5")
    expect(page.locator(".problem", has_text="inside a wall")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_nothing_is_wider_than_the_page(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/posts/a-star")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    bench = desk(page)
    for name in ("compare", "puzzles", "mazes"):
        part(bench, name)
    expect(bench.locator(".pane")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    small = """all => all.filter((each) => each.checkVisibility() && Math.min(each.offsetHeight, each.offsetWidth) < 44)
      .map((each) => each.outerHTML)"""
    assert bench.locator("[data-astar] :is(button, select), .inside :is(button, select)").evaluate_all(small) == []


def test_a_finger_drags_the_goal(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    bench = opened(page, f"{BENCH}?map={FIELD}")
    bench.locator("[data-board]").dispatch_event("pointerenter")
    expect(bench.locator("[data-status]")).to_contain_text("path")
    touch = context.new_cdp_session(page)
    way = [cell(bench, 19, 11), cell(bench, 15, 8), cell(bench, 9, 0)]
    for kind, point in zip(("touchStart", "touchMove", "touchMove"), way, strict=True):
        points = [{"x": point[0], "y": point[1]}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(bench.locator("input[name=goal]")).to_have_value("9,0")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    bench = desk(page)
    bench.locator("[data-scrub]").focus()
    page.keyboard.press("ArrowLeft")
    for name in ("compare", "estimates", "puzzles", "mazes", "files"):
        part(bench, name)
    expect(bench.locator(".pane")).to_have_count(2)
    violations = Axe().run(page).response["violations"]
    assert [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in violations] == []
