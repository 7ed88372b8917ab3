"""The training material, which is no part of the project: tests that need it pass by where it is not."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "ml"


@pytest.fixture(scope="session")
def material() -> Path:
    if not (FOLDER / "teachers.py").exists():
        pytest.skip(f"Needs the training material in {FOLDER}.")
    return FOLDER
