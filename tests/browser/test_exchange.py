"""Posts in and out in a real browser: with a script and without, on a phone too; a token that is made and revoked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from benchmarks.site import Site, serve
from tests.browser.author import Desk
from tests.pictures import photograph

pytestmark = pytest.mark.browser

TEXT = "---\ntitle: Came by a browser\ntags: [lakes]\n---\n![A lake](lake.jpg)\n"
DRAFT = "---\ntitle: Not yet\ndraft: true\n---\n![](lake.jpg)\n"
BROKEN = "---\ntitle: [\n---\n"


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve(tmp_path_factory.mktemp("exchange"), JOB_ENGINE="none") as site:
        yield site


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    told = {"came.md": TEXT.encode(), "draft.md": DRAFT.encode(), "broken.md": BROKEN.encode()}
    for name, data in (told | {"lake.jpg": photograph(60, 40)}).items():
        (tmp_path / name).write_bytes(data)
    return sorted(tmp_path.iterdir())


def opened(browser: Browser, site: Site, width: int, *, script: bool, scheme: str = "light") -> Page:
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 900},
        java_script_enabled=script,
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    Desk(page).sign_in(site)
    return page


def look_through(page: Page, files: list[Path]) -> None:
    page.get_by_role("link", name="Import, export").click()
    page.get_by_label("Files").set_input_files(files)
    page.get_by_role("button", name="Look through").click()
    expect(page.get_by_role("heading", name="What would come in")).to_be_visible()


def test_files_come_in_and_everything_goes_out_without_a_script(
    browser: Browser, own_site: Site, files: list[Path], tmp_path: Path
) -> None:
    page = opened(browser, own_site, 390, script=False)
    look_through(page, files)
    row = page.get_by_role("row").filter(has_text="came.md")
    expect(row).to_contain_text("New, public")
    expect(page.get_by_role("row").filter(has_text="broken.md").get_by_role("checkbox")).to_have_count(0)
    page.get_by_role("checkbox", name="draft.md").uncheck()
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_role("status")).to_contain_text("1 added")
    page.get_by_role("link", name="Came by a browser").click()
    expect(page.get_by_label("Title")).to_have_value("Came by a browser")
    assert own_site.ask("GET", "/posts/not-yet")[0] == 404
    page.goto("/admin/exchange")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download").click()
    kept = tmp_path / coming.value.suggested_filename
    coming.value.save_as(kept)
    look_through(page, [kept])
    expect(page.get_by_text("the same as it is here").first).to_be_visible()
    expect(page.get_by_role("button", name="Take them in")).to_have_count(0)
    page.get_by_role("button", name="Drop them").click()
    expect(page.get_by_role("heading", name="Import and export")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_axe_finds_nothing(browser: Browser, own_site: Site, files: list[Path], width: int, scheme: str) -> None:
    (files[0].parent / "draft.md").write_text(f"{DRAFT}\nAt {width} pixels.\n")
    page = opened(browser, own_site, width, script=True, scheme=scheme)
    page.goto("/admin/exchange")
    assert wrong_for_somebody(page) == []
    look_through(page, files)
    assert wrong_for_somebody(page) == []
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_role("heading", name="What came in")).to_be_visible()
    assert wrong_for_somebody(page) == []
    page.context.close()


def test_a_token_is_made_shown_once_and_revoked_without_a_script(browser: Browser, own_site: Site) -> None:
    page = opened(browser, own_site, 1440, script=False)
    page.goto("/admin/account")
    part = page.get_by_role("region", name="Tokens for programs")
    part.get_by_label("What will use it").fill("laptop")
    part.get_by_label("Your password").fill(own_site.password)
    part.get_by_role("button", name="Make it").click()
    token = page.get_by_label("Token", exact=True).input_value()
    assert own_site.ask("GET", "/api/v1/posts", Authorization=f"Bearer {token}")[0] == 200
    page.goto("/admin/account")
    assert token not in page.content()
    page.get_by_role("button", name="Revoke the token laptop").click()
    expect(page.get_by_role("status")).to_contain_text("Revoked")
    assert own_site.ask("GET", "/api/v1/posts", Authorization=f"Bearer {token}")[0] == 401
    page.context.close()


def wrong_for_somebody(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    found = [rule["id"] for rule in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + ["wider than the window"] * wide
