from __future__ import annotations

from pathlib import Path

import pytest

from app.demos import fingerprint as fingerprints
from app.demos.fingerprint import fingerprint


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    made = tuple(tmp_path / name for name in ("demo", "shelf", "algorithms"))
    for folder in made:
        folder.mkdir()
        (folder / "one.py").write_text("1")
    monkeypatch.setattr(fingerprints, "ALGORITHMS", made[2])
    return made  # type: ignore[return-value]


@pytest.mark.parametrize("change", ["demo/one.py", "shelf/one.py", "algorithms/one.py", "algorithms/w.safetensors"])
def test_whatever_a_run_computes_with_changes_it(folders: tuple[Path, Path, Path], change: str) -> None:
    demo, shelf, _ = folders
    before = fingerprint(demo, [shelf])
    assert fingerprint(demo, [shelf]) == before
    (demo.parent / change).write_text("2")
    assert fingerprint(demo, [shelf]) != before


def test_what_only_shows_a_run_does_not(folders: tuple[Path, Path, Path]) -> None:
    demo, shelf, _ = folders
    before = fingerprint(demo, [shelf])
    (demo / "panel.js").write_text("1")
    (demo / "panel.html").write_text("1")
    assert fingerprint(demo, [shelf]) == before
