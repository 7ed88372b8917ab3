"""The feature-map bench as a reader has it: by mouse, by keyboard, on a phone, without scripts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.site import Site
from tests.browser.benches import opened

pytestmark = pytest.mark.browser

BENCH = "/demos/feature-maps"
LAYER = "style-encoder/relu3_1"
QUICK = f"{BENCH}?channel={LAYER}/5&size=128&steps=20"
RUN_SECONDS = 60_000
PHONE = {"width": 390, "height": 844}


def quick(page: Page, **more: str) -> Locator:
    """The bench at a quick run, with its sheet."""
    bench = opened(page, QUICK + "".join(f"&{name}={value}" for name, value in more.items()))
    bench.locator("[data-sheet]").scroll_into_view_if_needed()
    expect(tile(bench, 5)).to_have_attribute("aria-current", "true")
    expect(tile(bench, 5)).to_have_attribute("tabindex", "0")
    return bench


def tile(bench: Locator, number: int) -> Locator:
    return bench.locator(f"[data-sheet] [data-channel='{number}']")


def pick(bench: Locator, name: str, value: str) -> None:
    bench.locator(f"label:has(input[name={name}][value='{value}'])").click()


def run(bench: Locator) -> None:
    bench.locator("[data-run]").click()
    done(bench)


def done(bench: Locator) -> None:
    expect(bench).to_have_attribute("data-state", "done", timeout=RUN_SECONDS)


def part(bench: Locator, name: str) -> Locator:
    bench.locator(f"[data-part={name}] > summary").click()
    return bench.locator(f"[data-part={name}] .inside")


def window(atlas: Locator) -> float:
    """The side of what is seen of the map, as a share of it."""
    return float(str(atlas.locator(".map").get_attribute("viewBox")).split()[2])


def pinch(map: Locator) -> None:
    """Two fingers that end twice as far apart as they began."""
    map.evaluate("""map => {
        const { left, top } = map.getBoundingClientRect();
        const touch = (type, pointerId, x) => map.dispatchEvent(
            new PointerEvent(type, { pointerId, clientX: left + x, clientY: top + 100, bubbles: true }));
        touch("pointerdown", 1, 100);
        touch("pointerdown", 2, 150);
        touch("pointermove", 2, 200);
        touch("pointerup", 1, 100);
        touch("pointerup", 2, 200);
    }""")


def test_a_channel_picked_in_the_sheet_is_drawn_live(page: Page) -> None:
    bench = quick(page)
    tile(bench, 9).hover()
    expect(bench.locator("[data-title]")).to_contain_text("Channel 9 of relu3_1")
    expect(bench.locator("[data-crops] a")).to_have_count(9)
    tile(bench, 9).click()
    done(bench)
    assert bench.locator("input[name=channel]").input_value() == f"{LAYER}/9"
    expect(bench.locator("[data-picture=result] img:last-child")).to_be_visible()
    expect(bench.locator("[data-tally]")).to_contain_text(
        re.compile(r"Channel 9 of relu3_1: [\d.]+\s× the best photograph")
    )
    expect(bench.locator("[data-chart] path.line")).to_have_count(1)
    expect(bench.locator("[data-chart] path.best")).to_have_count(1)
    expect(bench.locator("[data-numbers]")).to_contain_text("Step 20 of 20 at 128 px")
    expect(tile(bench, 9)).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("relu3_1%2F9"))  # the address is that of the channel


def test_the_keys_go_from_channel_to_channel_and_enter_draws_one(page: Page) -> None:
    bench = quick(page)
    tile(bench, 5).focus()
    columns = bench.locator("[data-sheet]").evaluate(
        "grid => getComputedStyle(grid).gridTemplateColumns.split(' ').length"
    )
    for key, number in (
        ("ArrowRight", 6),
        ("ArrowDown", 6 + columns),
        ("ArrowLeft", 5 + columns),
        ("End", 63),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        expect(tile(bench, number)).to_be_focused()
        expect(bench.locator("[data-pointed]")).to_contain_text(f"{number}: ")
    assert bench.locator("[data-sheet] [tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    done(bench)
    expect(bench.locator("[data-tally]")).to_contain_text("Channel 0 of relu3_1")


def test_the_curve_leads_back_through_the_run(page: Page) -> None:
    bench = quick(page)
    run(bench)
    last = str(bench.locator("a[data-offer=result]").get_attribute("href"))
    knob = bench.locator("[data-step]")
    knob.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(bench.locator("[data-numbers]")).to_contain_text("Step 1 of 20 at 128 px")
    page.keyboard.press("PageUp")
    shown = bench.locator("[data-picture=result] img:last-child")
    expect(shown).not_to_have_attribute("src", last)
    page.keyboard.press("End")
    expect(shown).to_have_attribute("src", last)


def test_three_methods_stand_side_by_side_with_what_they_reach(page: Page) -> None:
    bench = quick(page)
    pick(bench, "question", "methods")
    run(bench)
    for name in ("plain", "growing", "fourier"):
        expect(bench.locator(f"[data-picture={name}] img:last-child")).to_be_visible()
        expect(bench.locator(f"[data-reached={name}]")).to_contain_text("the best photograph")
        expect(bench.locator(f"[data-chart] path.line.{name}")).to_have_count(1)
    expect(bench.locator("[data-picture=result]")).to_be_hidden()


def test_a_click_on_another_channel_stops_the_run_that_goes_on(page: Page) -> None:
    bench = quick(page, seed="7")
    bench.locator("details.group", has_text="Schedule").locator("summary").click()
    bench.locator("input[name=steps]").fill("500")
    tile(bench, 11).click()
    expect(bench).to_have_attribute("data-state", "running", timeout=RUN_SECONDS)
    bench.locator("input[name=steps]").fill("20")
    tile(bench, 12).click()
    expect(bench.locator("[data-tally]")).to_contain_text("Channel 12 of relu3_1", timeout=RUN_SECONDS)
    done(bench)


def test_a_photograph_says_which_channels_it_excites_and_where(page: Page) -> None:
    bench = quick(page, question="photo", photo="cat")
    run(bench)
    overlay = bench.locator("[data-overlay]")
    expect(overlay).to_have_attribute("aria-label", re.compile("Channel 5 of relu3_1 fires"))
    expect(bench.locator(".detail .patches svg")).not_to_have_count(0)
    veil = overlay.locator("image").get_attribute("href")
    other = bench.locator("[data-reading] [data-entry^='relu4_1']").first
    other.focus()
    expect(overlay).to_have_attribute("aria-label", re.compile("of relu4_1 fires"))
    assert overlay.locator("image").get_attribute("href") != veil
    bench.locator("[data-entry^='class ']").first.click()
    expect(bench.locator("[data-detail]")).to_contain_text("where the detector sees it")
    bench.locator("[data-cover]").click()
    expect(overlay.locator(".square")).to_be_focused()
    place = overlay.locator(".square").get_attribute("x")
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert overlay.locator(".square").get_attribute("x") != place
    expect(bench.locator("[data-detail]")).to_contain_text(re.compile(r"falls by|rises by|stays"))
    other.hover()
    expect(overlay.locator(".square")).to_have_count(0)
    page.mouse.move(0, 0)
    expect(overlay.locator(".square")).to_have_count(1)
    other.click()
    bench.locator("[data-draw]").click()
    expect(bench.locator("[data-tally]")).to_contain_text("of relu4_1: ", timeout=RUN_SECONDS)
    assert bench.locator("input[name=question]:checked").input_value() == "draw"


def test_a_photograph_is_pushed_and_laid_beside_what_it_was(page: Page) -> None:
    bench = quick(page, question="push", photo="cat")
    run(bench)
    for name in ("before", "result"):
        expect(bench.locator(f"[data-picture={name}] img:last-child")).to_be_visible()
    bench.locator("[data-divide]").fill("80")
    assert bench.locator("[data-view]").evaluate("view => view.style.getPropertyValue('--split')") == "80%"


def test_only_what_counts_is_asked_and_a_method_sets_its_switches(page: Page) -> None:
    bench = quick(page)
    field = {
        name: bench.locator(f"[data-field={name}]") for name in ("photo", "occluder", "second", "mix", "x", "method")
    }
    for hidden in ("photo", "occluder", "second", "mix", "x"):
        expect(field[hidden]).to_be_hidden()
    pick(bench, "objective", "mix")
    for shown in ("second", "mix"):
        expect(field[shown]).to_be_visible()
    pick(bench, "question", "photo")
    for name, shown in (("photo", True), ("occluder", True), ("mix", False), ("method", False)):
        expect(field[name]).to_be_visible(visible=shown)
    pick(bench, "question", "draw")
    bench.locator("details.group", has_text="Regularisers").locator("summary").click()
    pick(bench, "method", "fourier")
    expect(bench.locator("input[name=fourier][type=checkbox]")).to_be_checked()
    expect(bench.locator("input[name=grow][type=checkbox]")).not_to_be_checked()
    bench.locator("input[name=decay][type=checkbox]").check()
    assert bench.locator("input[name=method]:checked").input_value() == "own"


def test_the_quiz_asks_and_explains(page: Page) -> None:
    bench = quick(page)
    quiz = part(bench, "quiz")
    quiz.get_by_role("button", name="Begin").click()
    for number in (1, 2):
        expect(quiz).to_contain_text(f"Round {number} of 10")
        quiz.locator(".option").first.click()
        expect(quiz.locator(".told")).to_contain_text(re.compile(r"(Right|No)\. It is channel \d+"))
        expect(quiz.locator(".option.right")).to_have_count(1)
        expect(quiz.get_by_role("button", name="Next")).to_be_focused()
        page.keyboard.press("Enter")
    expect(quiz.locator(".score")).to_contain_text("right so far")


def test_the_parts_show_what_was_drawn_ahead(page: Page) -> None:
    bench = quick(page)
    switches = part(bench, "switches")
    expect(switches.locator(".combinations button")).to_have_count(32)
    switches.locator(".check").nth(0).click()
    switches.locator(".check").nth(2).click()
    expect(switches.locator(".combinations button").nth(5)).to_have_attribute("aria-pressed", "true")
    atlas = part(bench, "atlas")
    coarse = atlas.locator(".cell").count()
    atlas.locator(".cell[tabindex='0']").focus()
    for _ in range(3):
        page.keyboard.press("+")
    assert atlas.locator(".cell").count() > coarse
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    assert window(atlas) == 1
    pinch(atlas.locator(".map"))
    assert window(atlas) == pytest.approx(0.5, abs=0.01)
    expect(atlas.locator(".legend")).to_contain_text("of the gallery")
    untrained = part(bench, "untrained")
    for figure in untrained.locator("figure").all():
        expect(figure.locator("button")).not_to_have_count(0)
    expect(part(bench, "health")).to_contain_text(re.compile(r"Dead: \d+ of 64"))


def test_nothing_moves_when_a_run_replaces_the_picture(page: Page) -> None:
    bench = quick(page, seed="3")
    parts = ".controls, [data-sheet], [data-card], .foot"
    tops = f"[...document.querySelectorAll('{parts}')].map((part) => part.getBoundingClientRect().top + scrollY)"
    before = page.evaluate(tops)
    run(bench)
    assert page.evaluate(tops) == before


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_nothing_is_cut_off_and_targets_are_large(browser: Browser, site: Site, width: int) -> None:
    context = browser.new_context(base_url=site.url, viewport=PHONE | {"width": width}, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    page = context.new_page()
    bench = quick(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    targets = bench.locator(
        ":is(button, summary, .choices label, [data-sheet] a, [data-layer], .near a[href], .crops a):visible"
    )
    boxes = [(target.bounding_box(), target) for target in targets.all()]
    small = [target for box, target in boxes if box and min(box["height"], box["width"]) < 43.5]
    assert small == []
    context.close()


def test_axe_finds_nothing_in_a_photograph_that_is_read(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, color_scheme="dark", reduced_motion="reduce")
    page = context.new_page()
    bench = quick(page, question="photo", photo="coffee")
    run(bench)
    bench.locator("[data-cover]").click()
    quiz = part(bench, "quiz")
    quiz.get_by_role("button", name="Begin").click()
    quiz.locator(".option").first.click()
    violations = Axe().run(page).response["violations"]
    assert [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in violations] == []
    context.close()


def test_without_scripts_every_channel_has_a_page_with_links_to_the_others(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{BENCH}?channel={LAYER}/37")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Channel 37 of relu3_1")
    expect(page.locator("[data-sheet] a")).to_have_count(64)
    expect(page.locator("[data-crops] a")).to_have_count(9)
    page.locator("[data-way=next]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Channel 38 of relu3_1")
    page.locator("[data-sheet] a").nth(2).click()
    page.locator("[data-network=detector] a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Channel 2 of stem")
    expect(page.locator(".part").first).to_be_hidden()
    context.close()
