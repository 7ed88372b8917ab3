"""The explorer, the failures and the replay of the detection bench as a reader has them."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.site import Site

pytestmark = pytest.mark.browser

BENCH = "/demos/detection"
PHONE = {"width": 390, "height": 844}
RUN_SECONDS = 60_000


def opened(page: Page, part: str) -> Locator:
    page.goto(BENCH)
    bench = page.locator("live-demo")
    expect(bench).to_have_attribute("data-live", "")
    bench.locator(f"[data-part={part}] > summary").click()
    return bench


def look_at(bench: Locator, words: str) -> None:
    bench.locator(".explorer label", has_text=words).click()


def draw(page: Page, bench: Locator, *corners: float) -> None:
    """Drags from one place of the photograph to another, as shares of its sides."""
    place = bench.locator("[data-overlay]").bounding_box()
    assert place
    x0, y0, x1, y1 = (place["xy"[i % 2]] + place[("width", "height")[i % 2]] * share for i, share in enumerate(corners))
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
    page.mouse.move(x1, y1)
    page.mouse.up()


def test_a_cell_is_chosen_by_touch_and_by_the_arrow_keys(page: Page) -> None:
    bench = opened(page, "explorer")
    said, column, row = (
        bench.locator(f"{where}") for where in ("[data-said-of-anchor]", "[name=column]", "[name=row]")
    )
    expect(said).to_contain_text(re.compile(r"Anchor [\d,]+ of [\d,]+: \d+ × \d+ px"))
    sure = bench.locator(".explorer .bars .score").first.inner_text()
    assert sure == bench.locator("[data-rows] tr").first.inner_text().split("\t")[2], "it begins with the surest"
    look_at(bench, "fine")
    place = bench.locator("[data-overlay]").bounding_box()
    assert place
    bench.locator("[data-overlay]").click(position={"x": place["width"] / 2, "y": place["height"] / 2})
    assert abs(int(column.input_value()) - 30) <= 1 and abs(int(row.input_value()) - 21) <= 2
    before = int(column.input_value()), int(row.input_value())
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    assert (int(column.input_value()), int(row.input_value())) == (before[0] - 2, before[1] - 1)
    assert bench.locator(".explored :is(.standing, .moved, .arrow)").count() == 3
    bench.locator("[name=field]").select_option("score")
    assert bench.locator(".explored .shade").count() > 1


def test_sixteen_anchors_are_explored_alike(page: Page) -> None:
    bench = opened(page, "explorer")
    look_at(bench, "16 anchors")
    expect(bench.locator("[data-said-of-anchor]")).to_contain_text("of 16:")
    expect(bench.locator("[data-choice=level]")).to_be_hidden()


def test_a_drawn_box_lights_the_anchors_that_answer_for_it(page: Page) -> None:
    bench = opened(page, "explorer")
    look_at(bench, "Boxes you draw")
    expect(bench.locator("[data-matched]")).to_contain_text("Nothing is drawn")
    draw(page, bench, 0.03, 0.02, 0.36, 0.5)
    expect(bench.locator("[data-matched]")).to_contain_text(re.compile(r"^[1-9]\d* anchors of [\d,]+ answer"))
    expect(bench.locator("[data-losses]")).to_contain_text(re.compile(r"Loss ≤ \d"))
    expect(bench.locator("[data-precision]")).to_contain_text("1 of the 5 kept boxes is right")
    rows = bench.locator("[data-anchors] tr")
    shared = [float(row.split("\t")[3]) for row in rows.all_inner_texts()]
    assert shared == sorted(shared, reverse=True) and len(shared) > 3
    assert bench.locator("[data-heat] rect").count() == len(shared)
    rows.nth(1).hover()
    expect(bench.locator(".explored .lit .standing")).to_have_count(1)
    bench.locator("[name=fits]").fill("0.95")
    expect(bench.locator("[data-matched]")).to_contain_text("1 anchor of")
    expect(rows.first.locator("td").nth(1)).to_have_text("best")
    draw(page, bench, 0.5, 0.5, 0.5, 0.5)  # a tap draws nothing
    expect(bench.locator("[data-drawn] li")).to_have_count(1)


def test_a_box_is_drawn_named_moved_and_removed_by_the_keyboard(page: Page) -> None:
    bench = opened(page, "explorer")
    look_at(bench, "Boxes you draw")
    bench.locator("[data-add]").focus()
    page.keyboard.press("Enter")
    box = bench.locator(".pen [data-box='0']")
    expect(box).to_be_focused()
    sides = [int(side) for side in re.findall(r"\d+(?= |\.)", str(box.get_attribute("aria-label")).split(":")[1])]
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
    moved = [int(side) for side in re.findall(r"\d+(?= |\.)", str(box.get_attribute("aria-label")).split(":")[1])]
    assert moved[0] < sides[0] and moved[1] > sides[1] and moved[2] - moved[0] > sides[2] - sides[0]
    expect(box).to_be_focused()
    bench.locator("[data-drawn] select").select_option(label="zebra")
    expect(box).to_have_attribute("aria-label", re.compile("zebra"))
    box.focus()
    page.keyboard.press("Delete")
    expect(bench.locator("[data-drawn] li")).to_have_count(0)


def test_a_closed_explorer_leaves_the_photograph_as_it_was(page: Page) -> None:
    bench = opened(page, "explorer")
    expect(bench.locator(".overlay.exploring")).to_have_count(1)
    bench.locator("[data-part=explorer] > summary").click()
    expect(bench.locator(".overlay.exploring, .explored")).to_have_count(0)


def test_a_failure_is_put_on_the_bench_and_so_is_what_cures_it(page: Page) -> None:
    bench = opened(page, "failures")
    for which, kept in (("last", 2), ("first", 1)):
        getattr(bench.locator("[data-failure=twins] button"), which).click()
        expect(bench).to_have_attribute("data-state", "done", timeout=RUN_SECONDS)
        expect(bench.locator("[data-tally]")).to_contain_text(f"{kept} kept")
    expect(bench.locator("input[name=photo][value=twins]")).to_be_checked()


def test_without_scripts_the_failures_are_pictures_with_reasons(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(BENCH)
    page.locator("[data-part=failures] > summary").click()
    expect(page.locator("[data-failure] img").first).to_be_visible()
    assert page.locator("[data-failure] figcaption").count() == 5
    expect(page.locator("[data-part=explorer]")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_replay_plays_unless_less_motion_is_asked_for(browser: Browser, site: Site, motion: str) -> None:
    context = browser.new_context(base_url=site.url, reduced_motion=motion)  # type: ignore[arg-type]
    page = context.new_page()
    bench = opened(page, "replay")
    expect(bench.locator("[data-words]")).to_contain_text("0.02")
    play, tape = bench.locator("[data-play]"), bench.locator("[name=at]")
    if motion == "reduce":
        expect(play).to_be_hidden()
        tape.focus()
        page.keyboard.press("End")
    else:
        tape.fill("20")
        play.click()
    expect(bench.locator("[data-step]")).to_have_text("900")
    expect(bench.locator("[data-words]")).to_contain_text("person, 0.6")
    expect(play).to_have_text("Play")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_opened(browser: Browser, site: Site, scheme: str) -> None:
    context = browser.new_context(base_url=site.url, viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    bench = opened(page, "explorer")
    for part in ("failures", "replay"):
        bench.locator(f"[data-part={part}] > summary").click()
    expect(bench.locator("[data-words]")).to_contain_text("The surest")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for words in ("One anchor", "Boxes you draw"):
        look_at(bench, words)
        if words == "Boxes you draw":
            bench.locator("[data-add]").click()
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["html"][:90] for node in each["nodes"]][:3]) for each in found] == []
    context.close()
