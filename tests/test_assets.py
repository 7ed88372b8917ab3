from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from app import assets
from app.assets import PAPER, SHEETS, STATIC, asset, site_sheet, stamp, version

RULES = """() => [...document.styleSheets].map((sheet) => [...sheet.cssRules]
  .filter((rule) => !(rule instanceof CSSLayerStatementRule)).map((rule) => rule.cssText))"""


def test_a_changed_file_has_another_address(tmp_path: Path) -> None:
    file = tmp_path / "a.css"
    file.write_text("one")
    before = version(file)
    file.write_text("another")
    assert version(file) != before


def test_versioned_files_are_kept_for_ever_and_others_asked_for(client: FlaskClient) -> None:
    addresses = re.findall(r'(?:href|src)="(/[^"]+\?v=[0-9a-f]{10})"', client.get("/demos/style-transfer").text)
    assert len(addresses) > 8
    for address in addresses:
        answer = client.get(address, buffered=True)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"]
        assert "immutable" not in client.get(address.partition("?")[0], buffered=True).headers.get("Cache-Control", "")


def test_a_file_can_be_checked_by_its_address(app: Flask, client: FlaskClient) -> None:
    for name in (assets.SITE, "js/theme.js", "js/bench.js", "css/bench.css"):
        with app.test_request_context():
            address = asset(name)
        digest = hashlib.sha384(client.get(address, buffered=True).data).digest()
        assert address.integrity == f"sha384-{base64.b64encode(digest).decode()}"


def test_one_sheet_says_what_the_sheets_say(browser: Browser) -> None:
    """By the browser's own reading: the same rules in the same order, the last sheet's for paper only."""
    page = browser.new_page()
    try:
        for name in SHEETS:
            page.add_style_tag(path=STATIC / f"css/{name}.css")
        page.add_style_tag(content=f"@media print {{ {(STATIC / f'css/{PAPER}.css').read_text()} }}")
        sources = [rule for sheet in page.evaluate(RULES) for rule in sheet]
        page.goto("about:blank")
        page.add_style_tag(content=site_sheet().decode())
        (whole,) = page.evaluate(RULES)
    finally:
        page.close()
    order = next(line for line in (STATIC / f"css/{PAPER}.css").read_text().splitlines() if line.startswith("@layer"))
    assert whole == [rule.replace(order, "").replace("  \n", "") for rule in sources]
    assert len(whole) > 10


def test_it_opens_with_the_order_of_the_layers_and_says_it_once() -> None:
    text = site_sheet().decode()
    orders = re.findall(r"@layer [\w, ]+;", text)
    assert len(orders) == 1
    assert text.startswith(orders[0])


def test_what_it_refers_to_is_there(client: FlaskClient) -> None:
    references = re.findall(r'url\("([^"]+)"\)', site_sheet().decode())
    assert references
    for reference in references:
        answer = client.get(f"/static/css/{reference}", follow_redirects=True, buffered=True)
        assert answer.status_code == 200, reference
        assert "immutable" in answer.headers["Cache-Control"]


def test_a_page_loads_one_sheet_and_one_script(client: FlaskClient) -> None:
    html = client.get("/").text
    assert len(re.findall(r'<link rel="stylesheet"', html)) == 1
    assert len(re.findall(r"<script[^>]* src=", html)) == 1


def test_a_change_on_disk_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "js").mkdir()
    for name in (*SHEETS, PAPER):
        (tmp_path / f"css/{name}.css").write_text(f"@layer a, b;\n\n.{name} {{ }}\n")
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    monkeypatch.setattr(assets, "LOOK_SECONDS", 1e-9)
    before, seen = site_sheet(), stamp()
    assert before.startswith(b"@layer a, b;\n.tokens { }\n")
    assert stamp() == seen
    (tmp_path / "css/blog.css").write_text("@layer a, b;\n\n/* new */ .other { }\n")
    assert b".other" in site_sheet()
    assert b"new" not in site_sheet()
    assert stamp() != seen
