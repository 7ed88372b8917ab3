"""The API is what its description says, whatever is sent to it."""

from __future__ import annotations

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from app import create_app
from app.config import Settings
from app.db import db
from app.demos import get, names


def test_it_names_every_demo_and_every_input(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json
    assert document
    assert document["openapi"].startswith("3.1")
    for name in names():
        declared, instant = {field.name for field in get(name).fields}, get(name).instant
        path = f"/demos/{name}" if instant else f"/demos/{name}/jobs"
        body = document["paths"][path]["post"]["requestBody"]["content"]
        assert "application/json" in body
        assert set(body["application/json"]["schema"]["properties"]) == declared | (set() if instant else {"from"})


AT_ONCE = [name.replace("-", "_") for name in names() if get(name).instant]
STARTS = [f"start_{name.replace('-', '_')}" for name in names() if not get(name).instant]
OPERATIONS = [
    *STARTS,
    *[f"{start}_as" for start in STARTS],
    *[f"{verb}_{name}" for verb in ("ask", "send") for name in AT_ONCE],
    "demos",
    "job",
    "erase",
    "events",
    "cancel",
    "pause",
    "resume",
    "steer",
    "report",
]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    data = tmp_path_factory.mktemp("api")
    app = create_app(Settings(DATA=data, SECRET_KEY="k" * 40, JOB_ENGINE="none", JOBS_PER_READER=10**6))
    with app.app_context():
        db.create_all()
    inner = app.wsgi_app  # the library's client asks for compressed answers, and reads them as they come
    app.wsgi_app = lambda environ, start: inner({**environ, "HTTP_ACCEPT_ENCODING": "identity"}, start)  # type: ignore[method-assign]
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


def test_every_operation_is_tried(api: schemathesis.BaseSchema) -> None:
    described = [found.ok().definition.raw for found in api.get_all_operations()]
    ours = [operation["operationId"] for operation in described if "posts" not in operation.get("tags", [])]
    assert sorted(ours) == sorted(OPERATIONS)


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_one_that_is_described(api: schemathesis.BaseSchema, name: str) -> None:
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=api.find_operation_by_id(name).as_strategy())
    def attempt(case: schemathesis.Case) -> None:
        response = case.call()
        assert response.status_code < 500 or response.headers.get("Retry-After")
        case.validate_response(response, checks=[status_code_conformance, response_schema_conformance])

    attempt()
