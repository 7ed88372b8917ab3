"""docs/write-a-demo.md, walked word by word: its files are written, its commands run, and a reader finds the demo.

A fence says what to do with it: `sh` is run, `text` is what that printed, and a language with a path is a file. What is
exchanged is only where it happens: the home folder, the address of the site, and where Python is installed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.site import ROOT, Site, serve

PAGE = ROOT / "docs" / "write-a-demo.md"
FENCE = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ADDRESS = "http://127.0.0.1:8000"

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="the page uses curl; install it to walk it")


class Walk:
    """Where the author stands: a home folder, the shell's variables, what was printed last, the site if it is up."""

    def __init__(self, home: Path, servers: ExitStack) -> None:
        self.home, self.servers = home, servers
        self.variables = os.environ | {"HOME": str(home), "DATA": str(home / "data"), "OMP_NUM_THREADS": "1"}
        self.printed = ""
        self.site: Site | None = None

    def take(self, language: str, path: str, text: str) -> None:
        if path:
            file = Path(path.replace("~", str(self.home)))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        elif language == "sh":
            self.printed = ""
            for line in text.splitlines():
                self.serve() if line == "make run" else self.run(line)
        elif language == "text":
            self.compare(text)

    def run(self, line: str) -> None:
        """A command in the shell that the author has open, with what was exported before."""
        line = line.replace(".venv/bin", str(Path(sys.executable).parent))
        line = line.replace(ADDRESS, self.site.url if self.site else ADDRESS)
        kept = self.home / "variables"
        shell = ["bash", "-e", "-c", f"{line}\nenv -0 > {kept}"]
        done = subprocess.run(shell, cwd=ROOT, env=self.variables, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        self.printed += done.stdout + done.stderr
        self.variables = dict(one.split("=", 1) for one in kept.read_text().split("\0") if "=" in one)

    def serve(self) -> None:
        self.servers.close()
        self.site = self.servers.enter_context(serve(self.home / "data", DEMOS=self.variables["DEMOS"]))

    def compare(self, text: str) -> None:
        for line in text.splitlines():
            wanted = re.escape(line.replace("~", str(self.home))).replace("…", ".+")
            assert re.search(wanted, self.printed), f"{line}\n— is not in —\n{self.printed}"


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    with ExitStack() as servers:
        walk = Walk(tmp_path_factory.mktemp("author"), servers)
        for fence in FENCE.findall(PAGE.read_text()):
            walk.take(*fence)
        yield walk


def site(walk: Walk) -> Site:
    assert walk.site
    return walk.site


def test_every_fence_is_walked() -> None:
    text = PAGE.read_text()
    assert 2 * len(FENCE.findall(text)) == len(re.findall(r"^```", text, re.MULTILINE)) > 20


def test_a_program_was_answered_and_its_run_succeeds(walk: Walk) -> None:
    curl = next(text for language, _, text in FENCE.findall(PAGE.read_text()) if text.startswith("curl"))
    walk.take("sh", "", curl)
    job = json.loads(walk.printed)
    while job["status"] in ("queued", "running"):
        job = site(walk).json("GET", f"{job['urls']['self']}?wait=20&after=0")
    assert job["status"] == "succeeded"
    assert len(job["output"]["data"]["shares"]) == 3
    assert sum(job["output"]["data"]["shares"].values()) == pytest.approx(100)
    errors = job["output"]["data"]["errors"]
    assert errors == sorted(errors, reverse=True)
    assert site(walk).ask("GET", job["output"]["pictures"]["result"])[0] == 200


def test_the_post_holds_the_bench_with_its_presets_and_the_example(walk: Walk) -> None:
    status, body = site(walk).ask("GET", "/posts/palette")
    html = body.decode()
    assert status == 200
    assert 'data-name="palette"' in html and 'value="dahlia" data-url' in html
    assert re.search(r'name="colours"[^>]*value="8"', html)
    assert "finished.a-cat-s-face-in-six-colours/result.webp" in html
    assert 'class="output bars"' in html and 'class="line line-1"' in html


@pytest.mark.browser
def test_a_reader_runs_it_in_the_post_and_the_panel_adds_its_strip(walk: Walk, browser: Browser) -> None:
    context = browser.new_context(base_url=site(walk).url)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/posts/palette")
    bench = page.locator("live-demo")
    bench.scroll_into_view_if_needed()
    expect(bench.locator(".chip")).to_have_count(6)
    bench.locator("[data-run]").click()
    expect(bench).to_have_attribute("data-state", "done", timeout=120_000)
    expect(bench.locator(".chip")).to_have_count(8)
    expect(bench.locator(".bars tr")).to_have_count(8)
    assert complaints == []
    context.close()


LOOSE = [text for language, path, text in FENCE.findall(PAGE.read_text()) if language == "python" and not path]


@pytest.mark.parametrize("text", LOOSE, ids=lambda text: text.split("\n")[0])
def test_what_is_only_shown_runs_too(text: str) -> None:
    names: dict[str, Any] = {}
    exec(compile(text, str(PAGE), "exec"), names)
    names.get("warm_up", lambda: None)()
    updates = list(names["run"](SimpleNamespace(seed=1, steps=4, rate=0.5)))
    assert updates[-1].progress == 1
    json.dumps([update.data for update in updates], allow_nan=False)
    if updates[0].state:
        rest = list(names["run"](SimpleNamespace(seed=1, steps=4, rate=0.5), updates[1].state()))
        assert [update.data for update in rest] == [update.data for update in updates[2:]]
