from __future__ import annotations

import pytest
from flask import Flask

from app import demos
from app.demos import bench
from app.errors import InvalidInput, NotFound


def test_a_post_presets_what_it_names_and_nothing_else(app: Flask) -> None:
    with app.test_request_context():
        html = demos.embed("style-transfer", {"content": "cat", "steps": "60"})
    assert 'value="cat"' in html.partition("checked")[0].rpartition("<input")[2]
    assert 'name="steps"' in html
    assert 'value="60"' in html
    assert 'value="0.5"' in html


def test_a_wrong_preset_is_told_to_the_author(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(InvalidInput) as refused:
        demos.embed("style-transfer", {"steps": "9000", "colour": "red", "style": "nobody"})
    assert set(refused.value.problems) == {"steps", "colour", "style"}
    with app.test_request_context(), pytest.raises(NotFound, match="style-transfer"):
        demos.embed("levitation", {})


def test_shelves_have_headings_and_captions_where_they_are_declared(app: Flask) -> None:
    with app.test_request_context():
        html = demos.embed("style-transfer", {"style": "udnie"})
    photographs, styles = html.split('data-picture-field="style"')
    styles = styles.partition("</fieldset>")[0]
    assert 'class="heading"' not in photographs and 'class="caption"' not in photographs
    assert styles.index(">Paintings<") < styles.index('value="udnie"') < styles.index(">Drawn by code<")
    assert 'title="Udnie, Francis Picabia, 1913"' in styles
    assert styles.count('class="caption"') == styles.count("data-url=") - styles.count("data-stored") == 21


def test_two_benches_in_one_page_share_no_field(app: Flask) -> None:
    import re

    with app.test_request_context():
        pages = [demos.embed("style-transfer", {"content": name}) for name in ("cat", "coffee")]
    for page in pages:
        names = re.findall(r'<label for="([^"]+)"', page)
        assert names
        assert all(page.count(f'id="{name}"') == 1 for name in names)


def test_the_fingerprint_changes_with_a_panel(tmp_path, app: Flask) -> None:  # type: ignore[no-untyped-def]
    panel = tmp_path / "panel.html"
    panel.write_text("one")
    with app.app_context():
        before = bench.fingerprint([tmp_path])
        panel.write_text("another")
        assert bench.fingerprint([tmp_path]) != before
