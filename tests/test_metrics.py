"""/metrics as Prometheus' own parser reads it, against what was counted beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from app import create_app, metrics
from app.blog import editing
from app.blog.manuscript import Manuscript
from app.config import Settings
from app.db import db, now
from app.demos.base import Update
from app.errors import AppError
from app.jobs.engine import Changes, Read
from app.jobs.models import Job
from app.jobs.sweep import erase, sweep
from app.metrics import Family, Sample
from tests.jobs.conftest import Inputs, Lab, counting, earlier

MANUAL = (Path(__file__).parents[1] / "docs" / "operate.md").read_text()
TOKEN = "a token of the operator’s"
Key = tuple[str, frozenset[tuple[str, str]]]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, METRICS_TOKEN=TOKEN)


@pytest.fixture
def lab(app: Flask) -> Iterator[Lab]:
    with app.app_context():
        yield Lab(app)


def read(text: str) -> dict[Key, float]:
    """Every sample by its name and labels, none of them twice."""
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    found = {(sample.name, frozenset(sample.labels.items())): sample.value for sample in samples}
    assert len(found) == len(samples)
    return found


def look(app: Flask) -> dict[Key, float]:
    answer = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}".encode().decode("latin-1")})
    assert answer.status_code == 200, answer.text
    return read(answer.text)


def key(name: str, **labels: str) -> Key:
    return name, frozenset(labels.items())


def test_only_who_shows_the_token_is_told(client: FlaskClient) -> None:
    for header in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {'x' * 9}"}):
        answer = client.get("/metrics", headers=header)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert "playpress_" not in answer.text


def test_without_a_token_there_is_nothing(settings: Settings) -> None:
    app = create_app(replace(settings, METRICS_TOKEN=""))
    with app.app_context():
        db.create_all()
        for header in ({}, {"Authorization": "Bearer "}):
            assert app.test_client().get("/metrics", headers=header).status_code == 404
        db.engine.dispose()


def test_it_is_kept_by_nobody(app: Flask) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}".encode().decode("latin-1")}
    answer = app.test_client().get("/metrics", headers=headers)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == metrics.CONTENT_TYPE


def test_runs_are_those_that_were_counted_also_when_they_are_erased(lab: Lab) -> None:
    random, ended, cached = Random(7), Counter[str](), 0

    def some_fail(inputs: Inputs, read: Read, state: bytes | None) -> Generator[Update, Changes, None]:
        if inputs["n"] % 3 == 0:
            raise AppError("It did not work.")
        yield from counting(inputs, read, state)

    lab.run = some_fail
    for n in range(30):
        known = random.randrange(12)
        job = lab.submit(f"reader {n}", n=known)
        cached += job.cached
        if not job.cached:
            lab.execute(job)
            ended["failed" if known % 3 == 0 else "succeeded"] += 1
        if n % 4 == 0:
            erase(random.choice(list(db.session.scalars(db.select(Job)))))
    before = look(lab.app)
    for outcome in ("succeeded", "failed", "canceled", "expired"):
        assert before[key("playpress_runs_ended_total", demo="count", outcome=outcome)] == ended[outcome]
    assert before[key("playpress_runs_cached_total", demo="count")] == cached > 0
    assert before[key("playpress_run_wait_seconds_count", demo="count")] == ended.total()
    assert before[key("playpress_run_seconds_count", demo="count")] == ended["succeeded"]
    sweep(now() + timedelta(days=31))
    after = look(lab.app)
    counted = {k: v for k, v in before.items() if k[0].endswith(("_total", "_bucket", "_sum", "_count"))}
    assert {k: after[k] for k in counted} == pytest.approx(counted)


def test_buckets_say_how_many_took_no_longer(lab: Lab) -> None:
    seconds = [0.2, 0.5, 0.6, 7.0, 59.0, 61.0, 2000.0]
    for n, time in enumerate(seconds):
        earlier(lab, time, n=n)
    found = look(lab.app)
    buckets = {
        float(dict(labels)["le"]): n for (name, labels), n in found.items() if name == "playpress_run_seconds_bucket"
    }
    assert max(buckets) == float("inf") and len(buckets) > 5
    assert buckets == {end: sum(time <= end for time in seconds) for end in buckets}
    assert found[key("playpress_run_seconds_sum", demo="count")] == pytest.approx(sum(seconds))


def test_the_line_is_measured_in_runs_and_seconds(lab: Lab) -> None:
    for n in range(6):
        earlier(lab, 10.0, n=n)
    for n in range(3):
        lab.submit(f"waiting {n}", n=10 + n)
    first = lab.submit("runs", n=20)
    assert Job.claim(first.id, "worker", "cpu", 30)
    found = look(lab.app)
    assert found[key("playpress_runs_waiting", demo="count")] == 3
    assert found[key("playpress_runs_running", demo="count")] == 1
    assert found[key("playpress_runs_waiting_work_seconds", demo="count")] == pytest.approx(30, rel=0.2)
    assert found[key("playpress_worker_up")] == 1
    for job in db.session.scalars(db.select(Job)):
        erase(job)
    found = look(lab.app)
    assert found[key("playpress_runs_waiting", demo="count")] == 0
    assert found[key("playpress_worker_up")] == 0


def test_every_process_says_the_same(app: Flask, settings: Settings, lab: Lab) -> None:
    lab.execute(lab.submit(n=1))
    lab.submit("another", n=2)
    other = create_app(settings)
    found, there = look(app), look(other)
    # A second passes between the two looks: what waits has waited longer, and the disk is everybody's.
    moving = {"playpress_runs_longest_wait_seconds", "playpress_disk_free_bytes", "playpress_disk_bytes"}
    assert {k: v for k, v in found.items() if k[0] not in moving} == {
        k: v for k, v in there.items() if k[0] not in moving
    }
    other.extensions["jobs"].stop()
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


def test_posts_are_counted_by_their_state(app: Flask) -> None:
    tomorrow = now() + timedelta(days=1)
    with app.test_request_context():
        for n in range(3):
            editing.create(Manuscript(f"Draft {n}", "Text.", f"draft-{n}", status="draft"))
        for n in range(2):
            editing.create(Manuscript(f"Post {n}", "Text.", f"post-{n}", status="published"))
        editing.create(Manuscript("Later", "Text.", "later", status="published", published_at=tomorrow))
        editing.create(Manuscript("About", "Text.", "about", status="published", kind="page"))
    posts = {k: v for k, v in look(app).items() if k[0] == "playpress_posts"}
    told = {("post", "draft"): 3, ("post", "published"): 2, ("post", "scheduled"): 1, ("page", "published"): 1}
    assert {k: v for k, v in posts.items() if v} == {
        key("playpress_posts", kind=kind, state=state): count for (kind, state), count in told.items()
    }


def test_what_the_manual_names_is_there_and_all_of_it_is_named(lab: Lab) -> None:
    lab.execute(lab.submit())
    headers = {"Authorization": f"Bearer {TOKEN}".encode().decode("latin-1")}
    families = set(re.findall(r"# TYPE (\S+) ", lab.app.test_client().get("/metrics", headers=headers).text))
    named = {name.removesuffix("_bucket") for name in re.findall(r"playpress_[a-z_]+", MANUAL)}
    assert named == families


def test_what_the_manual_tells_to_copy_can_be_read() -> None:
    blocks = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)]
    scrape, rules = blocks
    assert scrape["scrape_configs"][0]["job_name"] == "playpress"
    assert all({"alert", "expr"} <= rule.keys() for rule in rules["groups"][0]["rules"])


@hypothesis(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(), st.text(), st.floats(allow_nan=False))
def test_whatever_is_in_a_label_is_read_back(label: str, about: str, value: float) -> None:
    # Prometheus' parser splits at every line end that Unicode knows, where the format knows one; Go's does not.
    label, about = ("".join(c for c in text if c == "\n" or len(f"{c}|".splitlines()) == 1) for text in (label, about))
    text = metrics._text(Family("things", "gauge", about, [Sample(value, {"of": label}), Sample(1)]))
    (family,) = text_string_to_metric_families(text)
    assert [(sample.labels, sample.value) for sample in family.samples] == [({"of": label}, value), ({}, 1)]
