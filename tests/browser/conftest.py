"""The real site, served as `make run` does, and a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.site import Site, serve

LAPTOP = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve(tmp_path_factory.mktemp("site"), UPLOADS_PER_MINUTE="100") as site:
        yield site


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A new reader's page, which must not complain of anything."""
    context = browser.new_context(base_url=site.url, viewport=LAPTOP)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    expected = ("422", "409", "429")  # refusals that a test provokes
    assert [text for text in complaints if not any(f"status of {code}" in text for code in expected)] == []


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photograph of a stranger's: pixels that no example has."""
    import numpy as np
    from PIL import Image

    rows, columns = np.mgrid[0:240, 0:320]
    noise = np.random.default_rng().normal(0, 12, (240, 320, 3))
    sky = np.stack([rows, 120 + columns / 4, 255 - rows], axis=-1)
    file = tmp_path / "holiday.jpg"
    Image.fromarray(np.clip(sky + noise, 0, 255).astype("uint8")).save(file)
    return file
