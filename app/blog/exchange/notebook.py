"""A Jupyter notebook as a post: text, code, and what came out of it.

Front matter is the first raw cell, as Quarto has it, or stands in the notebook's metadata, as Nikola keeps it. Without
either, the first heading is the title. nbformat says whether a file is a notebook, and makes of older ones what they
are today. Source: nbformat.readthedocs.io, “The Notebook file format”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import nbformat
import yaml
from nbformat import reader, validator

from app.blog import frontmatter
from app.blog.exchange import nikola, quarto
from app.blog.exchange.fenced import fenced
from app.blog.exchange.outputs import ALT_KEYS, PICTURES, Shelf, Words, joined, listed, markdown, plain_alt
from app.blog.exchange.sheet import Sheet, plain
from app.blog.manuscript import slug_of
from app.errors import AppError

HEADING = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]+?)[ \t#]*(?:\n|\Z)")
OPTION = re.compile(r"^(?:#|//|--|%)\| ?(?P<yaml>.*)$")
ATTACHED = re.compile(r"!\[(?P<alt>[^\]]*)\]\(attachment:(?P<name>[^)\s]+)[^)]*\)")
MAGIC = re.compile(r"\A%%(?P<name>bash|sh|html|javascript|js|latex|sql|perl|ruby|writefile \S+\.(?P<ending>\w+))\b")
OF_METADATA = (
    "title",
    "slug",
    "date",
    "tags",
    "description",
    "lang",
    "draft",
    "status",
    "series",
    "part",
    "cover",
    "aliases",
)
HIDDEN = {
    "source": {"remove-input", "remove_input", "hide-input", "hide_input"},
    "outputs": {"remove-output", "remove_output", "remove-stderr", "hide-output", "hide_output"},
    "cell": {"remove-cell", "remove_cell", "hide-cell", "hide_cell"},
}
TEXT_KINDS = {"", "text/markdown", "text/html"}

NO_NOTEBOOK = "This is no Jupyter notebook: {}."
DAMAGED = "This notebook is not what its format says{}. Open and save it in Jupyter."


def read(path: str, text: str, beside: Mapping[str, Any]) -> tuple[Sheet, dict[str, bytes]]:
    """The notebook as a sheet with our keys, and its figures. `beside` is what a .meta file says. Raises AppError."""
    notebook = opened(text)
    cells = list(notebook["cells"])
    front = _metadata(notebook["metadata"])
    if cells and cells[0]["cell_type"] == "raw" and (split := _front(joined(cells[0]["source"]))) is not None:
        front |= split
        cells = cells[1:]
    file = PurePosixPath(path)
    sheet = Sheet(path, front | dict(beside), "")
    folder = slug_of(str(front.get("slug") or sheet.stem)) or "notebook"
    shelf = Shelf(folder)
    language = _language(notebook["metadata"])
    blocks = [block for cell in cells for block in _blocks(cell, language, shelf)]
    title = _title(blocks, front.get("title")) or re.sub("[-_]+", " ", sheet.stem)
    body = "\n\n".join(filter(None, blocks)) + "\n"
    whole = Sheet(
        path, sheet.front | {"title": title, "notebook": file.name}, body, tuple(dict.fromkeys(shelf.remarks))
    )
    known = nikola.read(whole) if beside else quarto.read(whole)
    return known, {(file.parent / name).as_posix(): data for name, data in shelf.files.items()}


def opened(text: str) -> dict[str, Any]:
    """The notebook in `text`, in the format of today. Raises AppError."""
    try:
        notebook = nbformat.convert(reader.reads(text), 4)
        _, notebook = validator.normalize(notebook)
        nbformat.validate(notebook)
    except reader.NotJSONError:
        raise AppError(NO_NOTEBOOK.format("it is no JSON")) from None
    except nbformat.ValidationError as error:
        where = "/".join(map(str, list(getattr(error, "absolute_path", []) or [])[:4]))
        raise AppError(DAMAGED.format(f" at {where}" if where else "")) from None
    except (KeyError, AttributeError, TypeError, ValueError, IndexError, RecursionError):
        raise AppError(NO_NOTEBOOK.format("it lacks what every notebook has")) from None
    known: dict[str, Any] = notebook
    return known


def _blocks(cell: Mapping[str, Any], language: str, shelf: Shelf) -> Iterator[str]:
    kind, source, said = cell["cell_type"], joined(cell["source"]), cell["metadata"]
    tags = set(said.get("tags", []))
    if tags & HIDDEN["cell"]:
        return
    if kind == "markdown":
        yield _with_attachments(source, cell.get("attachments", {}), shelf).strip("\n")
    elif kind == "raw":
        if said.get("raw_mimetype", said.get("format", "")) in TEXT_KINDS:
            yield source.strip("\n")
    else:
        yield from _code(cell, source, language, shelf, tags)


def _code(cell: Mapping[str, Any], source: str, language: str, shelf: Shelf, tags: set[str]) -> Iterator[str]:
    options, code = _options(source)
    said, folded = cell["metadata"], cell["metadata"].get("jupyter", {})
    if options.get("include") is False:
        return
    hidden = options.get("echo") is False or tags & HIDDEN["source"] or folded.get("source_hidden")
    if code.strip() and not hidden:
        yield fenced(code.strip("\n"), _of_magic(code) or language)
    if options.get("output") is False or tags & HIDDEN["outputs"] or folded.get("outputs_hidden"):
        return
    alts = next((listed(each[key]) for each in (options, said) for key in ALT_KEYS if each.get(key)), ())
    captions = listed(options.get("fig-cap") or said.get("caption"))
    yield from markdown(cell.get("outputs", []), language, Words(alts, captions), shelf)


def _options(source: str) -> tuple[dict[str, Any], str]:
    """Quarto's lines `#| key: value` at the head of a cell, and the code below them."""
    lines = source.split("\n")
    head = [match["yaml"] for match in map(OPTION.match, lines) if match]
    count = next((number for number, line in enumerate(lines) if not OPTION.match(line)), len(lines))
    if not count:
        return {}, source
    try:
        options = yaml.safe_load("\n".join(head[:count]))
    except yaml.YAMLError:
        return {}, source
    return (options, "\n".join(lines[count:])) if isinstance(options, dict) else ({}, source)


def _with_attachments(source: str, attachments: Mapping[str, Mapping[str, Any]], shelf: Shelf) -> str:
    """Pictures that were pasted into a text, as files."""

    def kept(found: re.Match[str]) -> str:
        forms = attachments.get(found["name"], {})
        mime = next((mime for mime in PICTURES if mime in forms), None)
        name = shelf.put(mime, forms[mime]) if mime else ""
        return f"![{plain_alt(_spoken(found))}]({name})" if name else found[0]

    return ATTACHED.sub(kept, source)


def _spoken(found: re.Match[str]) -> str:
    """Jupyter writes the file's name where an author says nothing; that says nothing to anybody."""
    return "" if found["alt"] == found["name"] else found["alt"]


def _metadata(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a notebook's own metadata says of the post, Nikola's part of it too."""
    of_nikola = said.get("nikola", {})
    known = {key: said[key] for key in OF_METADATA if said.get(key)}
    return plain(known | (dict(of_nikola) if isinstance(of_nikola, Mapping) else {}))  # type: ignore[no-any-return]


def _front(source: str) -> dict[str, Any] | None:
    text = source.strip() + "\n"
    return frontmatter.split(text)[0] if frontmatter.FRONT.match(text) else None


def _title(blocks: list[str], said: Any) -> str:
    """The title that is said, or else the first heading; that goes from the text, where the title stands above it."""
    found = HEADING.match(blocks[0]) if blocks else None
    if found is None or (said and said != found["title"]):
        return str(said or "")
    blocks[0] = blocks[0][found.end() :].strip("\n")
    return found["title"]


def _language(said: Mapping[str, Any]) -> str:
    name = said.get("language_info", {}).get("name") or said.get("kernelspec", {}).get("language") or "python"
    plain_name = str(name).lower()
    return "python" if plain_name in ("ipython", "python3", "ipython3") else re.sub(r"[^\w+#.-]", "", plain_name)


def _of_magic(code: str) -> str:
    magic = MAGIC.match(code)
    return "" if magic is None else magic["ending"] or magic["name"].replace("sh", "bash").replace("babash", "bash")
