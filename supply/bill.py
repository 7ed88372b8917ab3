"""python -m supply.bill: a software bill of materials on standard output, CycloneDX 1.6 as JSON.

It tells what is installed here for requirements.txt and whatever that needs, who needs whom and under which licence,
what the editor's script was joined from, and the weights that ship. The same installation gives the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "app" / "algorithms" / "vision" / "weights"
LOCK = ROOT / "app" / "static" / "vendor" / "codemirror" / "package-lock.json"
SPDX = re.compile(r"[\w.+()-]+( (AND|OR|WITH) [\w.+()-]+)*")  # the shape of an expression, not the list of licences
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # of addresses, RFC 9562

Json = dict[str, Any]


def main() -> None:
    json.dump(bill(), sys.stdout, indent=2, sort_keys=True, ensure_ascii=False)
    print()


def bill() -> Json:
    """The whole document. Raises PackageNotFoundError where something of requirements.txt is not installed."""
    installed = {normal(found.name): found for found in needed(direct())}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    ours = {
        "bom-ref": "playpress",
        "type": "application",
        "name": project["name"],
        "version": project["version"],
        "licenses": [{"license": {"id": project["license"]}}],
    }
    edges = {"playpress": sorted({purl(installed[normal(each.name)]) for each in direct()})}
    edges["playpress"] += [script["bom-ref"] for script in scripts()]
    edges |= {purl(found): sorted(purl(installed[name]) for name in names(found)) for found in installed.values()}
    told: Json = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": ours},
        "components": [
            *map(library, installed.values()),
            *scripts(),
            *map(model, sorted(WEIGHTS.rglob("*.safetensors"))),
        ],
        "dependencies": [{"ref": ref, "dependsOn": on} for ref, on in sorted(edges.items())],
    }
    return told | {"serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, json.dumps(told, sort_keys=True))}"}


def direct() -> list[Requirement]:
    """What requirements.txt asks for."""
    lines = (line.split("#")[0].strip() for line in (ROOT / "requirements.txt").read_text().splitlines())
    return [Requirement(line) for line in lines if line]


def needed(wanted: list[Requirement]) -> Iterator[Distribution]:
    """Those, and all that they need here, each once, by name."""
    waiting, seen = [normal(each.name) for each in wanted], dict[str, Distribution]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen[name] = distribution(name)
            waiting += names(seen[name])
    yield from (seen[name] for name in sorted(seen))


def names(found: Distribution) -> list[str]:
    """What a distribution needs here: its requirements whose markers hold, without its extras."""
    wanted = map(Requirement, found.requires or ())
    return sorted({normal(each.name) for each in wanted if each.marker is None or each.marker.evaluate({"extra": ""})})


def library(found: Distribution) -> Json:
    told: Json = {
        "bom-ref": purl(found),
        "type": "library",
        "name": found.name,
        "version": found.version,
        "purl": purl(found),
    }
    licence = licence_of(found)
    return told | ({"licenses": [licence]} if licence else {})


def licence_of(found: Distribution) -> Json | None:
    """As the distribution says it: an expression, or the words of its metadata."""
    said = found.metadata.json
    expression, told = str(said.get("license_expression", "")), str(said.get("license", "")).strip()
    if SPDX.fullmatch(expression):
        return {"expression": expression}
    classified = [each for each in said.get("classifier", ()) if each.startswith("License ::")]
    name = classified[0].rpartition(" :: ")[2] if classified else told.partition("\n")[0][:100]
    return {"license": {"name": name}} if name else None


def scripts() -> Iterator[Json]:
    """The packages of the one script that others made, as its lock holds them."""
    for path, package in json.loads(LOCK.read_text())["packages"].items():
        if path and not package.get("dev"):
            name, digest = path.removeprefix("node_modules/"), package["integrity"].removeprefix("sha512-")
            ref = f"pkg:npm/{name.replace('@', '%40')}@{package['version']}"
            yield {
                "bom-ref": ref,
                "type": "library",
                "name": name,
                "version": package["version"],
                "purl": ref,
                "licenses": [{"license": {"id": package["license"]}}],
                "hashes": [{"alg": "SHA-512", "content": b64decode(digest).hex()}],
            }


def model(file: Path) -> Json:
    digest = sha256(file.read_bytes()).hexdigest()
    return {
        "bom-ref": f"weights/{file.name}",
        "type": "machine-learning-model",
        "name": file.name,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def purl(found: Distribution) -> str:
    return f"pkg:pypi/{normal(found.name)}@{found.version}"


def normal(name: str) -> str:
    """As package indexes compare names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
