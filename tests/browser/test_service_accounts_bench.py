"""The bench of service accounts as a reader has it: switched, drawn on, mended, shared, and fed with a policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.site import Site
from tests.browser.benches import opened

pytestmark = pytest.mark.browser

BENCH = "/demos/service-accounts"
ANNOTATION = "annotate.web/frontend.photo-reader"


def awake(page: Page, asked: str = "") -> Locator:
    """The bench with its graph in hand."""
    bench = opened(page, BENCH + asked)
    expect(bench.locator("[data-node][tabindex]").first).to_be_attached()
    return bench


def switch(bench: Locator, word: str) -> Locator:
    return bench.locator(f'[data-word="{word}"]')


def node(bench: Locator, name: str) -> Locator:
    return bench.locator(f'[data-node="{name}"]')


def drag(page: Page, start: Locator, end: Locator) -> None:
    """From the middle of one box to the middle of another."""
    start.scroll_into_view_if_needed()
    boxes = [each.bounding_box() for each in (start, end)]
    assert boxes[0] and boxes[1]
    (x, y), (to_x, to_y) = ((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2)
    page.mouse.move(to_x, to_y)
    page.mouse.up()


def says(bench: Locator, words: str) -> None:
    expect(bench.locator("[data-sentence]")).to_contain_text(words)


def test_a_line_is_taken_away_and_mended_by_keyboard_and_the_address_keeps_it(page: Page) -> None:
    bench = awake(page)
    says(bench, "Yes. web/frontend comes as photo-reader.")
    switch(bench, ANNOTATION).focus()
    page.keyboard.press("Space")
    says(bench, "No. web/frontend comes as web/frontend, itself.")
    expect(switch(bench, ANNOTATION)).to_be_focused()
    expect(switch(bench, ANNOTATION)).to_have_attribute("aria-checked", "false")
    expect(bench.locator(".failing .mends code:visible")).to_contain_text("kubectl annotate serviceaccount")
    bench.locator(".failing .tabs").get_by_role("button", name="YAML").click()
    expect(bench.locator(".failing .mends code:visible")).to_contain_text("kind: ServiceAccount")
    page.wait_for_url("**?changes=-annotate*")
    bench = awake(page, "?" + page.url.partition("?")[2])
    says(bench, "No. web/frontend")
    bench.locator("[data-mend]").focus()
    page.keyboard.press("Enter")
    says(bench, "Yes. web/frontend comes as photo-reader.")
    page.wait_for_url(lambda url: "changes" not in url)


def test_lines_are_drawn_by_dragging_and_pressed_away(page: Page) -> None:
    bench = awake(page)
    drag(page, node(bench, "kubernetes jobs/resize"), node(bench, "bucket photos"))
    node(bench, "pod jobs/resize").focus()
    page.keyboard.press("Enter")
    says(bench, "Yes. jobs/resize comes as jobs/resize, itself.")
    drag(page, node(bench, "kubernetes jobs/resize"), node(bench, "google photo-reader"))
    says(bench, "No. jobs/resize")
    drag(page, node(bench, "google photo-reader"), node(bench, "kubernetes jobs/resize"))
    says(bench, "Yes. jobs/resize comes as photo-reader.")
    bench.locator('[data-off="annotate.jobs/resize.photo-reader"]').dispatch_event("click")
    says(bench, "Yes. jobs/resize comes as jobs/resize, itself.")
    drag(page, node(bench, "pod jobs/resize"), node(bench, "kubernetes web/default"))
    expect(bench.locator("[data-status]")).to_contain_text("its own namespace")


def test_another_bucket_and_another_system_are_asked(page: Page) -> None:
    bench = awake(page)
    node(bench, "bucket ledger").click()
    says(bench, "No. web/frontend comes as photo-reader.")
    bench.locator("[data-mend]").click()
    says(bench, "Yes.")
    bench.locator("[name=system][value=rbac]").check()
    says(bench, "No. web/frontend comes as system:serviceaccount:web:frontend.")
    bench.locator("[data-mend]").click()
    says(bench, "Yes.")
    expect(bench.locator("[data-answer]")).to_contain_text("RoleBinding web-frontend-pods does.")


def test_an_error_is_played_and_its_checks_lead_to_it(page: Page) -> None:
    bench = awake(page)
    bench.locator("[data-part=errors] summary").click()
    bench.locator("[data-start=wrong-namespace]").click()
    says(bench, "No.")
    last = bench.locator(".checks li").last
    expect(last).to_have_class("no")
    expect(last).to_contain_text("The namespace is default in the binding, and web where the pod runs.")
    bench.locator("[data-mend]").click()
    says(bench, "Yes.")


def test_golf_is_played_on_the_bench(page: Page) -> None:
    bench = awake(page)
    bench.locator("[data-part=golf] summary").click()
    bench.locator("[data-start=golf]").click()
    score = bench.locator(".golf .score strong")
    expect(score).to_have_text("81")
    switch(bench, "grant.shop.web/gallery.storage.admin").click()
    expect(bench.locator(".golf li.no")).to_have_count(1)
    says(bench, "No. web/gallery")
    bench.locator("[data-mend]").click()
    says(bench, "Yes. web/gallery")
    assert int(score.inner_text()) < 81


def test_a_pasted_policy_is_read_here_and_sent_nowhere(page: Page) -> None:
    bench = awake(page)
    bench.locator("[data-part=paste] summary").click()
    bench.get_by_role("button", name="Show me one").click()
    findings = bench.locator(".findings")
    expect(findings.first).to_contain_text("did you mean roles/storage.objectViewer?")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    text = bench.get_by_label("The policy")
    text.fill('{"bindings": [{"role": "roles/owner", "members": ["allUsers"]}], "etag": "secret-etag"}')
    expect(findings.last).to_contain_text("Everybody on the internet has roles/owner")
    expect(bench.locator(".asked [role=status]")).to_contain_text("No")
    bench.locator(".asked select").last.select_option("resourcemanager.projects.setIamPolicy")
    expect(bench.locator(".asked [role=status]")).to_contain_text("Yes, by line 1")
    bench.get_by_role("button", name="line 1").first.click()
    expect(text).to_be_focused()
    page.wait_for_timeout(400)
    assert sent == [] and "secret" not in page.url


def test_words_that_mean_nothing_are_said_beside_their_field(page: Page) -> None:
    bench = awake(page)
    bench.get_by_text("The sandbox as a line of text").click()
    bench.locator("[name=changes]").fill("fly.away")
    expect(bench.locator('[data-problem="changes"]')).to_contain_text("is no word for a sandbox")
    says(bench, "Yes.")


def test_two_benches_on_a_page_do_not_disturb_each_other(page: Page) -> None:
    page.goto("/posts/service-accounts")
    benches = page.locator("live-demo")
    for place in (0, 1):
        benches.nth(place).scroll_into_view_if_needed()
        expect(benches.nth(place).locator("[data-node][tabindex]").first).to_be_attached()
    before = benches.nth(1).locator("[data-sentence]").inner_text()
    switch(benches.nth(0), "pool").click()
    says(benches.nth(0), "No.")
    expect(benches.nth(1).locator("[data-sentence]")).to_have_text(before)
    assert "?" not in page.url


@pytest.mark.parametrize("start", ["account", "node", "golf"])
def test_it_fits_a_narrow_phone_and_works_without_a_script(browser: Browser, site: Site, start: str) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{BENCH}?start={start}" + ("&pod=web/gallery" if start == "golf" else ""))
    assert page.locator("html").evaluate("page => page.scrollWidth") <= 320
    before = page.locator("[data-sentence]").inner_text()
    page.locator("[role=switch][aria-checked=true][data-word^=grant], [role=switch][data-word=scopes]").first.click()
    assert "changes=-" in page.url
    assert page.locator("[data-sentence]").inner_text() or before
    context.close()


def test_a_finger_draws_from_a_box(browser: Browser, site: Site) -> None:
    context = browser.new_context(
        base_url=site.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    bench = awake(page)
    start, end = node(bench, "kubernetes web/frontend"), node(bench, "bucket thumbs")
    bench.locator("[data-graph]").evaluate("graph => graph.scrollIntoView({ block: 'center' })")
    boxes = [each.locator("rect:not(.hit)").bounding_box() for each in (start, end)]
    (x, y), (to_x, to_y) = ((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box)
    session = context.new_cdp_session(page)
    for kind, points in (("Start", [(x, y)]), ("Move", [(x, y + 20)]), ("Move", [(to_x, to_y)]), ("End", [])):
        touches = [{"x": at[0], "y": at[1]} for at in points]
        session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": touches})
    page.wait_for_url("**grant.thumbs.web*")
    context.close()
