"""The author’s pages around a post, from the library to the checks, fit every screen; axe finds nothing on them."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIRequestContext, Browser, BrowserContext, Page, expect

from benchmarks.site import Site
from tests.browser.author import Desk
from tests.pictures import photograph

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def context(browser: Browser, site: Site) -> BrowserContext:
    """Signed in, with a post that has something of everything."""
    context = browser.new_context(base_url=site.url, reduced_motion="reduce", extra_http_headers={"Origin": site.url})
    context.set_default_timeout(90_000)  # checks render whole posts, beside whatever else this machine does
    page = context.new_page()
    Desk(page).sign_in(site)
    page.goto("/admin/pictures")
    write(page.request, page.locator("input[name=token]").first.input_value())
    return context


def write(request: APIRequestContext, token: str) -> None:
    for name in ("a-shore-in-the-evening.jpg", "b.jpg"):
        file = {"name": name, "mimeType": "image/jpeg", "buffer": photograph(640, 400 + len(name))}
        form = {"token": token, "picture": file, "alt": "A shore"}
        assert request.post("/admin/pictures", multipart=form, headers={"Accept": "application/json"}).status == 201
    wrong = {"title": "Wrong", "source": "![](b.jpg)\n\n[here](/a/very/long/address/that/leads/nowhere/at/all)"}
    saved = request.post("/admin/posts", form={"token": token, "status": "draft", **wrong})
    assert saved.ok
    assert request.post(f"{saved.url}/links", form={"token": token, "lasts": "week"}).status == 201
    assert request.post(f"{saved.url}/addresses", form={"token": token, "address": "2019/02/wrong.html"}).ok


def pages(page: Page) -> list[str]:
    page.goto("/admin/checks")
    post = page.get_by_role("link", name="Wrong").get_attribute("href")
    page.goto("/admin/pictures?q=b.jpg")
    picture = page.locator(".shelf a").first.get_attribute("href")
    paths = ["/admin/pictures", picture, "/admin/pictures/unused?days=0", "/admin/checks"]
    return [*filter(None, paths), f"{post}/links", f"{post}/addresses"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_they_fit_and_axe_finds_nothing(context: BrowserContext, width: int, scheme: str) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    paths = pages(page)
    assert len(paths) == 6
    for path in paths:
        page.goto(path)
        assert page.get_by_role("heading", level=1).count() == 1, path
        page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
        assert [rule["id"] for rule in Axe().run(page).response["violations"]] == [], path
    page.close()


def test_what_is_shown_stays_and_what_is_not_goes(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/admin/pictures?q=b.jpg")
    page.locator(".shelf h2 a").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("alert")).to_contain_text("This picture is shown by")
    page.goto("/admin/pictures?q=evening")
    page.locator(".shelf h2 a").click()
    page.get_by_role("button", name="Delete for good").click()
    page.wait_for_url("**/admin/pictures")
    expect(page.get_by_role("heading", name="b.jpg")).to_be_visible()
    expect(page.get_by_role("heading", name="a-shore-in-the-evening.jpg")).to_have_count(0)
    page.close()
