"""Where demos lie: every folder with a demo.py is one, in this room and in each folder that the setting DEMOS names.

A demo elsewhere is imported as a package of its own name under one that stands for its parent's place, so that no two
are ever the same module, and `from .demo import Inputs` works wherever the folder is put. What is wrong with one is
said at start, in a sentence with file and line: a site must not come up with half of its demos.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import sys
import traceback
from collections.abc import Iterable
from dataclasses import is_dataclass, replace
from pathlib import Path
from types import ModuleType

from app.demos.base import Demo
from app.errors import BadSetting

HERE = Path(__file__).parent
TAKEN = ("new", "check")  # `flask demo new` and `flask demo check` are commands
NAME = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")


def find(folders: Iterable[Path] = ()) -> dict[str, Demo]:
    """The demos of this room and of `folders`, by name. Raises BadSetting with the cure."""
    found: dict[str, Demo] = {}
    for parent in (HERE, *(folder.resolve() for folder in folders)):
        if not parent.is_dir():
            raise BadSetting(f"DEMOS names {parent}, where there is no folder. Make it, or take it out of DEMOS.")
        for file in sorted(parent.glob("[!.]*/demo.py")):
            demo = _declared(file.parent)
            if demo.name in found and found[demo.name].folder != demo.folder:
                both = f"{found[demo.name].folder} and {demo.folder}"
                raise BadSetting(f"Two demos are named “{demo.name}”: {both}. Rename one of the folders.")
            found[demo.name] = demo
    return dict(sorted(found.items()))


def package(parent: Path) -> str:
    """The name of the package that stands for a folder of demos; it is made where it is not yet."""
    if parent == HERE:
        return "app.demos"
    name = f"demos_{hashlib.sha256(str(parent).encode()).hexdigest()[:12]}"
    if name not in sys.modules:
        made = ModuleType(name, f"The demos in {parent}.")
        made.__path__ = [str(parent)]
        sys.modules[name] = made
    return name


def module(folder: Path, name: str) -> ModuleType:
    """A demo's own module: demo or run."""
    return importlib.import_module(f"{package(folder.parent)}.{folder.name}.{name}")


def told(error: BaseException, file: Path) -> str:
    """What went wrong in a demo, with file and line as near to its author's own code as they can be told."""
    place = str(file)
    if isinstance(error, SyntaxError) and error.filename:
        place = f"{error.filename}, line {error.lineno}"
    else:
        frames = traceback.extract_tb(error.__traceback__)
        if own := [frame for frame in frames if Path(frame.filename).parent == file.parent]:
            place = f"{own[-1].filename}, line {own[-1].lineno}"
    return f"{place}: {type(error).__name__}: {error.msg if isinstance(error, SyntaxError) else error}"


def _declared(folder: Path) -> Demo:
    """The DEMO of a folder, with its name and its place."""
    file, name = folder / "demo.py", folder.name.replace("_", "-")
    if name in TAKEN:
        raise BadSetting(f"{folder}: flask demo {name} is a command already. Give the folder another name.")
    if not NAME.fullmatch(folder.name):
        raise BadSetting(f"{folder}: a demo's folder has a name such as random_walk, of small letters, digits and _.")
    if not (folder / "run.py").is_file():
        raise BadSetting(f"{folder} has a demo.py and no run.py; write one with def run(inputs): … yield Update(…).")
    try:
        demo = getattr(module(folder, "demo"), "DEMO", None)
    except Exception as error:
        raise BadSetting(told(error, file)) from error
    if not isinstance(demo, Demo):
        raise BadSetting(f"{file} declares no DEMO; it ends with a line such as DEMO = Demo(title=…, inputs=Inputs).")
    if not is_dataclass(demo.inputs) or any(
        "kind" not in f.metadata for f in demo.inputs.__dataclass_fields__.values()
    ):
        raise BadSetting(f"{file}: Inputs is a dataclass, and each of its fields is asks(…) of a kind.")
    return replace(demo, name=name, folder=folder)
