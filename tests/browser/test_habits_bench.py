"""The bench of habits as a reader has it: curves that answer at once, and parts that never leave the browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.site import Site
from tests.browser.benches import opened

pytestmark = pytest.mark.browser

BENCH = "/demos/habits"


def awake(page: Page, asked: str = "") -> Locator:
    return opened(page, BENCH + asked)


def part(bench: Locator, name: str) -> Locator:
    """A part of the bench, opened and loaded."""
    found = bench.locator(f"[data-part={name}]")
    found.locator("summary").click()
    expect(found.locator("[data-place] > *").first).to_be_attached()
    return found


def requests_of(page: Page) -> list[str]:
    sent: list[str] = []
    page.on("request", lambda request: None if request.url.startswith("blob:") else sent.append(request.url))
    return sent


def test_the_curve_answers_and_the_address_keeps_it(page: Page) -> None:
    bench = awake(page, "?missed=none")
    expect(bench.locator("[data-sentence]")).to_have_text("After 365 days: 37.78 times day 1. ")
    before = bench.locator("[data-curve=every_day]").get_attribute("d")
    bench.locator("[name=rate]").focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    expect(bench.locator("[data-sentence]")).to_contain_text("2.55 % of day 1 is left")
    assert bench.locator("[data-curve=every_day]").get_attribute("d") != before
    bench.locator("[name=scale][value=log]").check()
    expect(bench.locator("[data-marks] span").first).to_have_text("1")
    page.wait_for_url("**rate=-1*scale=log*")


def test_values_are_read_at_any_day_by_key_and_by_pointer(page: Page) -> None:
    bench = awake(page, "?missed=none")
    day = bench.locator("[data-day]")
    day.focus()
    page.keyboard.press("ArrowLeft")
    expect(bench.locator("[data-value=every_day]")).to_have_text(f"{1.01**364:.2f} ×")
    assert "Day 364" in (day.get_attribute("aria-valuetext") or "")
    chart = bench.locator("[data-chart]")
    box = chart.bounding_box()
    assert box
    chart.hover(position={"x": box["width"] / 5, "y": 40})
    expect(bench.locator("[data-day-label]")).to_have_text("Read at day 73")
    expect(bench.locator("[data-value=every_day]")).to_have_text(f"{1.01**73:.2f} ×")


def test_two_lives_are_lived_with_the_same_luck(page: Page) -> None:
    bench = awake(page, "?probability=40")
    bench.locator("[data-play]").click()
    lives = bench.locator("[data-lives] figure")
    expect(lives).to_have_count(2)
    expect(lives.nth(1)).to_contain_text("0 of them a second day in a row")
    assert lives.nth(0).locator("rect").count() == 60


def test_cards_are_made_kept_printed_and_sent_nowhere(page: Page) -> None:
    bench = awake(page)
    cards = part(bench, "cards")
    sent = requests_of(page)
    cards.get_by_role("button", name="Make the card").click()
    expect(cards.locator("[role=alert]")).to_contain_text("Say both")
    cards.get_by_label("After I", exact=True).fill("pour my coffee")
    cards.get_by_label("I will", exact=True).fill("write one line")
    cards.get_by_label("at or in").fill("the kitchen table")
    page.keyboard.press("Enter")
    expect(cards.locator("li")).to_contain_text("After I pour my coffee, I will write one line at the kitchen table.")
    page.evaluate("window.print = () => { window.printed = document.documentElement.className; }")
    cards.get_by_role("button", name="Print them").click()
    assert "printing-cards" in page.evaluate("window.printed")
    page.wait_for_timeout(300)
    assert sent == [] and "coffee" not in page.url
    cards = part(awake(page), "cards")
    expect(cards.locator("li")).to_have_count(1)
    cards.get_by_role("button", name="Take away").click()
    expect(cards.locator("li")).to_have_count(0)


def test_days_are_marked_by_keyboard_counted_exported_and_sent_nowhere(page: Page) -> None:
    bench = awake(page)
    calendar = part(bench, "calendar")
    sent = requests_of(page)
    calendar.get_by_label("The habit").fill("write")
    calendar.locator("button[tabindex='0'][data-day]").focus()
    page.keyboard.press("Space")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    streaks = calendar.locator(".streaks")
    expect(streaks).to_have_text("Now 1 day, longest 1 day, 2 days in all.")
    calendar.get_by_label("One missed day").check()
    expect(streaks).to_have_text("Now 2 days, longest 2 days, 2 days in all.")
    with page.expect_download() as saved:
        calendar.get_by_role("button", name="Export").click()
    text = saved.value.path().read_text()
    assert text.startswith("BEGIN:VCALENDAR") and text.count("SUMMARY:✓ write") == 2
    page.wait_for_timeout(300)
    assert sent == []
    calendar = part(awake(page), "calendar")
    expect(calendar.locator("[aria-pressed=true]")).to_have_count(2)


def test_the_scorecard_adds_up_is_kept_and_sent_nowhere(page: Page) -> None:
    bench = awake(page)
    card = part(bench, "scorecard")
    sent = requests_of(page)
    expect(card.locator(".streaks")).to_have_text("1 good, 1 bad, 2 neither: 0.")
    card.get_by_label("What you do on a day").fill("Read")
    page.keyboard.press("Enter")
    card.get_by_role("button", name="Read: good").click()
    expect(card.locator(".streaks")).to_have_text("2 good, 1 bad, 2 neither: +1.")
    page.wait_for_timeout(300)
    assert sent == []
    card = part(awake(page), "scorecard")
    expect(card.locator(".streaks")).to_have_text("2 good, 1 bad, 2 neither: +1.")


def test_on_paper_there_are_only_the_cards(page: Page) -> None:
    bench = awake(page)
    cards = part(bench, "cards")
    cards.get_by_label("After I", exact=True).fill("wake")
    cards.get_by_label("I will", exact=True).fill("stretch")
    page.keyboard.press("Enter")
    page.evaluate("document.documentElement.classList.add('printing-cards')")
    bench.evaluate("bench => bench.setAttribute('data-printing', '')")
    page.emulate_media(media="print")
    assert cards.locator("li span").evaluate("one => getComputedStyle(one).visibility") == "visible"
    assert page.locator("h1").first.evaluate("one => getComputedStyle(one).visibility") == "hidden"


def test_two_benches_on_a_page_do_not_disturb_each_other(page: Page) -> None:
    page.goto("/posts/habits")
    benches = page.locator("live-demo")
    for place in (0, 1):
        benches.nth(place).scroll_into_view_if_needed()
        page.evaluate(f"async () => {{ const b = document.querySelectorAll('live-demo')[{place}]; await b.ready; }}")
    page.wait_for_timeout(500)
    before = benches.nth(1).locator("[data-sentence]").inner_text()
    benches.nth(0).locator("[name=days]").fill("100")
    expect(benches.nth(0).locator("[data-sentence]")).to_contain_text("After 100 days")
    assert benches.nth(1).locator("[data-sentence]").inner_text() == before
    assert "?" not in page.url


def test_it_fits_a_narrow_phone_and_works_without_a_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    page.goto(BENCH)
    assert page.locator("html").evaluate("page => page.scrollWidth") <= 320
    page.locator("[name=missed][value=none]").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("[data-sentence]")).to_contain_text("37.78 times day 1")
    assert "missed=none" in page.url
    context.close()
