from collections import Counter
from threading import Barrier, Thread

import pytest
from flask import Flask

from app.admin import accounts, recovery
from app.db import db


def plain(code: str) -> str:
    return code.replace("-", "")


@pytest.fixture
def codes(app: Flask, account: str) -> list[str]:
    with app.app_context():
        return recovery.renew(accounts.get("ada").id)


def test_there_are_ten_that_can_be_copied_from_paper(codes: list[str]) -> None:
    assert len(set(codes)) == 10
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
        assert plain(code).isdecimal()


def test_each_works_once(app: Flask, codes: list[str]) -> None:
    with app.app_context():
        ada = accounts.get("ada").id
        for used, code in enumerate(codes[:3], start=1):
            assert [recovery.use(ada, plain(code)) for _ in range(2)] == [True, False]
            assert recovery.left(ada) == 10 - used


def test_of_two_that_come_at_once_one_is_taken(app: Flask, codes: list[str]) -> None:
    together, answers = Barrier(2), Counter[bool]()

    def use(account_id: int, digits: str) -> None:
        with app.app_context():
            together.wait()
            answers[recovery.use(account_id, digits)] += 1

    with app.app_context():
        ada = accounts.get("ada").id
    for code in codes[:4]:
        threads = [Thread(target=use, args=(ada, plain(code))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == {True: 4, False: 4}


def test_new_ones_take_the_place_of_the_old(app: Flask, codes: list[str]) -> None:
    with app.app_context():
        ada = accounts.get("ada").id
        fresh = recovery.renew(ada)
        assert not set(fresh) & set(codes)
        assert not recovery.use(ada, plain(codes[0]))
        assert recovery.use(ada, plain(fresh[0]))


def test_they_are_of_one_account(app: Flask, codes: list[str]) -> None:
    with app.app_context():
        accounts.add("bob")
        bob = accounts.get("bob").id
        assert not recovery.use(bob, plain(codes[0]))
        recovery.renew(bob)
        assert not recovery.use(bob, plain(codes[0]))
        assert recovery.use(accounts.get("ada").id, plain(codes[0]))


def test_they_are_kept_as_hashes_only(app: Flask, codes: list[str]) -> None:
    with app.app_context():
        db.session.remove()
    dump = b"".join(file.read_bytes() for file in app.config["SETTINGS"].DATA.glob("playpress.db*"))
    for code in codes:
        assert code.encode() not in dump
        assert plain(code).encode() not in dump
