import threading
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.security import check_password_hash

from app.admin import passwords
from app.errors import InvalidInput

COMMON = passwords.COMMON.read_text().split()


def is_refused(password: str, *own: str) -> bool:
    try:
        passwords.check(password, own)
    except InvalidInput:
        return True
    return False


def test_the_list_has_the_three_thousand_that_are_guessed_first() -> None:
    assert len(set(COMMON)) == len(COMMON) >= 3000
    assert {"password", "123456", "qwerty", "letmein", "dragon"} <= set(COMMON)


def test_no_password_of_the_list_is_taken_however_it_is_made_long_enough() -> None:
    for word in COMMON:
        often = -(-passwords.SHORTEST // len(word))
        for made in (word * often, word.upper() * often, "-".join([word] * often) + "2026", f"{word * often}!"):
            assert is_refused(made), made


@given(st.sampled_from(COMMON), st.sampled_from(COMMON))
@settings(max_examples=50)
def test_two_of_them_are_no_better_than_one(one: str, other: str) -> None:
    assert is_refused(f"{one} {other} {one} {other} {one} {other} {one}")


@pytest.mark.parametrize(
    "password",
    [
        "P@ssw0rdP@ssw0rd",
        "123456789012345",
        "qwertyuiopasdfghjkl",
        "zyxwvutsrqponmlkj",
        "1qaz2wsx3edc4rfv5tgb",
        "a" * 1024,
        "ab" * 10,
        "----------------",
        "xk9f-xk9f-xk9f-xk9f",
    ],
)
def test_rows_of_keys_and_repetitions_are_refused(password: str) -> None:
    assert is_refused(password)


def test_the_names_at_hand_are_refused_for_whom_they_are_at_hand() -> None:
    assert is_refused("ada-lovelace-ada-lovelace", "ada-lovelace", "Playpress")
    assert is_refused("PlaypressPlaypress2026", "ada", "Playpress")
    assert not is_refused("PlaypressPlaypress2026", "bob", "Other")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "the quick brown fox",
        "!@#$%^&*()_+{}:",
        "правильная лошадь батарея",
        "a passphrase of more than sixty-four characters is as welcome as any other",
        "  spaces at the ends  ",
    ],
)
def test_whatever_else_is_long_enough_is_taken_of_any_kind(password: str) -> None:
    assert not is_refused(password)


@given(st.integers(0, 14), st.integers(passwords.LONGEST + 1, passwords.LONGEST + 100))
def test_a_password_has_a_length(short: int, long: int) -> None:
    words = "violet otter sings " * 60
    assert is_refused(words[:short])
    assert is_refused(words[:long])
    assert not is_refused(words[:15])
    assert not is_refused(words[:64])
    assert not is_refused(words[: passwords.LONGEST])


def test_what_the_site_makes_is_never_refused_nor_made_twice() -> None:
    made = {passwords.readable() for _ in range(200)}
    assert len(made) == 200
    assert not any(map(is_refused, made))


def test_a_hash_is_of_its_password_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "METHOD", "scrypt:256:8:1")
    known = {password: passwords.hashed(password) for password in ("one", "two", "")}
    for (one, kept), other in product(known.items(), known):
        assert passwords.matches(kept, other) == (one == other)
    assert not passwords.matches(None, "one")


def test_where_there_is_no_hash_one_is_computed_of_the_same_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    def check(known: str, password: str) -> bool:
        checked.append(known)
        return check_password_hash(known, password)

    monkeypatch.setattr(passwords, "check_password_hash", check)
    monkeypatch.setattr(passwords, "METHOD", "scrypt:256:8:1")
    assert not passwords.matches(None, "x")
    assert not passwords.matches(passwords.hashed("y"), "x")
    assert [known.split("$")[0] for known in checked] == ["scrypt:256:8:1"] * 2


def test_at_most_two_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most, gate = [0], [0], threading.Condition()

    def slow(known: str, password: str) -> bool:
        with gate:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            gate.wait_for(lambda: most[0] > 2, timeout=0.02)
            inside[0] -= 1
        return False

    monkeypatch.setattr(passwords, "check_password_hash", slow)
    threads = [threading.Thread(target=passwords.matches, args=(None, "x")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2
