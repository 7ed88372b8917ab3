"""The layers of ARCHITECTURE.md, held by walking the syntax trees: who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APP = ROOT / "app"
BASE = {"config", "db", "disk", "errors", "assets", "site"}
MAY_IMPORT = {  # room of app: the rooms it may know; what is not here is wiring and may know everybody
    "algorithms": set(),
    "config": {"errors"},
    "db": {"errors", "failpoint", "writelock"},
    "disk": {"failpoint"},
    "failpoint": set(),
    "writelock": {"errors"},
    "soundness": {"config", "errors"},
    "errors": set(),
    "assets": set(),
    "site": {"config", "db", "errors"},
    "headers": BASE,
    "depth": set(),
    "oembed": BASE,
    "health": BASE,
    "metrics": BASE,
    "compression": set(),
    "pages": BASE | {"compression"},
    "jobs": BASE | {"metrics"},
    "demos": BASE | {"jobs", "algorithms", "headers", "oembed"},
    "blog": BASE | {"algorithms", "oembed", "metrics"},
    "statistics": BASE | {"metrics"},
    "admin": BASE | {"blog", "headers", "statistics"},
    "backup": BASE | {"blog", "jobs", "writelock"},
}
TORCH = {"torch", "torchvision", "safetensors"}


def files() -> list[Path]:
    return sorted(APP.rglob("*.py"))


def imports(file: Path) -> Iterator[str]:
    """Dotted names that a file imports; `from app import demos` counts as app.demos."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def room(file: Path) -> str:
    return file.relative_to(APP).parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(APP)))
def test_a_file_imports_only_from_the_rooms_it_may_know(file: Path) -> None:
    allowed = MAY_IMPORT.get(room(file))
    if allowed is None:
        return
    known = {name.split(".")[1] for name in imports(file) if name.startswith("app.")}
    assert known - {room(file)} <= allowed


def test_no_room_is_forgotten() -> None:
    wiring = {"__init__", "cli"}
    rooms = {room(file) for file in files()} - wiring
    assert rooms == set(MAY_IMPORT)


def test_algorithms_are_plain_python() -> None:
    web = {"flask", "sqlalchemy", "werkzeug", "flask_sqlalchemy", "alembic"}
    for file in files():
        if room(file) == "algorithms":
            assert not {name.split(".")[0] for name in imports(file)} & web, file


def test_only_vision_and_runs_load_torch() -> None:
    for file in files():
        if {name.split(".")[0] for name in imports(file)} & TORCH:
            parts = file.relative_to(APP).parts
            assert parts[:2] == ("algorithms", "vision") or (parts[0] == "demos" and file.name == "run.py"), file


def test_a_demo_imports_no_other_demo() -> None:
    folders = {file.parent.name for file in (APP / "demos").glob("*/demo.py")}
    for file in (APP / "demos").glob("*/*.py"):
        others = folders - {file.parent.name}
        assert not {name.split(".")[2] for name in imports(file) if name.startswith("app.demos.")} & others, file


def test_settings_are_read_where_things_are_wired() -> None:
    for file in files():
        if room(file) in ("algorithms",):
            assert "os.environ" not in file.read_text(), file


@pytest.mark.parametrize(
    "stem", ["utils", "util", "helpers", "helper", "common", "core", "services", "service", "manager", "misc"]
)
def test_no_file_is_named_after_nothing(stem: str) -> None:
    assert not [path for path in APP.rglob(f"{stem}*") if path.stem == stem]


def child(code: str) -> None:
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_algorithms_work_without_flask() -> None:
    child("import sys; sys.modules['flask'] = None; from app.algorithms.vision.images import decode, fit")


def test_a_web_process_loads_no_torch(tmp_path: Path) -> None:
    child(
        "import sys, pathlib\n"
        "from app import create_app\n"
        "from app.config import Settings\n"
        "from app.db import db\n"
        f"app = create_app(Settings(DATA=pathlib.Path({str(tmp_path)!r}), JOB_ENGINE='none'))\n"
        "with app.app_context(): db.create_all()\n"
        "assert app.test_client().get('/demos/style-transfer').status_code == 200\n"
        "assert app.test_client().get('/api/v1/openapi.json').status_code == 200\n"
        "assert 'torch' not in sys.modules and 'torchvision' not in sys.modules"
    )
