from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.backup import archive, rotation
from app.backup.manifest import DATABASE, Manifest
from app.errors import AppError


def made(file: Path, day: int, site: str = "ours") -> Path:
    at = datetime(2026, 11, day, tzinfo=UTC).isoformat()
    (file.parent / "empty").touch()
    told = Manifest(site, at, "0006", 0, 0, 0, missing=[], files={})
    archive.write(file, {DATABASE: file.parent / "empty"}, told)
    (file.parent / "empty").unlink()
    return file


def test_the_newest_stay_whatever_order_the_folder_has(tmp_path: Path) -> None:
    names = {day: made(tmp_path / f"site-2026-11-{day:02}.zip", day) for day in (3, 9, 1, 7, 5)}
    assert rotation.remove_older(names[9], 3) == [names[3], names[1]]
    assert {file.name for file in tmp_path.iterdir()} == {names[day].name for day in (9, 7, 5)}
    assert rotation.remove_older(names[9], 3) == []


def test_the_new_one_stays_whatever_the_clock_said(tmp_path: Path) -> None:
    later, new = (made(tmp_path / f"site-2026-11-{day:02}.zip", day) for day in (20, 10))
    assert rotation.remove_older(new, 1) == [later]
    assert new.exists()


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    new = made(tmp_path / "blog1-2026-11-29.zip", 29)
    made(tmp_path / "blog2-2026-11-01.zip", 1)  # another site by its name
    made(tmp_path / "blog1-2026-11-01.zip", 1, "theirs")  # another site by what it says
    made(tmp_path / "blog1-first.zip", 1)
    (tmp_path / "blog1-2026-11-02.zip").write_bytes(b"a zip of something else")
    cut = made(tmp_path / "blog1-2026-11-03.zip", 3)
    cut.write_bytes(cut.read_bytes()[:-200] + cut.read_bytes()[-71:])
    (tmp_path / "blog1-2026-11-04.zip").mkdir()
    before = set(tmp_path.iterdir())
    assert rotation.remove_older(new, 1) == []
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "name",
    [rotation.name_for(datetime.now(UTC)), "a-2026-11-29.zip", "a20261129T0300.zip"],
    ids=["of now", "with dashes", "without"],  # the same in every process, whatever the time is
)
def test_names_with_a_date_are_alike_on_any_day(name: str) -> None:
    assert rotation.alike(name).fullmatch(name)
    assert rotation.alike(name).fullmatch(name.replace("20", "19"))
    assert not rotation.alike(name).fullmatch(f"my-{name}")


def test_a_name_without_a_date_cannot_be_told_from_others() -> None:
    with pytest.raises(AppError, match="--keep needs a date"):
        rotation.alike("site.zip")
