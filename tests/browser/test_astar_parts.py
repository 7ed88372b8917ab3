"""The parts of the bench of A* that are opened: side by side, the estimate, puzzles, mazes, files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.astar import BENCH, cell, desk, figure, part, value

pytestmark = pytest.mark.browser


def test_searches_run_side_by_side(page: Page) -> None:
    bench = desk(page)
    inside = part(bench, "compare")
    expect(inside.locator(".pane")).to_have_count(2)
    expect(inside.locator(".said")).to_contain_text("Fewest expansions: A*, 289")
    inside.locator("[data-more]").click()
    expect(inside.locator(".pane")).to_have_count(3)
    inside.locator(".pane").nth(2).locator("select").first.select_option("jps")
    expect(inside.locator(".pane").nth(2)).to_contain_text("Jump point search needs a map")
    inside.locator("[data-together]").evaluate(
        "input => { input.value = 0.1; input.dispatchEvent(new Event('input')); }"
    )
    told = [pane.locator("dd").first.inner_text() for pane in inside.locator(".pane").all()[:2]]
    assert told[0] == told[1], "in lockstep"


def test_other_searches_are_asked_of_the_server(page: Page) -> None:
    bench = desk(page, f"{BENCH}?map=jumps&algorithm=jps")
    expect(figure(bench, "expanded")).to_have_text("2")
    bench.locator("select[name=algorithm]").select_option("theta")
    expect(figure(bench, "ratio")).to_have_text(re.compile(r"^0\.9"))
    bench.locator("select[name=algorithm]").select_option("dstar")
    expect(figure(bench, "ratio")).to_have_text("1")
    page.mouse.click(*cell(bench, 10, 7, (24, 14)))
    expect(bench.locator("[data-status]")).to_contain_text("mending took")
    assert value(bench, "changes") == "10,7,0"


def test_a_puzzle_asks_before_it_shows(page: Page) -> None:
    bench = desk(page)
    inside = part(bench, "puzzles")
    expect(inside.locator("[data-puzzle]")).to_have_count(8)
    inside.locator("[data-puzzle=pocket]").click()
    expect(figure(bench, "expanded")).to_have_text("?")
    inside.locator("[data-choice='2']").click()
    expect(inside.locator(".said")).to_contain_text("So it is")
    expect(inside.locator(".said")).to_contain_text("1 of 1 right")
    expect(figure(bench, "ratio")).to_have_text("1")
    expect(page).to_have_url(re.compile("map=pocket"))


def test_mazes_come_from_a_seed(page: Page) -> None:
    bench = desk(page)
    inside = part(bench, "mazes")
    costs = {}
    for maker in (
        "recursive-division", "backtracker", "prim", "kruskal", "wilson", "caves", "rooms", "hills"
    ):  # fmt: skip
        inside.locator("[data-maker]").select_option(maker)
        expect(inside.locator(".said")).to_contain_text("seed 1")
        expect(bench.locator("input[name=map]")).to_have_value(f"{maker}:41x25:1")
        cost = page.request.get(f"/api/v1/demos/astar?map={maker}:41x25:1").json()["cost"]
        expect(figure(bench, "cost")).to_have_text(f"{cost:.2f}")
        costs[maker] = cost
    assert len(set(costs.values())) == 8
    inside.locator("[data-maker]").select_option("prim")
    expect(bench.locator("input[name=map]")).to_have_value("prim:41x25:1")
    expect(figure(bench, "cost")).to_have_text(f"{costs['prim']:.2f}")


def test_the_estimate_is_painted_and_landmarks_are_placed(page: Page) -> None:
    bench = desk(page, f"{BENCH}?map=lure&heuristic=9 * octile")
    inside = part(bench, "estimates")
    expect(inside.locator(".said")).to_contain_text(re.compile(r"too much in \d+ cells"))
    expect(inside.locator(".said")).to_contain_text("The cheapest path is dashed")
    expect(inside.locator("li").first).to_contain_text("the move costs 1")
    inside.locator("[data-tool=landmark]").click()
    page.mouse.click(*cell(bench, 19, 8, (20, 9)))
    expect(bench.locator("input[name=landmarks]")).to_have_value("19,8")
    expect(inside.locator(".said")).to_contain_text("It nowhere says too much")


def test_maps_and_scenarios_come_and_go_as_files(page: Page, tmp_path: Path) -> None:
    bench = desk(page, f"{BENCH}?map=swamp")
    inside = part(bench, "files")
    with page.expect_download() as download:
        inside.locator("[data-save=map]").click()
    text = Path(download.value.path()).read_text()
    assert text.startswith("type octile\nheight 10\nwidth 20\nmap\n")
    (tmp_path / "own.map").write_text("type octile\nheight 3\nwidth 4\nmap\n....\n.@@.\n....\n")
    inside.locator("[data-file]").set_input_files(tmp_path / "own.map")
    expect(inside.locator(".said")).to_contain_text("own.map: 4 × 3 cells")
    lines = [
        "version 1",
        "0\town.map\t4\t3\t0\t0\t3\t0\t3",
        "1\town.map\t4\t3\t0\t0\t3\t2\t5",
        "1\town.map\t4\t3\t0\t0\t3\t2\t4",
    ]
    (tmp_path / "own.scen").write_text("\n".join(lines))
    inside.locator("[data-file]").set_input_files(tmp_path / "own.scen")
    expect(inside.locator(".said")).to_contain_text("2 of 3 lengths as in the file")
    expect(inside.locator(".buckets tbody tr")).to_have_count(2)
    with page.expect_download() as download:
        inside.locator("[data-save=png]").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
