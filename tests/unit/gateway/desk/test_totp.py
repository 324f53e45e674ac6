"""The second factor is RFC 6238's, and forgives a clock that is a little off."""

from datetime import UTC, datetime, timedelta

import pytest

from gateway.desk.totp import STEP, code_at, matching_step, new_secret, otpauth_uri, qr_rows, step_of

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890", of the RFC's appendix B
NOW = datetime(2026, 11, 23, 15, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    assert code_at(SECRET, seconds // STEP) == code


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(steps: int, fits: bool) -> None:
    code = code_at(SECRET, step_of(NOW) + steps)

    assert matching_step(SECRET, code, NOW) == (step_of(NOW) + steps if fits else None)


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "000000", "١٢٣٤٥٦", "12345678"])
def test_no_other_code_fits(code: str) -> None:
    assert matching_step(SECRET, code, NOW) is None


def test_a_code_may_be_typed_in_groups() -> None:
    code = code_at(SECRET, step_of(NOW))

    assert matching_step(SECRET, f" {code[:3]} {code[3:]} ", NOW) == step_of(NOW)


def test_secrets_are_long_and_never_the_same() -> None:
    assert len({new_secret() for _ in range(50)}) == 50
    assert all(len(new_secret()) == 32 for _ in range(5))


def test_the_address_for_authenticators_names_whose_it_is() -> None:
    uri = otpauth_uri(SECRET, account="léa")

    assert uri.startswith("otpauth://totp/Assistant%20desk:l%C3%A9a?secret=" + SECRET)
    rows = qr_rows(uri)
    assert {len(row) for row in rows} == {len(rows)}
    assert set("".join(rows[:4])) == {"0"}, "no empty frame"
    assert rows[4][4:11] == "1111111", "not the corner of a code"
    assert "issuer=Assistant%20desk" in uri
    assert step_of(NOW + timedelta(seconds=STEP)) == step_of(NOW) + 1
