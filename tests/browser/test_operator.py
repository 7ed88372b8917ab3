"""The author's overview in a real browser: what axe finds, and that it fits a phone and needs no script."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.site import Site, serve
from tests.browser.test_accessibility import WIDTHS, found

pytestmark = pytest.mark.browser

PLACES = ("work", "demos", "reports", "statistics", "statistics?days=365", "settings")
PASSWORD = "seven slow dunes wander"
SEEDED = """
import sys
from datetime import timedelta
from pathlib import Path
from app import create_app, jobs
from app.admin import accounts
from app.config import Settings
from app.db import now, writing
from app.demos import get
from app.jobs.models import Job
from app.statistics.ledger import today
from app.statistics.models import WHOLE_SITE, VisitDay, VisitReferrer

with create_app(Settings(DATA=Path(sys.argv[1]), JOB_ENGINE="none")).test_request_context():
    accounts.add("ada")
    accounts.set_password("ada", sys.argv[2])
    demo = get("style-transfer")
    made = [jobs.submit(demo, demo.parse({"content": "cat", "seed": str(n)}), f"reader {n}").id for n in range(4)]
    with writing() as session:
        session.get_one(Job, made[0]).status = "failed"
        session.get_one(Job, made[0]).error = "The picture is too dark."
        running = session.get_one(Job, made[1])
        running.status, running.progress, running.lease_until = "running", 0.4, now() + timedelta(hours=1)
        for n in range(400):
            day = today() - timedelta(days=n)
            for page in (WHOLE_SITE, "/", "/demos/style-transfer"):
                session.add(VisitDay(day=day, page=page, views=n % 31, visitors=n % 31 // 2, runs=n % 3))
            session.add(VisitReferrer(day=day, host="a-long-name-of-a-site.example.org", views=1))
    print(made[2])
"""


@pytest.fixture(scope="module")
def overview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """A site where something has been going on, and the id of a run that waits."""
    data = tmp_path_factory.mktemp("operated")
    with serve(data, JOB_ENGINE="none") as site:
        seed = [sys.executable, "-c", SEEDED, str(data), PASSWORD]
        said = subprocess.run(seed, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
        yield site, said.stdout.strip()


@pytest.fixture(scope="module")
def signed_in(browser: Browser, overview: tuple[Site, str]) -> Any:
    context = browser.new_context(base_url=overview[0].url)
    page = context.new_page()
    page.goto("/admin/sign-in")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/admin$"))
    state = context.storage_state()
    context.close()
    return state


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    browser: Browser, overview: tuple[Site, str], signed_in: Any, width: int, scheme: Any
) -> None:
    size: Any = {"width": width, "height": 900}
    url = overview[0].url
    context = browser.new_context(base_url=url, viewport=size, color_scheme=scheme, storage_state=signed_in)
    page = context.new_page()
    for place in PLACES:
        page.goto(f"/admin/{place}")
        page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
        assert found(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
    context.close()


@pytest.fixture
def plain(browser: Browser, overview: tuple[Site, str], signed_in: Any) -> Iterator[Page]:
    """A browser without scripts."""
    context = browser.new_context(base_url=overview[0].url, storage_state=signed_in, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_run_is_erased_by_a_form(plain: Page, overview: tuple[Site, str]) -> None:
    site, job = overview
    plain.goto("/admin/work")
    plain.get_by_label("The run", exact=True).fill(f"{site.url}/jobs/{job}")
    plain.get_by_label("This run", exact=True).check(force=True)
    plain.get_by_role("button", name="Erase", exact=True).click()
    expect(plain.get_by_text("Tick the box as well")).to_be_visible()
    plain.get_by_label("It is to be gone for good").check()
    plain.get_by_role("button", name="Erase", exact=True).click()
    expect(plain.get_by_role("status").first).to_contain_text("Erased: 1 run")
    answer = plain.goto(f"/jobs/{job}")
    assert answer and answer.status == 404


def test_a_failed_run_is_tried_again(plain: Page) -> None:
    plain.goto("/admin/work")
    waiting = plain.get_by_role("row").filter(has_text="In line")
    before = waiting.count()
    plain.get_by_role("button", name="Try it again").first.click()
    expect(plain).to_have_url(re.compile("/admin/work$"))
    expect(waiting).to_have_count(before + 1)


def test_a_name_is_chosen_and_taken_back(plain: Page) -> None:
    plain.goto("/admin/settings")
    plain.get_by_label("Name", exact=True).fill("The Dune")
    plain.get_by_role("button", name="Save").click()
    expect(plain.get_by_text("every page shows it")).to_be_visible()
    plain.goto("/")
    expect(plain).to_have_title("The Dune")
    plain.goto("/admin/settings")
    plain.get_by_role("button", name="Reset “Name”").click()
    plain.goto("/")
    expect(plain).to_have_title("Playpress")
