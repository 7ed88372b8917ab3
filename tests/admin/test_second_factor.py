from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.admin import accounts, halfway, recovery, second_factor, throttle, totp
from app.admin.models import Account
from app.errors import Conflict, InvalidInput, TooMany

AT = datetime(2026, 11, 23, tzinfo=UTC)
STEP = timedelta(seconds=totp.PERIOD)


def ada() -> Account:
    return accounts.get("ada")


def code(at: datetime) -> str:
    secret = ada().totp_secret
    assert secret
    return totp.code(secret, totp.step_of(at))


def wrong(at: datetime) -> str:
    """Six digits that are no code around `at`."""
    around = {code(at + steps * STEP) for steps in (-1, 0, 1)}
    return next(digits for digits in (f"{number:06}" for number in range(9)) if digits not in around)


def proves(typed: str, at: datetime, address: str = "1") -> bool:
    try:
        second_factor.prove(ada(), typed, address, at)
    except InvalidInput:
        return False
    return True


@pytest.fixture
def switched_on(app: Flask, account: str) -> list[str]:
    """The recovery codes."""
    with app.app_context():
        second_factor.offer(ada().id)
        return second_factor.switch_on(ada(), code(AT), "1", AT)


def test_it_is_on_when_a_code_of_it_was_seen(app: Flask, account: str) -> None:
    with app.app_context():
        with pytest.raises(InvalidInput):
            second_factor.switch_on(ada(), "000000", "1", AT)
        second_factor.offer(ada().id)
        assert not ada().has_second_factor
        with pytest.raises(InvalidInput):
            second_factor.switch_on(ada(), wrong(AT), "1", AT)
        assert not ada().has_second_factor
        assert not proves(code(AT), AT)
        assert len(second_factor.switch_on(ada(), code(AT), "1", AT)) == 10
        assert ada().has_second_factor


def test_an_offer_is_another_secret_until_it_is_on(app: Flask, account: str) -> None:
    with app.app_context():
        seen = set()
        for _ in range(3):
            second_factor.offer(ada().id)
            seen.add(ada().totp_secret)
        assert len(seen) == 3
        second_factor.switch_on(ada(), code(AT), "1", AT)
        with pytest.raises(Conflict):
            second_factor.offer(ada().id)
        assert ada().totp_secret in seen


def test_the_code_that_switched_it_on_is_used(app: Flask, switched_on: list[str]) -> None:
    with app.app_context():
        assert not proves(code(AT), AT)
        assert proves(code(AT + STEP), AT)  # the clock of the phone is fast


def test_spaces_and_hyphens_are_no_part_of_a_code(app: Flask, switched_on: list[str]) -> None:
    later = AT + 2 * STEP
    with app.app_context():
        typed = code(later)
        assert proves(f" {typed[:3]} {typed[3:]}\n", later)
        assert proves(switched_on[0].replace("-", " "), later)


def test_a_recovery_code_stands_in_once(app: Flask, switched_on: list[str]) -> None:
    with app.app_context():
        assert [proves(switched_on[3], AT) for _ in range(2)] == [True, False]
        assert recovery.left(ada().id) == 9


def test_switched_off_nothing_of_it_is_left(app: Flask, switched_on: list[str]) -> None:
    with app.app_context():
        token = halfway.open_for(ada())
        typed = code(AT + STEP)
        second_factor.switch_off(ada().id)
        assert (ada().totp_secret, ada().has_second_factor) == (None, False)
        assert halfway.account_of(token) is None
        assert not proves(typed, AT + STEP)
        assert not proves(switched_on[0], AT)


def test_of_two_that_come_at_once_one_code_is_taken(app: Flask, switched_on: list[str]) -> None:
    together, answers = Barrier(2), Counter[bool]()

    def use(typed: str, at: datetime) -> None:
        with app.app_context():
            together.wait()
            answers[proves(typed, at)] += 1

    for steps in range(1, 9):
        with app.app_context():
            at, typed = AT + steps * STEP, code(AT + steps * STEP)
        threads = [Thread(target=use, args=(typed, at)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == {True: 8, False: 8}


def test_guessing_codes_is_slow_and_the_right_password_does_not_help(app: Flask, switched_on: list[str]) -> None:
    at = AT + 10 * STEP
    with app.app_context():
        for number in range(throttle.FREE_FAILURES):
            assert not proves(wrong(at), at, f"address {number}")
        accounts.enter("ada", "correct horse battery", "1", at)
        for typed in (code(at), switched_on[0]):
            with pytest.raises(TooMany):
                proves(typed, at, "another address")
        assert proves(code(at), at + timedelta(seconds=1), "another address")
        assert not proves(wrong(at), at + timedelta(seconds=1))


def test_one_address_does_not_guess_at_many_accounts(app: Flask, switched_on: list[str]) -> None:
    with app.app_context():
        for number in range(throttle.FREE_FAILURES):
            name = f"account{number}"
            accounts.add(name)
            with pytest.raises(InvalidInput):
                second_factor.prove(accounts.get(name), "000000", "one address", AT)
        with pytest.raises(TooMany):
            proves(code(AT + STEP), AT, "one address")


typing = st.tuples(st.just("code"), st.integers(-3, 3))
recovering = st.tuples(st.just("recovery code"), st.integers(0, 9))
waiting = st.tuples(st.just("wait"), st.integers(1, 45))


@given(st.lists(typing | recovering | waiting, max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_when_no_code_is_taken_twice_or_out_of_order(
    app: Flask, account: str, does: list[tuple[str, int]]
) -> None:
    with app.app_context():
        second_factor.switch_off(ada().id)
        second_factor.offer(ada().id)
        codes = second_factor.switch_on(ada(), code(AT), "1", AT)
        at, last, used = AT, totp.step_of(AT), set[int]()
        for what, number in does:
            throttle.forgive([f"code:{ada().id}", "code-address:1"])
            if what == "wait":
                at += timedelta(seconds=number)
            elif what == "code":
                step = totp.step_of(at) + number
                assert proves(code(at + number * STEP), at) == (abs(number) <= 1 and step > last)
                last = max(last, step) if abs(number) <= 1 else last
            else:
                assert proves(codes[number], at) == (number not in used)
                used.add(number)
                assert recovery.left(ada().id) == 10 - len(used)
