"""The posts' part of the API is what its description says, whatever is sent to it with a token."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from app import create_app
from app.admin import accounts, tokens
from app.config import Settings
from app.db import db

OPERATIONS = ("posts", "push", "post", "put")


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    app = create_app(Settings(DATA=tmp_path_factory.mktemp("api"), SECRET_KEY="k" * 40, JOB_ENGINE="none"))
    with app.app_context():
        db.create_all()
        accounts.add("ada")
        header = f"Bearer {tokens.make(accounts.get('ada'), 'tests')}"
    inner = app.wsgi_app
    app.wsgi_app = lambda environ, start: inner(  # type: ignore[method-assign]
        {**environ, "HTTP_ACCEPT_ENCODING": "identity", "HTTP_AUTHORIZATION": header}, start
    )
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


def test_every_operation_on_posts_is_tried(api: schemathesis.BaseSchema) -> None:
    described = [found.ok().definition.raw for found in api.get_all_operations()]
    assert {each["operationId"] for each in described if "posts" in each.get("tags", [])} == set(OPERATIONS)


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_one_that_is_described(api: schemathesis.BaseSchema, name: str) -> None:
    statuses = set()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=api.find_operation_by_id(name).as_strategy())
    def attempt(case: schemathesis.Case) -> None:
        response = case.call()
        statuses.add(response.status_code)
        assert response.status_code < 500
        case.validate_response(response, checks=[status_code_conformance, response_schema_conformance])

    attempt()
    assert statuses - {401}, "with a token, something else is answered"
