from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.admin import throttle
from app.admin.models import Failures
from app.db import db
from app.errors import TooMany

START = datetime(2026, 11, 23, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_five_failures_are_free_and_then_the_wait_doubles() -> None:
    assert [throttle.wait(count).total_seconds() for count in range(9)] == [0, 0, 0, 0, 0, 1, 2, 4, 8]


@given(st.integers(0, 10**6))
def test_the_wait_never_falls_and_never_exceeds_a_quarter_of_an_hour(count: int) -> None:
    assert throttle.wait(count) <= throttle.wait(count + 1) <= timedelta(minutes=15)


def test_who_waits_is_told_how_long_and_not_counted(app: Flask) -> None:
    with app.app_context():
        for _ in range(5):
            throttle.knock(["account:ada"], START)
        for _ in range(3):
            with pytest.raises(TooMany) as refused:
                throttle.knock(["account:ada"], after(0.2))
            assert refused.value.retry_after == 1
        throttle.knock(["account:ada"], after(1))
        with pytest.raises(TooMany):
            throttle.knock(["account:ada"], after(2.9))
        throttle.knock(["account:ada"], after(3))


def test_one_key_that_waits_is_enough(app: Flask) -> None:
    with app.app_context():
        for number in range(5):
            throttle.knock([f"account:{number}", "address:1"], START)
        with pytest.raises(TooMany):
            throttle.knock(["account:new", "address:1"], START)
        throttle.knock(["account:new", "address:2"], START)


def test_the_right_password_starts_from_nothing(app: Flask) -> None:
    with app.app_context():
        for _ in range(5):
            throttle.knock(["account:ada"], START)
        throttle.forgive(["account:ada"])
        throttle.knock(["account:ada"], START)


def test_failures_are_forgotten_after_a_day(app: Flask) -> None:
    with app.app_context():
        for _ in range(5):
            throttle.knock(["account:ada"], START)
        throttle.knock(["account:bob"], START + timedelta(days=1, seconds=1))
        assert db.session.scalars(db.select(Failures.key)).all() == ["account:bob"]


def test_a_clock_that_is_put_back_keeps_nobody_out(app: Flask) -> None:
    with app.app_context():
        for _ in range(throttle.FREE_FAILURES):
            throttle.knock(["account:ada"], START)
        before = START - timedelta(days=3650)
        with pytest.raises(TooMany) as refused:
            throttle.knock(["account:ada"], before)
        assert refused.value.retry_after == 1
        throttle.knock(["account:ada"], before + timedelta(seconds=1))
