"""Pictures that readers give a bench: painted areas, frames of the camera, files of every kind, results dropped."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from benchmarks.site import Site
from tests.browser.benches import opened, unfold, until

pytestmark = pytest.mark.browser


def test_an_area_is_painted_undone_and_sent(page: Page) -> None:
    demo = opened(page)
    unfold(page, "Regions")
    field = demo.locator("[data-field=mask]")
    canvas = field.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 80, box["y"] + 60, steps=4)
    page.mouse.up()
    expect(field.get_by_role("status")).to_contain_text("% of the picture is painted")
    field.get_by_role("button", name="Undo").press("Enter")
    expect(field.get_by_role("status")).to_have_text("Nothing is painted.")
    assert demo.evaluate("bench => bench.fields.value('mask')") is None
    field.get_by_role("button", name="Left half").press("Enter")
    expect(field.get_by_role("status")).to_have_text("50 % of the picture is painted.")
    until(page, "document.querySelector('live-demo').fields.file('mask')")
    shares = demo.evaluate(
        """async (bench) => {
          const picture = await createImageBitmap((await bench.fields.body()).get("mask"));
          const context = Object.assign(document.createElement("canvas"), picture).getContext("2d");
          context.canvas.width = picture.width; context.canvas.height = picture.height;
          context.drawImage(picture, 0, 0);
          const at = (x) => [...context.getImageData(x * picture.width, picture.height / 2, 1, 1).data];
          return [at(0.25), at(0.75)];
        }"""
    )
    assert shares == [[255, 255, 255, 255], [0, 0, 0, 255]]
    demo.locator("input[name=content][value=cat]").check(force=True)
    expect(field.get_by_role("status")).to_contain_text("the area was taken away")


def test_what_only_the_browser_can_read_is_sent_as_what_the_server_can(page: Page, tmp_path: Path) -> None:
    drawing = tmp_path / "drawing.gif"
    Image.new("RGB", (40, 30), "teal").save(drawing)
    demo = opened(page)
    demo.locator("input[type=file][name=content]").set_input_files(drawing)
    sent = demo.evaluate(
        "async (bench) => { const file = (await bench.fields.body()).get('content'); return file.type; }"
    )
    assert sent == "image/jpeg"


def test_a_frame_of_the_camera_becomes_the_photograph(page: Page) -> None:
    page.context.grant_permissions(["camera"])
    demo = opened(page)
    demo.locator("[data-camera=content]").click()
    expect(demo.get_by_role("button", name="Take this frame")).to_be_focused()
    until(page, "document.querySelector('.finder video').videoWidth > 0")
    stream = page.evaluate_handle("document.querySelector('.finder video').srcObject")
    page.keyboard.press("Enter")
    expect(demo.locator(".finder")).to_have_count(0)
    expect(demo.locator("[data-camera=content]")).to_be_focused()
    assert stream.evaluate("stream => stream.getTracks().map(track => track.readyState)") == ["ended"]
    until(page, "document.querySelector('live-demo').fields.file('content')?.name === 'camera.jpg'")
    assert page.context.request.get(page.url).headers["permissions-policy"].startswith("camera=(self)")


def test_a_result_dropped_on_a_bench_sets_it_as_its_run(page: Page, site: Site) -> None:
    order = {"content": "coffee", "style": "woodcut", "size": "256", "steps": 20, "strength": 0.3}
    job = site.json("POST", "/api/v1/demos/style-transfer/jobs", order)
    while job["status"] in ("queued", "running"):
        job = site.json("GET", f"{job['urls']['self']}?wait=20&after=0")
    demo = opened(page)
    drop(page, job["urls"]["recipe"])
    expect(demo.locator("[data-status]")).to_have_text("Set as the run that made this picture: press Run")
    values = demo.evaluate("bench => bench.fields.values()")
    assert {name: values[name] for name in order} == order
    demo.evaluate("bench => { bench.dataset.name = 'another'; }")
    drop(page, job["urls"]["recipe"])
    link = demo.locator("[data-failure] a")
    expect(link).to_be_visible()
    query = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    assert (query["style"], query["steps"]) == (["woodcut"], ["20"])


def drop(page: Page, address: str) -> None:
    page.evaluate(
        """async (address) => {
          const blob = await (await fetch(address)).blob();
          const carrier = new DataTransfer();
          carrier.items.add(new File([blob], "result.png", { type: "image/png" }));
          const drop = new DragEvent("drop", { dataTransfer: carrier, bubbles: true });
          document.querySelector("[data-stage]").dispatchEvent(drop);
        }""",
        address,
    )


def test_painting_on_a_phone_scrolls_nothing_and_fits(browser: Browser, site: Site) -> None:
    context = browser.new_context(
        base_url=site.url, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    demo = opened(page)
    unfold(page, "Regions")
    canvas = demo.locator("[data-field=mask] canvas")
    canvas.scroll_into_view_if_needed()
    assert canvas.evaluate("canvas => getComputedStyle(canvas).touchAction") == "none"
    sizes = demo.locator("[data-field=mask] button").evaluate_all(
        "buttons => buttons.map((button) => [button.textContent, button.offsetHeight])"
    )
    assert [name for name, height in sizes if height < 44] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
