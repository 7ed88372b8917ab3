"""A reader's way: home, the post, a photograph of their own, and what can go wrong with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from benchmarks.site import Site, serve

pytestmark = pytest.mark.browser

POST = "/posts/neural-style-transfer"
LISTS = [
    "/",
    "/archive",
    "/tags",
    "/tags/convnets",
    "/series/object-detection",
    "/search",
    "/search?q=anchor",
    "/about",
    "/bayse",
]
RUN_SECONDS = 120_000


def bench(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("live-demo").first


def choose(page: Page, photo: Path, **sliders: str) -> None:
    """Give a photograph and make the run a short one."""
    bench(page).locator("input[type=file][name=content]").set_input_files(photo)
    bench(page).locator("label:has(input[name=size][value='256'])").click()
    for name, value in ({"steps": "20"} | sliders).items():
        groups = bench(page).locator(f"details:has(input[name={name}])")
        groups.evaluate_all("groups => groups.forEach((group) => { group.open = true; })")
        bench(page).locator(f"input[name={name}]").fill(value)
        groups.evaluate_all("groups => groups.forEach((group) => { group.open = false; })")


def test_from_the_home_page_to_a_finished_example(page: Page) -> None:
    page.goto("/")
    assert page.locator(".posts > article").count() >= 9
    post = page.locator(".posts > article").filter(has_text="Painting with a convnet")
    post.get_by_role("link", name="Read more").click()
    expect(page).to_have_url(f"{page.url.split('/posts')[0]}{POST}")
    # The address changes before the page is read to its end.
    for selector, least in (("math", 6), (".highlight", 2), ("figure img", 1)):
        expect(page.locator(selector).nth(least - 1)).to_be_attached()
    result = bench(page).locator("[data-picture=result] img")
    expect(result).to_be_visible()
    assert result.evaluate("image => image.complete && image.naturalWidth > 200")
    page.goto("/")
    page.locator("a[href*='/tags/']").first.click()
    expect(page.locator(".posts > article").first).to_be_visible()


def test_a_photograph_is_painted_in_the_post_and_keeps_its_address(page: Page, photo: Path, browser: Browser) -> None:
    page.goto(POST)
    bench(page).scroll_into_view_if_needed()
    choose(page, photo)
    bench(page).locator("[data-run]").click()
    expect(bench(page)).to_have_attribute("data-state", "done", timeout=RUN_SECONDS)
    expect(bench(page).locator("[data-status]")).to_contain_text("Done in")
    result = bench(page).locator("[data-picture=result] img").last
    assert result.evaluate("image => Math.max(image.naturalWidth, image.naturalHeight)") == 256
    address = bench(page).locator("[data-share]").get_attribute("href")
    assert address

    page.goto(address)
    page.reload()
    expect(bench(page)).to_have_attribute("data-state", "done")
    phone = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True)
    elsewhere = phone.new_page()
    elsewhere.goto(page.url)
    expect(elsewhere.locator("[data-picture=result] img").last).to_be_visible()
    assert elsewhere.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.close()


def test_stopping_keeps_the_best_so_far(page: Page, photo: Path) -> None:
    page.goto("/demos/style-transfer")
    choose(page, photo, steps="500")
    bench(page).locator("[data-run]").click()
    expect(bench(page)).to_have_attribute("data-state", "running", timeout=RUN_SECONDS)
    expect(bench(page).locator("[data-status]")).to_contain_text("Step", timeout=RUN_SECONDS)
    bench(page).locator("[data-stop]").click()
    expect(bench(page)).to_have_attribute("data-state", "canceled", timeout=RUN_SECONDS)
    expect(bench(page).locator("[data-status]")).to_contain_text("this is the best so far")
    expect(bench(page).locator("[data-picture=result] img").last).to_be_visible()


def test_a_wrong_file_is_answered_at_its_field_and_nothing_is_lost(page: Page, tmp_path: Path) -> None:
    letter = tmp_path / "letter.jpg"
    letter.write_text("Dear reader")
    page.goto("/demos/style-transfer")
    choose(page, letter, steps="40")
    bench(page).locator("[data-run]").click()
    expect(bench(page).locator("[data-problem=content]")).to_contain_text("PNG, JPEG or WebP")
    expect(bench(page).locator("input[name=steps]")).to_have_value("40")


def test_nothing_moves_when_a_run_replaces_the_example(page: Page, photo: Path) -> None:
    page.goto(POST)
    bench(page).scroll_into_view_if_needed()
    before = bench(page).bounding_box()
    choose(page, photo, seed="5")
    bench(page).locator("[data-run]").click()
    expect(bench(page)).to_have_attribute("data-state", "done", timeout=RUN_SECONDS)
    after = bench(page).bounding_box()
    assert before and after
    assert before["height"] == pytest.approx(after["height"], abs=1)


def test_a_reload_in_the_middle_comes_back_to_the_run(page: Page, photo: Path) -> None:
    page.goto(POST)
    bench(page).scroll_into_view_if_needed()
    choose(page, photo, steps="300", seed="6")
    bench(page).locator("[data-run]").click()
    expect(bench(page)).to_have_attribute("data-state", "running", timeout=RUN_SECONDS)
    page.reload()
    bench(page).scroll_into_view_if_needed()
    expect(bench(page)).to_have_attribute("data-state", "running", timeout=RUN_SECONDS)
    bench(page).locator("[data-stop]").click()
    expect(bench(page)).to_have_attribute("data-state", "canceled", timeout=RUN_SECONDS)


def test_it_works_without_javascript(browser: Browser, site: Site, photo: Path) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(POST)
    expect(bench(page).locator("[data-picture=result] img")).to_be_visible()
    page.goto("/demos/style-transfer")
    page.locator("input[type=file][name=content]").set_input_files(photo)
    page.locator("label:has(input[name=size][value='256'])").click()
    page.get_by_role("button", name="Run").click()
    assert "/jobs/" in page.url
    expect(page.locator("[data-status]")).to_contain_text("Done in", timeout=RUN_SECONDS)  # the page refreshes itself
    assert page.locator("[data-picture=result] img").evaluate("image => image.naturalWidth") == 256
    context.close()


def test_a_result_survives_a_restart_and_an_accepted_run_a_kill(tmp_path: Path) -> None:
    order = {"content": "cat", "style": "mosaic", "size": "256", "steps": 20}
    with serve(tmp_path) as first:
        done = first.json("POST", "/api/v1/demos/style-transfer/jobs", order)
        while done["status"] in ("queued", "running"):
            done = first.json("GET", f"{done['urls']['self']}?wait=20&after=0")
        assert done["status"] == "succeeded"
        accepted = first.json("POST", "/api/v1/demos/style-transfer/jobs", order | {"seed": 1, "steps": 200})
        assert accepted["status"] == "queued"
        first.kill()
    with serve(tmp_path) as second:
        again = second.json("GET", done["urls"]["self"])
        assert (again["status"], again["output"]) == ("succeeded", done["output"])
        assert second.ask("GET", done["output"]["pictures"]["result"])[0] == 200
        while accepted["status"] in ("queued", "running"):
            accepted = second.json("GET", f"{accepted['urls']['self']}?wait=20&after=0")
        assert accepted["status"] == "succeeded"


def test_a_post_is_found_by_its_words_from_any_page(page: Page) -> None:
    page.goto("/about")
    page.keyboard.press("Tab")  # to the skip link
    page.get_by_role("banner").get_by_role("searchbox").focus()
    page.keyboard.type("style transf")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=style\+transf$"))
    first = page.locator(".hits > article").first
    expect(first.locator("h2 mark").first).to_have_text("style")
    first.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(f"{POST}$"))


def test_searching_and_a_wrong_address_need_no_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/posts/bayse")
    expect(page.get_by_role("link", name="Moving a prior")).to_be_visible()
    page.get_by_role("main").get_by_role("searchbox").fill("zzzzz")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("No text has “zzzzz”")
    page.get_by_role("link", name="convnets").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("convnets")
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_lists_and_pages_fit_and_axe_finds_nothing(browser: Browser, site: Site, width: int, scheme: str) -> None:
    viewport = {"width": width, "height": 900}
    context = browser.new_context(
        base_url=site.url,
        viewport=viewport,
        color_scheme=scheme,
        reduced_motion="reduce",  # type: ignore[arg-type]
    )
    page = context.new_page()
    for path in LISTS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        found = Axe().run(page).response["violations"]
        assert [f"{path} {rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found] == []
    context.close()


def test_on_paper_there_are_words_and_pictures_and_where_links_lead(page: Page) -> None:
    page.goto(POST)
    page.emulate_media(media="print", color_scheme="dark")
    for gone in ("nav[aria-label=Site]", ".toc", ".neighbours", "footer.site", ".bench .controls", ".headerlink"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(bench(page).locator("[data-picture=result] img")).to_be_visible()
    link = page.locator(".footnote a[href^=https]").first
    shown = link.evaluate("a => getComputedStyle(a, '::after').content")
    assert link.get_attribute("href") in shown
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
