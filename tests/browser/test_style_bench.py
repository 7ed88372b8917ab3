"""What the style bench lets a reader do with a run: lay it beside others, scrub it, recolour it, ask for its style."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.site import Site

pytestmark = pytest.mark.browser

RUN_SECONDS = 120_000


@pytest.fixture
def bench(page: Page) -> Iterator[Locator]:
    """The bench on its page, with its panel at work and a short run declared."""
    page.goto("/demos/style-transfer")
    bench = page.locator("live-demo")
    expect(bench.locator("[data-thumbs] img").first).to_be_attached()  # the panel has drawn the example
    bench.locator("label:has(input[name=size][value='256'])").click()
    yield bench


def set_to(bench: Locator, **values: str) -> None:
    for name, value in values.items():
        control = bench.locator(f"[name={name}]").first
        control.evaluate("input => { const group = input.closest('details'); if (group) group.open = true; }")
        if control.get_attribute("type") == "radio":
            bench.locator(f"label:has(input[name={name}][value='{value}'])").click()
        else:
            control.fill(value)


def run(bench: Locator, **values: str) -> None:
    set_to(bench, **values)
    bench.locator("[data-run]").click()
    expect(bench).to_have_attribute("data-state", "done", timeout=RUN_SECONDS)
    # Previews are WebP. The bench says that it is done before it could decode what is kept, which is PNG.
    expect(bench.locator(".frame.right img").last).to_have_attribute("src", re.compile(r"\.png$"))


def src(frame: Locator) -> str:
    return str(frame.locator("img").last.get_attribute("src"))


def test_one_pass_and_the_optimisation_are_laid_side_by_side(bench: Locator) -> None:
    run(bench, steps="40", seed="11")
    expect(bench.locator("[data-gap]")).to_contain_text("One pass:")
    expect(bench.locator("[data-gap]")).to_contain_text("lower")
    once, now = bench.locator("[data-loss=total] td").all_text_contents()
    assert float(once) > float(now) > 0
    bench.get_by_role("button", name="One pass").click()
    left = bench.locator(".frame.left[data-picture=once]")
    expect(left).to_be_visible()
    assert src(left) != src(bench.locator(".frame.right"))
    expect(bench.locator(".frame.left[data-picture=content]")).to_be_hidden()


def test_a_second_run_stands_beside_the_one_before(bench: Locator) -> None:
    expect(bench.get_by_role("button", name="Run before")).to_be_disabled()
    run(bench, steps="20", optimiser="lbfgs", seed="12")
    first = src(bench.locator(".frame.right"))
    run(bench, optimiser="adam")
    expect(bench.locator("[data-before]")).to_contain_text("Optimiser L-BFGS")
    bench.get_by_role("button", name="Run before").click()
    expect(bench.locator(".frame.left[data-picture=before] img")).to_have_attribute("src", first)
    assert bench.locator(".chart .line.before").count() >= 3


def test_the_tape_and_the_chart_show_earlier_steps_by_keyboard(bench: Locator, page: Page) -> None:
    run(bench, steps="150", seed="13")
    result = src(bench.locator(".frame.right"))
    tape = bench.get_by_label("The picture as it came about")
    tape.focus()
    page.keyboard.press("Home")
    expect(tape).to_have_attribute("aria-valuetext", "One pass")
    expect(bench.locator("[data-numbers]")).to_contain_text("One pass: total")
    expect(bench.locator(".frame.right img").last).not_to_have_attribute("src", result)
    chart = bench.get_by_label("Step on the chart")
    chart.focus()
    page.keyboard.press("ArrowRight")
    expect(bench.locator("[data-numbers]")).to_contain_text("Step ")
    page.keyboard.press("End")
    expect(bench.locator(".frame.right img").last).to_have_attribute("src", result)


def test_lines_are_toggled_and_their_numbers_are_a_table(bench: Locator) -> None:
    assert bench.locator(".chart .line").count() == 3
    bench.get_by_role("button", name="relu3_1").click()
    expect(bench.locator(".chart .line.relu3_1")).to_be_attached()
    bench.get_by_role("button", name="total", exact=True).click()
    expect(bench.locator(".chart .line.total")).not_to_be_attached()
    bench.get_by_text("The numbers as a table").click()
    table = bench.get_by_role("table").last
    expect(table.get_by_role("columnheader")).to_have_count(9)
    assert table.get_by_role("row").count() > 5


def test_colours_change_after_the_run_at_once_and_without_another(bench: Locator) -> None:
    run(bench, steps="20", seed="14")
    painted = src(bench.locator(".frame.right"))
    job = bench.locator("[data-share]").get_attribute("href")
    set_to(bench, colours="luminance")
    bench.locator(".frame.right img[src^='blob:']").last.wait_for()
    expect(bench).to_have_attribute("data-state", "done")
    set_to(bench, colours="painted")
    expect(bench.locator(".frame.right img").last).to_have_attribute("src", painted)
    assert bench.locator("[data-share]").get_attribute("href") == job


def test_faders_have_ready_mixtures(bench: Locator) -> None:
    set_to(bench, layer_1="1")
    bench.get_by_role("button", name="Brush strokes only").click()
    values = [bench.locator(f"input[name=layer_{number}]").input_value() for number in range(1, 6)]
    assert values == ["2", "1", "0", "0", "0"]
    bench.get_by_role("button", name="House").click()
    assert {bench.locator(f"input[name=layer_{number}]").input_value() for number in range(1, 6)} == {"1"}


def test_three_styles_are_mixed_in_a_triangle(bench: Locator, page: Page) -> None:
    expect(bench.locator(".mixer")).not_to_be_attached()
    set_to(bench, style_2="mosaic", style_3="swirls")
    handle = bench.get_by_label("Mixture of the styles")
    expect(handle).to_have_attribute("aria-valuetext", "Style 1 34 %, Style 2 33 %, Style 3 33 %")
    handle.focus()
    for _ in range(20):
        page.keyboard.press("ArrowUp")
    expect(handle).to_have_attribute("aria-valuetext", "Style 1 0 %, Style 2 0 %, Style 3 100 %")
    assert [bench.locator(f"input[name=weight_{n}]").input_value() for n in (1, 2, 3)] == ["0", "0", "1"]
    expect(bench.locator("input[name=weight_1]")).to_be_hidden()


def test_gram_matrices_of_style_and_result_are_looked_into(bench: Locator, page: Page) -> None:
    run(bench, steps="20", seed="15")
    bench.get_by_text("What the style is: its Gram matrices").click()
    squares = bench.locator(".square")
    expect(squares).to_have_count(2, timeout=RUN_SECONDS)
    said = bench.locator(".said")
    before = said.text_content()
    squares.first.focus()
    page.keyboard.press("ArrowDown")
    expect(said).not_to_have_text(str(before))
    expect(said).to_contain_text("The result: maps")


def test_a_finished_run_is_told_without_javascript(bench: Locator, browser: Browser, site: Site) -> None:
    run(bench, steps="20", seed="16")
    address = bench.locator("[data-share]").get_attribute("href")
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(str(address))
    expect(page.locator(".frame.right img")).to_be_visible()
    expect(page.locator("figure.once img")).to_be_visible()
    once, now = page.locator("[data-loss=total] td").all_text_contents()
    assert float(once) > float(now)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_fits_a_phone_and_can_be_touched(browser: Browser, site: Site, scheme: str) -> None:
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto("/demos/style-transfer")
    expect(page.locator("[data-thumbs] img").first).to_be_attached()
    for group in page.locator("details.group").all():
        group.evaluate("group => { group.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for part in ("[data-play]", "[data-left]", ".legend button", ".presets button", "[data-scrub]"):
        for box in [element.bounding_box() for element in page.locator(part).all()]:
            assert box and box["height"] >= 43.5, part
    context.close()
