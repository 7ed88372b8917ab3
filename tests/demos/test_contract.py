"""What every demo owes, whoever wrote it: this runs over all there are."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app import demos
from app.demos.base import Demo
from app.demos.finished import finished_run
from app.demos.kinds import Picture

every_demo = pytest.mark.parametrize("name", demos.names())


def smallest(demo: Demo) -> dict[str, str]:
    """The cheapest inputs it takes."""
    given: dict[str, str] = {}
    for field in demo.fields:
        kind = field.kind
        if isinstance(kind, Picture):
            given[field.name] = next(iter(kind.names))
        elif "minimum" in kind.schema():
            given[field.name] = str(kind.schema()["minimum"])
        elif "enum" in kind.schema():
            given[field.name] = kind.schema()["enum"][0]
    return given


@every_demo
def test_it_runs_and_its_progress_never_falls(name: str) -> None:
    demo = demos.get(name)
    updates = list(demos.run(name)(demo.parse(smallest(demo))))
    progress = [update.progress for update in updates]
    assert progress == sorted(progress)
    assert progress[0] >= 0 and progress[-1] == pytest.approx(1)
    assert updates[-1].pictures or updates[-1].data


@every_demo
def test_the_same_inputs_give_the_same_result(name: str) -> None:
    demo = demos.get(name)
    results = []
    for _ in range(2):
        *_, last = demos.run(name)(demo.parse(smallest(demo)))
        results.append((last.data, {key: picture.tobytes() for key, picture in last.pictures.items()}))
    assert results[0] == results[1]


@every_demo
def test_its_bench_shows_a_finished_example(client: FlaskClient, name: str) -> None:
    demo = demos.get(name)
    with client.application.test_request_context():
        example = finished_run(demo, {field.name: field.default for field in demo.fields})
    assert example and example.seconds > 0
    html = client.get(f"/demos/{name}").text
    for url in example.pictures.values():
        assert url in html
        assert client.get(url).status_code == 200


@every_demo
def test_its_form_has_every_input(client: FlaskClient, name: str) -> None:
    html = client.get(f"/demos/{name}").text
    assert 'enctype="multipart/form-data"' in html
    for field in demos.get(name).fields:
        assert f'name="{field.name}"' in html
        assert field.kind.label in html


@every_demo
def test_its_own_files_are_served_and_no_others(client: FlaskClient, name: str) -> None:
    for file in ("run.py", "demo.py", "panel.html", "..", "%2e%2e%2fdemo.py"):
        assert client.get(f"/demos/{name}/assets/-/{file}").status_code == 404
    for field in demos.get(name).fields:
        if isinstance(field.kind, Picture):
            for file in field.kind.names.values():
                for what in ("assets", "thumbnails"):
                    answer = client.get(f"/demos/{name}/{what}/{file.parent.name}/{file.name}")
                    assert answer.status_code == 200
                    assert answer.mimetype == "image/webp"
