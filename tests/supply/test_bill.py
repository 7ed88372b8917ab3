"""The bill of materials names everything that is installed for the site, and nothing that is not."""

from __future__ import annotations

import re
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version

from supply import bill

TOLD = bill.bill()
MODELS = [each for each in TOLD["components"] if each["type"] == "machine-learning-model"]
LIBRARIES = {each["name"]: each for each in TOLD["components"] if each["type"] == "library"}


def test_it_has_the_form_of_a_bill() -> None:
    assert (TOLD["bomFormat"], TOLD["specVersion"], TOLD["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", TOLD["serialNumber"])
    assert TOLD["metadata"]["component"]["name"] == "playpress"
    refs = [each["bom-ref"] for each in TOLD["components"]]
    assert len(refs) == len(set(refs)) > 20


def test_versions_are_those_that_are_pinned_and_those_that_run() -> None:
    for wanted in bill.direct():
        found = LIBRARIES[bill.distribution(wanted.name).name]
        assert wanted.specifier.contains(found["version"], prereleases=True)
    for name in ("flask", "jinja2", "werkzeug", "numpy", "markupsafe"):
        assert import_module(name)
        assert f"pkg:pypi/{name}@{version(name)}" in {each["purl"] for each in LIBRARIES.values()}


def test_nothing_is_there_that_only_tests_need() -> None:
    assert not {"pytest", "ruff", "mypy", "playwright"} & set(LIBRARIES)


def test_whatever_is_needed_is_in_it() -> None:
    refs = {each["bom-ref"] for each in TOLD["components"]}
    edges = {each["ref"]: each["dependsOn"] for each in TOLD["dependencies"]}
    assert {ref for needs in edges.values() for ref in needs} <= refs
    reached, waiting = set[str](), ["playpress"]
    while waiting:
        new = set(edges.get(waiting.pop(), ())) - reached
        reached |= new
        waiting += new
    assert reached == {each["bom-ref"] for each in LIBRARIES.values()}


def test_the_editors_script_is_told_by_its_packages() -> None:
    scripts = {each["name"]: each for each in LIBRARIES.values() if each["purl"].startswith("pkg:npm/")}
    assert "@codemirror/view" in scripts
    assert all(re.fullmatch(r"[0-9a-f]{128}", each["hashes"][0]["content"]) for each in scripts.values())
    paper = (bill.LOCK.parents[1] / "VENDOR.md").read_text()
    assert scripts["@codemirror/view"]["version"] in paper


def test_every_library_says_its_licence() -> None:
    assert [name for name, each in LIBRARIES.items() if not each.get("licenses")] == []


def test_weights_have_their_hashes() -> None:
    models = {each["name"]: each["hashes"][0]["content"] for each in MODELS}
    files = list(bill.WEIGHTS.rglob("*.safetensors"))
    assert models == {file.name: sha256(file.read_bytes()).hexdigest() for file in files}
    assert models


def test_the_same_installation_gives_the_same_bill() -> None:
    assert bill.bill() == TOLD
