"""Which modules may do which of `deeds`, each with the reason why nothing a reader sends gets there."""

from __future__ import annotations

FIELDS = "names of the fields of a class, from the class"
OPERATOR = "run on the command line, with paths of the operator's"
OWN_FILES = "files of the project, named in the code or found beside it"
BY_HASH = "files named by the hash of their bytes, whose names stand in rows"

ALLOWED: dict[str, dict[str, str]] = {
    "evaluates code": {},
    "starts a program": {},
    "reads weights that may be code": {},
    "takes a text for a template": {},
    "imports by name": {
        "algorithms/vision/feature_maps/__init__.py": "rooms of this package, from a table in it",
        "demos/folders.py": "folders of demos that were found at the start, in the operator's own places",
    },
    "makes objects of bytes": {"algorithms/apart.py": "between a process and the child that it started, over a pipe"},
    "reads any YAML": {"blog/frontmatter.py": "its loader is PyYAML's safe one, which makes plain values only"},
    "chooses a template": {
        "admin/door.py": "one of two names that stand in the line above",
        "demos/bench.py": "a demo's own panel, by the folder in which it was found at the start",
    },
    "fills a pattern": {
        "blog/pictures/library.py": "sentences of a table in that file",
        "demos/service_accounts/switches.py": "sentences of a table in that file",
    },
    "writes a query": {"db.py": "a pragma of a tuple in that file"},
    "sends a file": {"blog/covers.py": "an author's cover is looked up among the site's own static files"},
    "leads to an address": {
        "admin/door.py": "a page of the admin; test_next.py tries to lead elsewhere",
        "admin/views.py": "a page of the admin that url_for made in that function",
        "blog/drafts.py": "the address of a post, from its slug",
        "blog/views.py": "the address of a post, from its slug",
        "headers.py": "the address that was asked for, by https; the host is held by TRUSTED_HOSTS",
    },
    "takes markup as it is": {
        "admin/qr.py": "a code drawn by segno, of black and white squares",
        "blog/filters.py": "a post's HTML, which was cleaned when it was rendered",
        "blog/search.py": "escaped first; only our own two marks become elements",
        "demos/framed.py": "a bench, made by our templates",
        "demos/views.py": "a bench, made by our templates",
        "jobs/views.py": "a bench, made by our templates",
    },
    "talks to other machines": {
        "admin/api/client.py": "flask posts push, to the site that its operator names",
        "algorithms/vision/downloads.py": "the operator's command; addresses of the catalogue, files by their hash",
        "jobs/worker.py": "the name of this machine",
    },
    "reaches an attribute by name": {
        "admin/forms.py": FIELDS,
        "admin/settings.py": FIELDS,
        "algorithms/bayes/diagnosis.py": FIELDS,
        "algorithms/vision/detection/__init__.py": "names of this package, from a table in it",
        "algorithms/vision/feature_maps/*.py": "names of this package and of a network's layers, from tables",
        "blog/*.py": FIELDS,
        "blog/exchange/history.py": FIELDS,
        "blog/pictures/shelf.py": FIELDS,
        "demos/base.py": FIELDS,
        "demos/bayes/answer.py": FIELDS,
        "demos/bench.py": FIELDS,
        "demos/feature_maps/*.py": FIELDS,
        "demos/service_accounts/*.py": FIELDS,
        "demos/style_transfer/run.py": FIELDS,
        "jobs/cache.py": FIELDS,
        "site.py": FIELDS,
    },
    "touches the disk": {
        "admin/api/client.py": OPERATOR,
        "admin/command.py": OPERATOR,
        "admin/passwords.py": OWN_FILES,
        "algorithms/vision/catalogue.py": "weights by the names of the catalogue, to compare their hashes",
        "algorithms/vision/devices.py": "what the kernel tells of this machine",
        "algorithms/vision/downloads.py": OPERATOR,
        "assets.py": OWN_FILES,
        "backup/*.py": OPERATOR,
        "blog/cards/*.py": "drawn cards, named by a number and a hash",
        "blog/destinations.py": OWN_FILES,
        "blog/exchange/*.py": "what an author brings: read in memory, or from a folder named on the command line",
        "blog/markdown.py": OWN_FILES,
        "blog/pictures/files.py": BY_HASH,
        "blog/pictures/shelf.py": BY_HASH,
        "blog/pictures/views.py": BY_HASH,
        "blog/transfer.py": OPERATOR,
        "config.py": "DATA, and the secret in it",
        "demos/assets.py": "files of a demo's folder; names are looked up among those there are",
        "demos/bench.py": OWN_FILES,
        "demos/command.py": OPERATOR,
        "demos/feature_maps/*.py": "files of a demo's folder, made ahead",
        "demos/fingerprint.py": OWN_FILES,
        "demos/finished.py": OWN_FILES,
        "demos/folders.py": OWN_FILES,
        "demos/kinds.py": "ready pictures, looked up by name among those there are",
        "demos/scaffold.py": OPERATOR,
        "demos/service_accounts/facts.py": OPERATOR,
        "demos/views.py": "files of a demo's folder; names are looked up among those there are",
        "disk.py": "the one place that writes a file; who calls it names the file",
        "jobs/election.py": "locks in DATA",
        "jobs/store.py": BY_HASH,
        "jobs/worker.py": "locks in DATA",
        "pages/mark.py": "the mark beside the database",
        "soundness.py": "DATA and the database in it, looked at before the start",
        "writelock.py": "the lock beside the database",
    },
}

# Templates that show something as it is: what it is, and who cleaned it.
AS_IT_IS = {
    "admin/_secrets.html": "attributes that stand in the template which calls it",
    "admin/editor.html": "a post's HTML, cleaned when it was rendered",
    "admin/pick.html": "a bench, made by our templates",
    "admin/preview.html": "a text's HTML, cleaned when it was rendered",
    "blog/text.html": "a post's HTML, cleaned when it was rendered",
}
