"""First visits in Chromium, on a slow connection and processor: what is loaded, when the page stands, what moves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from benchmarks.servers import ask

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # no other site is asked, only counted
PHONE = {"width": 390, "height": 844}
ROUND_TRIP, DOWN, UP = 150, 1.6e6 / 8, 0.75e6 / 8  # milliseconds; bytes a second
SLOWER = 4  # times, of the processor
SETTLE = 2500  # milliseconds after loading in which a page may still move
VISITS = 3
WATCH = """
window.seen = { lcp: 0, cls: 0, tbt: 0 };
new PerformanceObserver((list) => list.getEntries().forEach((e) => (seen.lcp = e.startTime)))
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => list.getEntries().forEach((e) => e.hadRecentInput || (seen.cls += e.value)))
  .observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => list.getEntries().forEach((e) => (seen.tbt += Math.max(0, e.duration - 50))))
  .observe({ type: "longtask", buffered: true });
"""
KINDS = {"document": "html", "stylesheet": "css", "script": "js", "font": "font", "image": "image", "other": "other"}


@dataclass(frozen=True)
class Visit:
    """One page, visited for the first time. Bytes are of contents as they travelled, by kind of file."""

    lcp: float  # largest contentful paint, in seconds
    cls: float  # cumulative layout shift
    tbt: float  # total blocking time, in milliseconds
    bytes: dict[str, int]
    requests: int
    others: int  # requests to other sites, which come to nothing here


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, ALONE])
        yield browser
        browser.close()


def visit(browser: Browser, url: str, times: int = VISITS) -> Visit:
    """The median of some first visits."""
    visits = [_once(browser, url) for _ in range(times)]
    last = visits[-1]
    middle = {name: median(getattr(one, name) for one in visits) for name in ("lcp", "cls", "tbt")}
    return Visit(**middle, bytes=last.bytes, requests=last.requests, others=last.others)


def _once(browser: Browser, url: str) -> Visit:
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)  # type: ignore[arg-type]
    page, asked = context.new_page(), dict[str, str]()
    session = context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", lambda e: asked.update({e["request"]["url"]: e.get("type", "").lower()}))
    _slow(session)
    page.add_init_script(WATCH)
    page.goto(url, wait_until="load", timeout=90_000)
    page.wait_for_timeout(SETTLE)
    seen: dict[str, Any] = page.evaluate("seen")
    context.close()
    site = urlsplit(url)
    own = {address: kind for address, kind in asked.items() if urlsplit(address).netloc == site.netloc}
    weights = dict.fromkeys(KINDS.values(), 0)
    for address, kind in own.items():
        weights[KINDS.get(kind, "other")] += _weight(site.port or 80, address)
    others = sum(urlsplit(address).scheme.startswith("http") for address in asked.keys() - own.keys())
    return Visit(seen["lcp"] / 1000, seen["cls"], seen["tbt"], weights, len(own), others)


def _weight(port: int, address: str) -> int:
    """Bytes of an answer's content as it travels."""
    parts = urlsplit(address)
    return len(ask(port, parts.path + (f"?{parts.query}" if parts.query else ""), Accept_Encoding="gzip")[2])


def _slow(session: Any) -> None:
    session.send("Network.enable")
    limits = {"offline": False, "latency": ROUND_TRIP, "downloadThroughput": DOWN, "uploadThroughput": UP}
    session.send("Network.emulateNetworkConditions", limits)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
