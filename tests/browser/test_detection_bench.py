"""The detection bench as a reader has it: by mouse, by keyboard, on a phone, without scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.site import Site

pytestmark = pytest.mark.browser

BENCH = "/demos/detection"
PHONE = {"width": 390, "height": 844}
RUN_SECONDS = 60_000


def opened(page: Page) -> Locator:
    page.goto(BENCH)
    bench = page.locator("live-demo")
    expect(bench).to_have_attribute("data-live", "")
    return bench


def pick(bench: Locator, name: str, value: str) -> None:
    bench.locator(f"label:has(input[name={name}][value='{value}'])").click()


def rows(bench: Locator) -> list[str]:
    return bench.locator("[data-rows] tr").all_inner_texts()


def test_sliders_show_at_once_what_the_server_would_answer(page: Page, site: Site) -> None:
    bench = opened(page)
    before = rows(bench)
    bench.locator("input[name=threshold]").fill("0.12")
    pick(bench, "suppression", "all")
    expect(bench.locator("[data-tally]")).to_contain_text("above 0.12")
    order = {"photo": "contact-sheet", "threshold": 0.12, "suppression": "all"}
    job = site.json("POST", "/api/v1/demos/detection/jobs", order)
    while job["status"] in ("queued", "running"):
        job = site.json("GET", f"{job['urls']['self']}?wait=20&after=0")
    objects = job["output"]["data"]["objects"]
    shown = [tuple(row.split("\t")[1:3]) for row in rows(bench)]
    assert shown == [(seen["label"], f"{seen['score']:.2f}") for seen in objects]
    assert len(before) < len(shown)
    expect(bench).to_have_attribute("data-state", "idle")


@pytest.mark.parametrize(
    ("stage", "part"),
    [("presence", "[data-presence]"), ("largest", ".found"), ("sixteen", ".found"), ("all", ".found")],
)
def test_every_question_has_its_answer_on_the_same_photograph(page: Page, stage: str, part: str) -> None:
    bench = opened(page)
    pick(bench, "stage", stage)
    expect(bench.locator("[data-readout]")).to_have_attribute("data-stage", stage)
    expect(bench.locator(part)).to_be_visible()
    assert bench.locator("[data-picture=photo] img").count() == 1
    assert bench.locator(".overlay .grid path").count() == (6 if stage == "sixteen" else 0)
    assert bench.locator(".overlay .boxes .box").count() == (0 if stage == "presence" else len(rows(bench)))


def test_the_arrow_keys_go_from_box_to_box_in_order_of_score(page: Page) -> None:
    bench = opened(page)
    bench.locator(".overlay .box[tabindex='0']").focus()
    heard = []
    for _ in range(4):
        heard.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("ArrowRight")
    scores = [float(words.split()[-1]) for words in heard]
    assert scores == sorted(scores, reverse=True) and len(set(heard)) == 4
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(bench.locator("[data-facts]")).to_contain_text(heard[1])
    expect(bench.locator("[data-rows] tr").nth(1)).to_have_class("on")


def test_chips_filter_and_keep_the_focus(page: Page) -> None:
    bench = opened(page)
    chip = bench.locator(".chip", has_text="person")
    chip.focus()
    page.keyboard.press("Enter")
    assert {row.split("\t")[1] for row in rows(bench)} == {"person"}
    assert bench.locator(".overlay .boxes .box").count() == len(rows(bench))
    expect(chip).to_be_focused()
    expect(chip).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    assert len({row.split("\t")[1] for row in rows(bench)}) > 1


def test_a_trace_shows_who_removed_whom(page: Page) -> None:
    bench = opened(page)
    bench.locator("[data-part=traces] summary").click()
    page.mouse.move(0, 0)  # what the focus scrolls under the pointer would be pointed at
    line = bench.locator(".traces button").first
    expect(line).to_contain_text("removed by")
    line.focus()
    expect(bench.locator(".overlay .pair .box")).to_have_count(2)
    bench.locator("[data-part=traces] summary").focus()
    expect(bench.locator(".overlay .pair .box")).to_have_count(0)


@pytest.mark.parametrize(
    ("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("xml", b"<annotation"), ("csv", b"label,")]
)
def test_what_is_shown_can_be_taken_along(page: Page, tmp_path: Path, kind: str, begins: bytes) -> None:
    bench = opened(page)
    with page.expect_download() as download:
        bench.locator(f"[data-kind={kind}]").click()
    assert download.value.suggested_filename == f"detection.{kind}"
    download.value.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes().startswith(begins)


def test_downloads_hold_what_the_chips_left(page: Page, tmp_path: Path) -> None:
    bench = opened(page)
    bench.locator(".chip", has_text="cat").click()
    with page.expect_download() as download:
        bench.locator("[data-kind=json]").click()
    download.value.save_as(tmp_path / "saved")
    saved: dict[str, Any] = json.loads((tmp_path / "saved").read_text())
    names = {category["id"]: category["name"] for category in saved["categories"]}
    assert [names[annotation["category_id"]] for annotation in saved["annotations"]] == ["cat"]
    with page.expect_download() as crop:
        bench.locator("[data-save-crop]").click()
    assert crop.value.suggested_filename == "cat.png"


def test_a_readers_own_photograph_is_looked_at(page: Page, photo: Path) -> None:
    bench = opened(page)
    bench.locator("input[type=file][name=photo]").set_input_files(photo)
    expect(bench.locator("[data-tally]")).to_contain_text("Press Run")
    expect(bench.locator(".overlay")).to_be_hidden()
    bench.locator("[data-run]").click()
    expect(bench).to_have_attribute("data-state", "done", timeout=RUN_SECONDS)
    expect(bench.locator("[data-tally]")).to_contain_text("candidates")
    expect(bench.locator(".overlay")).to_be_visible()


def test_on_a_phone_the_photograph_stays_in_sight_and_targets_are_large(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport=PHONE, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    page = context.new_page()
    bench = opened(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    slider = bench.locator("input[name=overlap]")
    slider.evaluate("slider => scrollTo(0, slider.getBoundingClientRect().top + scrollY - 500)")
    stage = bench.locator(".stage").bounding_box()
    assert stage and stage["y"] == pytest.approx(0, abs=1) and stage["height"] > 150
    targets = bench.locator(":is(input[type=range], button, summary, .choices label):visible")
    small = [box for box in (target.bounding_box() for target in targets.all()) if box and box["height"] < 43.5]
    assert small == []
    context.close()


def test_without_scripts_a_run_is_a_picture_and_a_table(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(BENCH)
    expect(page.locator("[data-picture=result] img")).to_be_visible()
    pick(page.locator("live-demo"), "photo", "coffee")
    page.locator("input[name=threshold]").fill("0.4")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("[data-status]")).to_contain_text("Done in", timeout=RUN_SECONDS)
    expect(page.locator("[data-tally]")).to_contain_text("above 0.40")
    expect(page.locator(".found tbody tr")).to_have_count(2)
    expect(page.locator(".found tbody")).to_contain_text("cup")
    assert page.locator("[data-picture=result] img").evaluate("image => image.naturalWidth") == 600
    expect(page.locator(".downloads, [data-part=traces]").first).to_be_hidden()
    context.close()
