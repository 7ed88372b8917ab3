from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

from app.assets import version


def test_a_changed_file_has_another_address(tmp_path: Path) -> None:
    file = tmp_path / "a.css"
    file.write_text("one")
    before = version(file)
    file.write_text("another")
    assert version(file) != before


def test_versioned_files_are_kept_for_ever_and_others_asked_for(client: FlaskClient) -> None:
    addresses = re.findall(r'(?:href|src)="(/[^"]+\?v=[0-9a-f]{10})"', client.get("/demos/style-transfer").text)
    assert len(addresses) > 10
    for address in addresses:
        answer = client.get(address, buffered=True)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"]
        assert "immutable" not in client.get(address.partition("?")[0], buffered=True).headers.get("Cache-Control", "")
