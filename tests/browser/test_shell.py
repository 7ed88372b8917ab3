"""The shell that every bench shares, as readers use it: groups, addresses, pause, steering, the foot line, fingers."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app import demos
from benchmarks.site import Site
from tests.browser.benches import PAGE, RUN_SECONDS, bench, opened, unfold, until

pytestmark = pytest.mark.browser

LONG = "?content=cat&steps=500&size=512"


def running(page: Page, address: str) -> Locator:
    demo = opened(page, address)
    demo.locator("[data-run]").click()
    expect(demo).to_have_attribute("data-state", "running", timeout=RUN_SECONDS)
    expect(demo.locator("[data-status]")).to_contain_text("Step", timeout=RUN_SECONDS)
    return demo


def test_nothing_of_a_bench_is_loaded_before_it_nears(page: Page) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(urlsplit(request.url).path))
    page.set_viewport_size({"width": 1280, "height": 100})
    page.goto("/posts/neural-style-transfer")
    page.wait_for_load_state("networkidle")
    far = page.evaluate("document.querySelector('live-demo').getBoundingClientRect().top > innerHeight + 700")
    assert far, "the post begins with prose"
    scripts = {path.rpartition("/")[2] for path in loaded if path.endswith((".js", ".mjs"))}
    assert scripts == {"theme.js", "bench.js", "copy.js"}
    bench(page).scroll_into_view_if_needed()
    until(page, "document.querySelector('live-demo').ready")
    assert any(path.endswith("/panel.js") for path in loaded)


def test_a_folded_group_is_sent_and_says_that_it_was_changed(page: Page) -> None:
    demo = opened(page)
    group = unfold(page, "Brush")
    expect(group.locator("[data-changed]")).to_be_hidden()
    demo.locator("input[name=scale]").fill("0.5")
    expect(group.locator("[data-changed]")).to_be_visible()
    group.locator("summary").click()
    sent = demo.evaluate("async bench => (await bench.fields.body()).get('scale')")
    assert sent == "0.5"


def test_the_address_follows_the_controls_and_sets_them_again(page: Page) -> None:
    demo = opened(page)
    demo.locator("input[name=style][value=mosaic]").check(force=True)
    demo.locator("input[name=steps]").fill("80")
    demo.locator("input[name=strength]").fill("0.25")
    before = demo.evaluate("bench => JSON.stringify(bench.fields.values())")
    expect(page).to_have_url(re.compile("strength=0.25"))
    query = parse_qs(urlsplit(page.url).query)
    assert query == {"content": ["dahlia"], "style": ["mosaic"], "steps": ["80"], "strength": ["0.25"]}
    demo = opened(page, page.url)
    assert demo.evaluate("bench => JSON.stringify(bench.fields.values())") == before
    demo.locator("input[name=steps]").fill("150")
    expect(page).not_to_have_url(re.compile("steps"))


def test_a_run_is_steered_paused_resumed_stopped_and_gone_on_from(page: Page) -> None:
    demo = running(page, PAGE + LONG + "&seed=31")
    demo.locator("input[name=strength]").fill("0.7")
    expect(demo.locator("[data-said]")).to_have_text("Strength 0.7 from here on")
    demo.locator("[data-ask=pause]").focus()
    page.keyboard.press("Enter")
    expect(demo).to_have_attribute("data-state", "paused", timeout=RUN_SECONDS)
    expect(demo.locator("[data-ask=resume]")).to_be_focused()  # it stands where Pause stood
    page.keyboard.press("Enter")
    expect(demo).to_have_attribute("data-state", "running", timeout=RUN_SECONDS)
    expect(demo.locator("[data-status]")).to_contain_text("Step", timeout=RUN_SECONDS)
    demo.locator("[data-stop]").click()
    expect(demo).to_have_attribute("data-state", "canceled", timeout=RUN_SECONDS)
    first = demo.evaluate("bench => bench.job")
    assert [wish["changes"] for wish in first["steered"]] == [{"strength": 0.7}]
    demo.locator("[data-on]").click()
    expect(demo).to_have_attribute("data-state", "running", timeout=RUN_SECONDS)
    assert demo.evaluate("bench => bench.job.origin") == first["id"]
    expect(demo.locator("[data-stop]")).to_be_visible()
    demo.locator("[data-stop]").click()
    expect(demo).to_have_attribute("data-state", "canceled", timeout=RUN_SECONDS)


def test_a_paused_run_that_is_resumed_elsewhere_goes_on_here_too(page: Page) -> None:
    demo = running(page, PAGE + LONG + "&seed=33")
    demo.locator("[data-ask=pause]").click()
    expect(demo).to_have_attribute("data-state", "paused", timeout=RUN_SECONDS)
    urls = demo.evaluate("bench => bench.job.urls")
    assert page.request.post(urls["resume"]).ok
    expect(demo).to_have_attribute("data-state", "running", timeout=RUN_SECONDS)
    assert page.request.post(urls["cancel"]).ok
    expect(demo).to_have_attribute("data-state", "canceled", timeout=RUN_SECONDS)


def test_without_javascript_a_run_is_paused_and_goes_on(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(PAGE + LONG + "&seed=32")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible(timeout=RUN_SECONDS)  # the page refreshes itself
    expect(page.locator("[data-status]")).to_contain_text("Step", timeout=RUN_SECONDS)
    page.get_by_role("button", name="Pause").click()
    for _ in range(20):
        if page.get_by_role("button", name="Resume").is_visible():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.get_by_role("button", name="Resume").click()
    page.get_by_role("button", name="Stop and keep this").click()
    expect(page.get_by_role("button", name="Go on from here")).to_be_visible(timeout=RUN_SECONDS)
    page.get_by_role("link", name="Make it mine").click()
    assert page.locator("input[name=seed]").input_value() == "32"
    context.close()


def test_the_foot_line_keeps_reports_and_erases(page: Page, photo: Path) -> None:
    demo = opened(page, f"{PAGE}?size=256&steps=20&seed=33")
    demo.locator("input[type=file][name=content]").set_input_files(photo)
    demo.locator("[data-run]").click()
    expect(demo).to_have_attribute("data-state", "done", timeout=RUN_SECONDS)
    demo.locator("summary", has_text="Download").click()
    for name in ("Picture", "Picture with its recipe", "JSON"):
        expect(demo.get_by_role("link", name=name, exact=True)).to_be_visible()
    demo.locator("summary", has_text="API").click()
    demo.locator(".tabs label", has_text="JavaScript").click()
    expect(demo.locator("[data-language=javascript]")).to_contain_text('body.append("seed", "33")')
    expect(demo.locator("[data-language=curl]")).to_be_hidden()
    demo.locator("summary", has_text="Report").click()
    demo.get_by_label("It is wrong").check()
    demo.get_by_role("button", name="Send the report").click()
    expect(demo.locator("[data-status]")).to_have_text("Reported: somebody will look at it")
    address = demo.evaluate("bench => bench.job.urls.self")
    demo.get_by_role("button", name="Erase this run now").click()
    expect(demo.locator("[data-status]")).to_have_text("Erased, with its pictures")
    expect(demo.locator("[data-run]")).to_be_focused()
    assert page.context.request.get(address).status == 404


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl to run what the API box says")
@pytest.mark.parametrize("query", ["", "?network=random&layer=relu1_1"])
def test_the_curl_command_of_the_api_box_starts_the_run(page: Page, site: Site, query: str) -> None:
    demo = opened(page, f"/demos/gram-matrix{query}")
    demo.locator("summary", has_text="API").click()
    expect(demo.locator("[data-language=curl]")).to_contain_text(site.url)  # by the box's script
    command = demo.locator("[data-language=curl]").inner_text().replace("\\\n", " ")
    answer = subprocess.run(["curl", "-s", *shlex.split(command)[1:]], capture_output=True, text=True, timeout=60)
    assert json.loads(answer.stdout)["demo"] == "gram-matrix"


@pytest.mark.parametrize("name", demos.names())
def test_on_a_phone_a_finger_finds_every_control(browser: Browser, site: Site, name: str) -> None:
    context = browser.new_context(
        base_url=site.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    demo = opened(page, f"/demos/{name}")
    demo.evaluate("bench => bench.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    small = demo.evaluate("""(bench) =>
      [...bench.querySelectorAll(".shelf > :not(p), .controls button, .choices label"),
       ...bench.querySelectorAll(".foot :is(summary, a, button, .tabs label)")]
        .filter((part) => part.checkVisibility({ visibilityProperty: true }) && !part.closest("p"))
        .map((part) => [part.textContent.trim(), part.getBoundingClientRect()])
        .filter(([, { width, height }]) => Math.min(width, height) < 43.5).map(([words]) => words)""")
    assert small == []
    context.close()
