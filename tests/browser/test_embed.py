"""A bench in a frame on another site's page: it loads, it answers, it runs, and the page around it may be anybody's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from benchmarks.site import Site
from tests.browser.test_accessibility import found

pytestmark = pytest.mark.browser


TOP = '<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,"><h1>Elsewhere</h1>'


class Foreign(BaseHTTPRequestHandler):
    """Another site, which has one page."""

    def __init__(self, body: str, *given: object) -> None:
        self.body = body
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"{TOP}{self.body}".encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def elsewhere(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page of somebody who never was on the site, and what its console says."""
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    yield page, said
    context.close()


def framed(page: Page, body: str) -> FrameLocator:
    """Opens another site's page with `body`; the frame in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Foreign, body))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        page.goto(f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
    return page.frame_locator("iframe")


def code(site: Site, path: str) -> str:
    """The frame that the site offers by oEmbed."""
    _, answer = site.ask("GET", f"/oembed?url={quote(site.url + path, safe='')}")
    html: str = json.loads(answer)["html"]
    return html


def test_an_instant_demo_answers_in_a_frame(site: Site, elsewhere: tuple[Page, list[str]]) -> None:
    page, said = elsewhere
    bench = framed(page, code(site, "/demos/habits?missed=none"))
    sentence = bench.locator("[data-sentence]")
    expect(sentence).to_have_text("After 365 days: 37.78 times day 1. ")
    bench.locator("live-demo.wide:defined").wait_for()
    bench.locator("[name=rate]").focus()
    page.keyboard.press("ArrowRight")
    expect(sentence).not_to_have_text("After 365 days: 37.78 times day 1. ")
    assert said == []


def test_a_demo_with_a_line_runs_in_a_frame(site: Site, elsewhere: tuple[Page, list[str]]) -> None:
    page, said = elsewhere
    bench = framed(page, code(site, "/demos/gram-matrix"))
    bench.locator("live-demo.wide:defined").wait_for()
    bench.locator("[data-run]").click()
    bench.locator("live-demo[data-state=done]").wait_for(timeout=60_000)
    assert said == []


def test_links_of_the_frame_open_beside_it(site: Site, elsewhere: tuple[Page, list[str]]) -> None:
    page, _ = elsewhere
    bench = framed(page, code(site, "/demos/bayes"))
    with page.expect_popup() as opened:
        bench.locator("footer a").click()
    assert opened.value.url == f"{site.url}/demos/bayes"


def test_the_page_of_a_demo_itself_is_refused_a_frame(site: Site, elsewhere: tuple[Page, list[str]]) -> None:
    page, said = elsewhere
    bench = framed(page, f'<iframe src="{site.url}/demos/bayes"></iframe>')
    page.wait_for_timeout(500)
    assert bench.locator("live-demo").count() == 0
    assert any("frame-ancestors" in text for text in said)


def test_the_foot_line_gives_code_that_shows_the_same(
    site: Site, page: Page, elsewhere: tuple[Page, list[str]]
) -> None:
    page.goto("/demos/habits?missed=none")
    page.locator("live-demo:defined").wait_for()
    page.locator("[name=rate]").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    said = page.locator("[data-sentence]").inner_text()
    page.locator("[data-embed] summary").click()
    html = page.locator("[data-embed] code")
    expect(html).to_contain_text(f'src="{site.url}/demos/habits/embed?rate=2&amp;missed=none"')
    away, _ = elsewhere
    bench = framed(away, html.inner_text())
    expect(bench.locator("[data-sentence]")).to_have_text(said)
    assert away.locator("iframe").evaluate("frame => frame.clientHeight") > 300


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1100])
def test_axe_finds_nothing_in_a_frame(browser: Browser, site: Site, width: int, scheme: str) -> None:
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/demos/habits/embed")
    page.locator("live-demo:defined").wait_for()
    page.locator("[data-embed] summary").click()
    expect(page.locator("[data-embed] code")).to_contain_text(site.url)
    assert found(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_data_in_a_page_is_nothing_that_its_policy_minds(page: Page) -> None:
    for path in ("/", "/posts/habits"):
        page.goto(path)
        data = page.locator('script[type="application/ld+json"]').evaluate("script => JSON.parse(script.textContent)")
        assert data["@context"] == "https://schema.org"
