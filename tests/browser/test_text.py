"""A text in a browser: code that is copied, tabs that need no script, galleries that open, on any screen."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from benchmarks.site import Site
from tests.pictures import photograph

pytestmark = pytest.mark.browser

SLUG = "parts-of-a-text"
SOURCE = """
![A slope](slope.jpg)
/// caption
A slope from dark to light.
///

```python title="fence.py" hl_lines="2"
def f(x: int) -> str:
    return f"{x:>3}  # a long line that goes on and on and on and on and on and on and on and on and on"
```

/// tab | First
Words of the first.
///

/// tab | Second
Words of the second.
///

> [!NOTE]
> A callout.

- [x] done

![One](slope.jpg "The first of two")
![Two](slope.jpg)

![One](slope.jpg) ![Two](slope.jpg) ![Three](slope.jpg)

![Wide](slope.jpg){ .wide }
"""


@pytest.fixture(scope="module")
def address(browser: Browser, site: Site) -> str:
    """Written as its author would: the picture first, then the post that names it."""
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/admin/sign-in")
    page.get_by_label("Name").fill("admin")
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("main").get_by_role("button").click()
    page.goto("/admin/pictures")
    picture = {"name": "Slope.jpg", "mimeType": "image/jpeg", "buffer": photograph(1800, 1200)}
    if not page.get_by_label("What it shows").is_visible():  # it is open only as long as there is no picture
        page.get_by_text("Take pictures in").click()
    page.locator("#post-file").set_input_files([picture])  # type: ignore[list-item]
    page.get_by_label("What it shows").fill("A slope")
    page.get_by_role("button", name="Take in", exact=True).click()
    expect(page.get_by_role("heading", name="slope.jpg")).to_be_visible()
    page.goto("/admin/posts/new")
    page.locator("#post-title").fill("Parts of a text")
    page.locator("#post-source").fill(SOURCE)
    page.locator("summary", has_text="Settings").click()
    page.get_by_label("Published", exact=True).check()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("#post-slug")).to_have_value(SLUG)
    context.close()
    return f"/posts/{SLUG}"


def test_code_is_copied_and_that_is_said(browser: Browser, site: Site, address: str) -> None:
    context = browser.new_context(base_url=site.url, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)
    button = page.locator(".highlight .copy").first
    button.focus()
    expect(button).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith('def f(x: int) -> str:\n    return f"{x:>3}')
    assert copied.count("\n") == 2
    context.close()


def test_tabs_and_galleries_need_no_script(browser: Browser, site: Site, address: str) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    first, second = page.get_by_text("Words of the first."), page.get_by_text("Words of the second.")
    expect(first).to_be_visible()
    expect(second).to_be_hidden()
    page.get_by_text("Second", exact=True).focus()
    page.keyboard.press("Enter")
    expect(second).to_be_visible()
    expect(first).to_be_hidden()
    assert page.locator(".copy").count() == 0
    link = page.locator(".gallery a").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pictures/*-1600.webp")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_it_fits_and_axe_finds_nothing(browser: Browser, site: Site, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.locator("img").last.scroll_into_view_if_needed()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert Axe().run(page).response["violations"] == []
    context.close()


@pytest.mark.parametrize(("width", "file"), [(390, 480), (1440, 960)])
def test_a_screen_fetches_the_file_that_fits_it(
    browser: Browser, site: Site, address: str, width: int, file: int
) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(address)
    image = page.locator("figure img").first
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.currentSrc").endswith(f"-{file}.webp")
    shown = image.evaluate("image => [image.clientWidth, image.clientHeight]")
    assert abs(shown[0] / shown[1] - 1.5) < 0.02
    context.close()


def test_pictures_keep_their_room_before_they_come(browser: Browser, site: Site, address: str) -> None:
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.route("**/pictures/**", lambda route: route.abort())
    page.goto(address)
    heights = page.locator("article img").evaluate_all("images => images.map((image) => image.clientHeight)")
    assert len(heights) == 7
    assert min(heights) > 100
    context.close()
