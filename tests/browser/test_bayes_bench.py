"""One test on the bench of Bayes' rule as a reader has it: guessed at, dragged, edited, kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.site import Site
from tests.browser.bayes import SETTLES, awake, drag, grip, revealed

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


def shares(bench: Locator) -> list[float]:
    """What every view says of the share that is so among the positive, in percent."""
    rect = bench.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-square] [data-group]")].map((one) =>
            [one.dataset.group, one.getAttribute("width") * one.getAttribute("height")]))"""
    )
    square = 100 * rect["true_positive"] / (rect["true_positive"] + rect["false_positive"])
    counts = {
        group: bench.locator(f"[data-people] [data-group={group}]").get_attribute("d") or ""
        for group in ("true_positive", "false_positive")
    }
    dashes = bench.locator("[data-people] svg").get_attribute("stroke-dasharray") or ""
    dots = {group: drawn(path, float(dashes.split()[1])) for group, path in counts.items()}
    people = 100 * dots["true_positive"] / sum(dots.values())
    nodes = [float(text.replace(",", "")) for text in bench.locator("[data-tree] [data-node]").all_text_contents()]
    tree = 100 * nodes[3] / (nodes[3] + nodes[5])
    table = float(bench.locator("[data-right=positive]").inner_text().split("\xa0")[0])
    odds = float(grip(bench, "Odds: after a positive result").get_attribute("aria-valuenow") or "nan")
    return [square, people, tree, table, odds]


def drawn(path: str, cell: float) -> int:
    """The dots of a path of rows: one where each begins, then one after each cell."""
    return sum(1 + int(float(long) / cell) for long in re.findall(r"h([\d.]+)", path))


def assert_linked(bench: Locator, share: float | None = None) -> None:
    """All five views agree: exactly where they have numbers, to a person where they count."""
    square, people, tree, table, odds = shares(bench)
    assert abs(square - odds) < 1
    assert abs(table - odds) < 0.051
    assert abs(people - tree) < 1e-9 and abs(people - odds) < 3
    assert share is None or abs(odds - share) < 0.05


def test_the_answer_is_covered_until_a_guess_is_made_and_the_guess_stays(page: Page) -> None:
    bench = awake(page)
    sentence = bench.locator("[data-sentence]")
    expect(sentence).to_be_hidden()
    expect(bench.locator("[data-right=positive]")).to_be_hidden()
    bench.locator("[data-guess-at]").fill("80")
    bench.locator("[data-compare]").click()
    expect(sentence).to_have_text("Of 103 women with a positive mammogram, 8 have cancer.")
    expect(bench.locator("[data-compared]")).to_contain_text(
        "You said 80 %; with the problem’s numbers it is 7.8\xa0%."
    )
    expect(bench.locator("[data-said]")).to_contain_text("7.8")
    expect(bench.locator("[data-guess]")).to_be_hidden()
    bench = awake(page)
    expect(bench.locator("[data-compared]")).to_contain_text("You said 80 %")
    assert page.evaluate("Object.keys(localStorage)").count("bayes guesses") == 1
    bench.locator("[data-forget]").click()
    expect(sentence).to_be_hidden()
    assert page.evaluate("localStorage.getItem('bayes guesses')") is None


def test_a_dragged_edge_of_the_square_moves_all_views(page: Page) -> None:
    bench = revealed(page)
    assert_linked(bench, 7.764)
    drag(page, grip(bench, "Square: base rate"), 60, 10)
    prior = float(bench.locator("[name=prior]").input_value())
    assert 15 < prior < 40
    expect(bench.locator("[data-label=prior]")).to_contain_text(f"{prior:g}")
    assert_linked(bench)
    drag(page, grip(bench, "Square: false positives"), 0, -60)
    assert float(bench.locator("[name=false_positive]").input_value()) > 20
    assert_linked(bench)
    expect(page).to_have_url(re.compile(rf"prior={prior:g}&false_positive="))


def test_an_edge_is_taken_by_its_whole_length(page: Page) -> None:
    bench = revealed(page, "?prior=40")
    box = bench.locator("[data-square] svg").bounding_box()
    assert box
    unit = box["width"] / 412
    x, y = box["x"] + (56 + 0.4 * 300) * unit, box["y"] + (50 + 100) * unit
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 75 * unit, y)
    page.mouse.up()
    page.wait_for_timeout(SETTLES)
    assert abs(float(bench.locator("[name=prior]").input_value()) - 65) < 1
    assert_linked(bench)


@pytest.mark.parametrize(
    ("name", "dx", "dy", "field"),
    [
        ("People: base rate", 20, 30, "prior"),
        ("Tree: sensitivity", -20, 0, "sensitivity"),
        ("Tree: false positives", 20, 0, "false_positive"),
        ("Odds: before the test", 30, 0, "prior"),
        ("Odds: after a positive result", -10, 0, "false_positive"),
    ],
)
def test_each_view_is_dragged_and_the_others_follow(page: Page, name: str, dx: int, dy: int, field: str) -> None:
    bench = revealed(page)
    drag(page, grip(bench, name), dx, dy)
    expect(bench.locator(f"[name={field}]")).not_to_have_value("")
    assert_linked(bench)


def test_an_edited_cell_of_the_table_is_counted(page: Page) -> None:
    bench = revealed(page)
    bench.locator("[data-table] [data-group=true_positive]").fill("28")
    expect(bench.locator("[data-sentence]")).to_have_text("Of 123 women with a positive mammogram, 28 have cancer.")
    expect(bench.locator("[name=people]")).to_have_value("1020")
    assert_linked(bench, 100 * 28 / 123)


def test_every_handle_is_moved_by_the_arrow_keys(page: Page) -> None:
    bench = revealed(page, "?prior=20&sensitivity=70&false_positive=30")
    handles = bench.locator(".grip:visible")
    names = [str(name) for name in handles.evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")]
    assert len(names) == 3 + 3 + 3 + 2
    for name in names:
        handle = grip(bench, name)
        before = handle.get_attribute("aria-valuenow") or ""
        handle.focus()
        for key, sign in (("ArrowRight", 1), ("PageUp", 1), ("ArrowDown", -1)):
            page.keyboard.press(key)
            expect(handle).not_to_have_attribute("aria-valuenow", before)
            now = handle.get_attribute("aria-valuenow") or ""
            assert (float(now) - float(before)) * sign > 0, (name, key)
            before = now
        expect(handle).to_be_focused()
    assert_linked(bench)


def test_a_problem_brings_its_question_and_its_numbers(page: Page) -> None:
    bench = revealed(page, "?prior=30")
    bench.locator("[name=problem]").select_option("monty-hall")
    expect(bench.locator("[data-question]")).to_contain_text("The host, who knows where the car is, opens door 3")
    expect(bench.locator("[data-sentence]")).to_be_hidden()
    expect(bench.locator("[name=prior]")).to_have_value("")
    bench.locator("[data-reveal]").click()
    expect(bench.locator("[data-posterior]")).to_have_text("66.7\xa0%")
    expect(page).to_have_url(re.compile(r"\?problem=monty-hall$"))
    bench.locator("[name=problem]").select_option("court")
    bench.locator("[data-reveal]").click()
    expect(bench.locator("[data-sentence]")).to_have_text("Of 11 people who match, 1 left the trace.")
    assert (bench.locator("[data-people] [data-group=true_positive]").get_attribute("d") or "").count("M") == 1
    expect(bench.locator("[data-crowd]")).to_contain_text("of whom the positive are drawn")


def test_too_few_people_are_said_to_be(page: Page) -> None:
    bench = revealed(page, "?prior=0.02&sensitivity=99&false_positive=0.1")
    expect(bench.locator("[data-enough]")).to_be_visible()
    bench.locator("[data-count]").click()
    expect(bench.locator("[data-enough]")).to_be_hidden()
    expect(bench.locator("[name=people]")).not_to_have_value("")
    assert int(bench.locator("[name=people]").input_value()) > 1000


def test_what_is_no_percentage_is_said_beside_its_field(page: Page) -> None:
    bench = revealed(page)
    bench.locator("[name=prior]").fill("150")
    expect(bench.locator("[data-problem=prior]")).to_have_text("Base rate must be from 0 to 100.")
    bench.locator("[name=prior]").fill("50")
    expect(bench.locator("[data-problem=prior]")).to_be_hidden()
    expect(bench.locator("[data-posterior]")).to_have_text("89.3\xa0%")


def test_the_sentence_and_the_picture_are_kept(page: Page) -> None:
    bench = revealed(page)
    for kind in ("svg", "png"):
        with page.expect_download() as saved:
            bench.locator(f"[data-keep={kind}]").click()
        assert saved.value.suggested_filename == f"bayes.{kind}"
        data = saved.value.path().read_bytes()
        assert data.startswith(b"<svg" if kind == "svg" else b"\x89PNG")
        if kind == "svg":
            assert "Of 103 women with a positive mammogram, 8 have cancer. That is 7.8" in data.decode()


def test_a_finger_drags_a_handle_and_scrolls_beside_it(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    bench = awake(page)
    bench.locator("[data-reveal]").tap()
    handle = grip(bench, "Square: base rate")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box and min(box["width"], box["height"]) >= 44
    touch = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for kind, at in (("touchStart", 0), ("touchMove", 40), ("touchMove", 90)):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x + at, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(SETTLES)
    assert float(bench.locator("[name=prior]").input_value()) > 20
    context.close()


def test_two_benches_on_a_page_do_not_disturb_each_other(page: Page) -> None:
    page.goto("/posts/bayes")
    benches = page.locator("live-demo")
    for place in (0, 3):
        benches.nth(place).scroll_into_view_if_needed()
        expect(benches.nth(place).locator(".chosen > [data-awake]:not([hidden])")).to_have_count(1)
    monty = benches.nth(3)
    monty.locator("[data-reveal]").click()
    monty.locator("[name=prior]").fill("50")
    expect(monty.locator("[data-posterior]")).to_have_text("80\xa0%")
    expect(benches.nth(0).locator("[data-posterior]")).to_have_text("7.8\xa0%")
    expect(benches.nth(0).locator("[data-sentence]")).to_be_hidden()
    assert "?" not in page.url
