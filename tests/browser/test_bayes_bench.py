"""The bench of Bayes' rule as a reader has it: dragged, guessed at, driven, shared, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.site import Site
from tests.browser.benches import opened

pytestmark = pytest.mark.browser

BENCH = "/demos/bayes"
PHONE = {"width": 390, "height": 844}


def awake(page: Page, asked: str = "") -> Locator:
    """The bench with the part that the address asks for, once its script is there."""
    bench = opened(page, BENCH + asked)
    expect(bench.locator(".chosen > [data-awake]:not([hidden])")).to_have_count(1)
    return bench


def revealed(page: Page, asked: str = "") -> Locator:
    """The bench with its answer shown and all its views awake."""
    bench = awake(page, asked)
    bench.locator("[data-reveal]").click()
    expect(bench.locator("[data-table] [readonly]")).to_have_count(0)
    return bench


def grip(bench: Locator, name: str) -> Locator:
    return bench.get_by_role("slider", name=name, exact=True)


def drag(page: Page, handle: Locator, dx: float, dy: float) -> None:
    """Drags a handle by so many pixels."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2)
    page.mouse.move(x + dx, y + dy)
    page.mouse.up()


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
    dots = {group: path.count("M") for group, path in counts.items()}
    people = 100 * dots["true_positive"] / sum(dots.values())
    nodes = [float(text.replace(",", "")) for text in bench.locator("[data-tree] [data-node]").all_text_contents()]
    tree = 100 * nodes[3] / (nodes[3] + nodes[5])
    table = float(bench.locator("[data-right=positive]").inner_text().split("\xa0")[0])
    odds = float(grip(bench, "Odds: after a positive result").get_attribute("aria-valuenow") or "nan")
    return [square, people, tree, table, odds]


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
    assert re.search(rf"prior={prior:g}&false_positive=", page.url)


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
        before = float(handle.get_attribute("aria-valuenow") or "nan")
        handle.focus()
        for key, sign in (("ArrowRight", 1), ("PageUp", 1), ("ArrowDown", -1)):
            page.keyboard.press(key)
            page.wait_for_timeout(50)
            now = float(handle.get_attribute("aria-valuenow") or "nan")
            assert (now - before) * sign > 0, (name, key)
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
    assert page.url.endswith("?problem=monty-hall")
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
    assert int(bench.locator("[name=people]").input_value()) > 1000


def test_what_is_no_percentage_is_said_beside_its_field(page: Page) -> None:
    bench = revealed(page)
    bench.locator("[name=prior]").fill("150")
    expect(bench.locator("[data-problem=prior]")).to_have_text("Base rate must be from 0 to 100.")
    bench.locator("[name=prior]").fill("50")
    expect(bench.locator("[data-problem=prior]")).to_be_hidden()
    expect(bench.locator("[data-posterior]")).to_have_text("89.3\xa0%")


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
    assert_linked(bench, 7.764)
    assert page.url.endswith(BENCH)


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
    expect(bench.locator("[name=prior]")).not_to_have_value("")
    assert float(bench.locator("[name=prior]").input_value()) > 20
    context.close()
