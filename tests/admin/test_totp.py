"""Held to RFC 6238, appendix B: its codes have eight digits, of which ours are the last six."""

from base64 import b32decode, b32encode
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.admin import totp

SECRET = b32encode(b"12345678901234567890").decode()
VECTORS = {
    59: "94287082",
    1111111109: "07081804",
    1111111111: "14050471",
    1234567890: "89005924",
    2000000000: "69279037",
    20000000000: "65353130",
}
steps = st.integers(10, 10**9)
secrets = st.binary(min_size=20, max_size=20).map(lambda key: b32encode(key).decode())


def moment(step: int, second: int = 0) -> datetime:
    return datetime.fromtimestamp(step * totp.PERIOD + second, UTC)


@pytest.mark.parametrize(("seconds", "code"), VECTORS.items())
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert totp.code(SECRET, totp.step_of(at)) == code[-6:]
    assert totp.matching_step(SECRET, code[-6:], at) == seconds // 30


@given(secrets, steps, st.integers(-5, 5), st.integers(0, 29))
def test_a_code_is_good_for_one_step_on_either_side(secret: str, step: int, late: int, second: int) -> None:
    typed = totp.code(secret, step)
    matched = totp.matching_step(secret, typed, moment(step + late, second))
    if abs(late) <= totp.DRIFT:
        assert matched is not None
        assert totp.code(secret, matched) == typed
    elif matched is not None:  # one in a million is the same for another step
        assert matched != step
        assert totp.code(secret, matched) == typed


@given(secrets, steps, st.text(max_size=8))
def test_anything_else_that_is_typed_matches_nothing(secret: str, step: int, typed: str) -> None:
    around = {totp.code(secret, step + late) for late in (-1, 0, 1)}
    assert (totp.matching_step(secret, typed, moment(step)) is not None) == (typed in around)


def test_a_secret_has_160_random_bits() -> None:
    made = {totp.new_secret() for _ in range(100)}
    assert len(made) == 100
    assert {len(b32decode(secret)) for secret in made} == {20}


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_an_app_reads_from_the_address_what_it_needs(account: str, site: str) -> None:
    parts = urlsplit(totp.address(SECRET, account, site))
    asked = parse_qs(parts.query, strict_parsing=True)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    issuer, _, name = parts.path.removeprefix("/").partition(":")
    assert unquote(name) == account
    assert [unquote(issuer)] == asked["issuer"] == [site.replace(":", " ")]
    assert (asked["secret"], asked["digits"], asked["period"]) == ([SECRET], ["6"], ["30"])
