"""What code can do that turns a text into a path, an address, a template, a query or an object, found in its tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

APP = Path(__file__).parents[2] / "app"
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")

NETWORK = {"socket", "urllib.request", "http.client", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "urllib3"}
OBJECTS = {"pickle", "marshal", "shelve", "dill", "joblib", "copyreg"}
SHELLS = {"subprocess", "pty", "commands"}
SHELL_CALLS = re.compile(r"os\.(system|popen|exec\w+|spawn\w+|posix_spawn\w*)")
PATHS = {"open", "read_bytes", "read_text", "write_bytes", "write_text", "unlink", "mkdir", "rmdir", "rmtree", "rename",
         "replace", "iterdir", "glob", "rglob", "touch", "symlink_to", "hardlink_to"}  # fmt: skip
OS_PATHS = re.compile(
    r"(os\.(open|replace|rename|remove|unlink|mkdir|makedirs|link|symlink|listdir|scandir))|shutil\.\w+"
)
QUERIES = {"text", "literal_column", "exec_driver_sql", "DDL", "executescript"}


def called(node: ast.AST) -> str:
    """The dotted name of what is called, or nothing."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def name_of(node: ast.AST) -> str:
    return called(node).rpartition(".")[2]


def imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (name.name for name in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{name.name}" for name in node.names)


def imports(modules: set[str]) -> Callable[[ast.AST], bool]:
    return lambda node: bool(modules & set(imported(node)))


def fixed(node: ast.expr) -> bool:
    """True for a text that stands in the code: a literal, or the name of a constant."""
    if isinstance(node, ast.IfExp):
        return fixed(node.body) and fixed(node.orelse)
    return isinstance(node, ast.Constant) or (
        isinstance(node, ast.Name | ast.Attribute) and bool(CONSTANT.fullmatch(ast.unparse(node).rpartition(".")[2]))
    )


def evaluates(node: ast.AST) -> bool:
    return called(node) in {"eval", "exec", "compile", "__import__", "breakpoint", "input", "builtins.eval"}


def imports_by_name(node: ast.AST) -> bool:
    return name_of(node) in {"import_module", "spec_from_file_location", "exec_module", "run_path", "run_module"}


def starts_a_program(node: ast.AST) -> bool:
    return imports(SHELLS)(node) or bool(SHELL_CALLS.fullmatch(called(node)))


def reads_weights(node: ast.AST) -> bool:
    """torch.load that may make any object, or numpy's with pickles."""
    given = {keyword.arg: keyword.value for keyword in node.keywords} if isinstance(node, ast.Call) else {}
    unsafe_torch = (
        called(node) == "torch.load" and ast.unparse(given.get("weights_only", ast.Constant(False))) != "True"
    )
    return unsafe_torch or "allow_pickle" in given


def reads_any_yaml(node: ast.AST) -> bool:
    return name_of(node) in {"unsafe_load", "full_load", "load_all"} or called(node) == "yaml.load"


def templates_a_text(node: ast.AST) -> bool:
    return name_of(node) in {"render_template_string", "from_string", "stream_template_string", "compile_expression"}


def names_a_template(node: ast.AST) -> bool:
    """A template whose name does not stand in the code."""
    return name_of(node) == "render_template" and isinstance(node, ast.Call) and not fixed(node.args[0])


def fills_a_pattern(node: ast.AST) -> bool:
    """str.format on a text that does not stand in the code: its braces could reach into any object."""
    if name_of(node) not in {"format", "format_map"} or not isinstance(node, ast.Call):
        return False
    pattern = node.func.value if isinstance(node.func, ast.Attribute) else node.func
    if called(pattern) == "Markup" and isinstance(pattern, ast.Call):
        pattern = pattern.args[0]
    return not fixed(pattern)


def writes_a_query(node: ast.AST) -> bool:
    """SQL that is put together, or a text taken for SQL that does not stand in the code."""
    if not isinstance(node, ast.Call) or not node.args:
        return False
    first, name = node.args[0], name_of(node)
    taken = name in QUERIES and not fixed(first) and called(node) not in {"pen.text", "self.draw.text"}
    return (taken and isinstance(first, ast.expr) and "parcel" not in called(node)) or (
        name in {"execute", "executemany", "scalar", "scalars"} and isinstance(first, ast.JoinedStr | ast.BinOp)
    )


def takes_markup_as_it_is(node: ast.AST) -> bool:
    return name_of(node) == "Markup" and isinstance(node, ast.Call) and not all(fixed(each) for each in node.args)


def sends_a_file(node: ast.AST) -> bool:
    return name_of(node) in {"send_file", "send_from_directory", "safe_join"}


def goes_to(node: ast.AST) -> bool:
    """A redirect to anything but the address of a page that is named in the code."""
    return name_of(node) == "redirect" and isinstance(node, ast.Call) and name_of(node.args[0]) != "url_for"


def reaches_by_name(node: ast.AST) -> bool:
    """An attribute whose name does not stand in the code."""
    reaching = called(node) in {"getattr", "setattr", "delattr", "operator.attrgetter", "attrgetter"}
    return reaching and isinstance(node, ast.Call) and not fixed(node.args[-1] if len(node.args) < 2 else node.args[1])


def touches_the_disk(node: ast.AST) -> bool:
    name = called(node)
    if OS_PATHS.fullmatch(name) or name == "open":
        return True
    opens = name_of(node) in PATHS - {"replace"} and "." in name
    return opens and name not in {"Image.open", "self.open", "angles.open"}


DEEDS: dict[str, Callable[[ast.AST], bool]] = {
    "evaluates code": evaluates,
    "imports by name": imports_by_name,
    "starts a program": starts_a_program,
    "makes objects of bytes": imports(OBJECTS),
    "reads weights that may be code": reads_weights,
    "reads any YAML": reads_any_yaml,
    "takes a text for a template": templates_a_text,
    "chooses a template": names_a_template,
    "fills a pattern": fills_a_pattern,
    "writes a query": writes_a_query,
    "takes markup as it is": takes_markup_as_it_is,
    "sends a file": sends_a_file,
    "leads to an address": goes_to,
    "reaches an attribute by name": reaches_by_name,
    "talks to other machines": imports(NETWORK),
    "touches the disk": touches_the_disk,
}


def found(source: str) -> Iterator[tuple[str, int, str]]:
    """Every deed in a source: which, its line, and the code."""
    for node in ast.walk(ast.parse(source)):
        for deed, done in DEEDS.items():
            if done(node):
                yield deed, node.lineno, ast.unparse(node)[:100]
