"""The rules that need no database, each named after the FAQ entry it proves."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.domain import ebills
from backend.domain.accounts import Delivery, Kind, Status, check_effective_date
from backend.domain.clock import day_ends, day_starts, next_month, one_year_after, toronto_date
from backend.domain.credentials import check_password, parse_user_id
from backend.domain.errors import STATUS, Refusal
from backend.domain.identifiers import parse_account_number
from backend.domain.limits import Attempts, Limit
from backend.domain.payments import ReportState, check_report
from backend.domain.people import SYSTEM, Actor, ActorKind, Channel
from backend.domain.records import Operation
from backend.wording.plans import load_catalogue
from backend.wording.texts import texts
from tests.support.backend_world import NOON, TODAY, build_account, build_profile

REP = Actor(ActorKind.REP, "roxane", Channel.DESK)


def code_of(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.code


@pytest.mark.parametrize("password", ["erable2026", "Érable 1 sucre", "12345678a"])
def test_alphanumeric_a_password_has_letters_and_digits(password: str) -> None:
    assert check_password(password, user_id="marie") == password


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("abcdefgh", "no_digit"),
        ("12345678", "no_letter"),
        ("a1", "too_short"),
        ("marie2026", "contains_user_id"),
        ("a1" * 65, "too_long"),
    ],
)
def test_alphanumeric_a_weak_password_is_refused_with_its_problem(password: str, problem: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_password(password, user_id="marie")

    assert problem in refused.value.fields["problems"]


def test_change_credentials_a_user_id_is_compared_in_small_letters() -> None:
    assert parse_user_id("  Marie.Tremblay ") == "marie.tremblay"


@pytest.mark.parametrize("typed", ["123456782", "123 456 782", "123-456-782", "123\u202f456.782"])
def test_which_account_number_may_be_typed_in_any_grouping(typed: str) -> None:
    assert parse_account_number(typed) == "123456782"


@pytest.mark.parametrize("typed", ["12345678", "1234567890", "12345678a", "١٢٣٤٥٦٧٨٩", ""])
def test_which_account_number_has_nine_digits(typed: str) -> None:
    with pytest.raises(Refusal):
        parse_account_number(typed)


def test_login_attempts_lock_after_the_last_try_and_open_again() -> None:
    limit = Limit(tries=3, window=timedelta(minutes=10), lock=timedelta(minutes=5))
    attempts = Attempts(key="k", count=0, since=NOON)
    for _ in range(3):
        attempts.begin(limit, NOON)

    with pytest.raises(Refusal) as refused:
        attempts.begin(limit, NOON + timedelta(minutes=4))
    attempts.begin(limit, NOON + timedelta(minutes=5))

    assert refused.value.fields["retry_after"] == 60
    assert attempts.count == 1


def test_inactivity_warns_a_month_before_the_year_ends_and_never_deletes_unwarned() -> None:
    profile = build_profile("marie", last_used_at=datetime(2025, 12, 20, 17, tzinfo=UTC))

    assert profile.should_warn(NOON)
    assert not profile.has_lapsed(NOON + timedelta(days=300))
    profile.warned_at = NOON
    assert not profile.has_lapsed(day_starts(date(2026, 12, 20)))
    assert profile.has_lapsed(NOON + timedelta(days=31))


def test_inactivity_a_late_warning_still_gives_thirty_days() -> None:
    profile = build_profile("marie", last_used_at=NOON - timedelta(days=500), warned_at=NOON)

    assert not profile.has_lapsed(NOON + timedelta(days=29))
    assert profile.has_lapsed(NOON + timedelta(days=30))


def test_effective_date_is_today_or_later_within_a_year() -> None:
    check_effective_date(TODAY, TODAY)
    for day, code in (
        (TODAY - timedelta(days=1), "effective_date_past"),
        (TODAY + timedelta(days=366), "effective_date_too_far"),
    ):
        with pytest.raises(Refusal) as refused:
            check_effective_date(day, TODAY)
        assert code_of(refused) == code


@pytest.mark.parametrize(
    ("cents", "days_ago", "code"),
    [
        (0, 1, "amount_invalid"),
        (5_000_001, 1, "amount_invalid"),
        (100, -1, "payment_date_future"),
        (100, 61, "payment_date_too_old"),
    ],
)
def test_why_report_payment_limits(cents: int, days_ago: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_report(cents=cents, paid_on=TODAY - timedelta(days=days_ago), today=TODAY)

    assert code_of(refused) == code


def test_why_report_payment_holds_off_suspension_of_an_overdue_account() -> None:
    account = build_account("1", due_on=TODAY - timedelta(days=31))

    assert account.may_suspend(TODAY)
    account.hold_until = TODAY
    assert not account.may_suspend(TODAY)
    assert account.may_suspend(TODAY + timedelta(days=1))


def test_a_payment_of_everything_lifts_a_suspension() -> None:
    account = build_account("1", status=Status.SUSPENDED, balance_cents=100)
    account.pay(100)

    assert (account.status, account.due_on) == (Status.ACTIVE, None)


def test_ebill_and_paper_exclude_each_other() -> None:
    account = build_account("1")
    ebills.enrol(account, email="m@example.ca", consent=True)

    assert (account.delivery, account.ebill_email) == (Delivery.EBILL, "m@example.ca")
    ebills.leave(account, actor=SYSTEM)
    assert (account.delivery, account.ebill_email) == (Delivery.PAPER, None)


def test_ebill_and_paper_without_consent_paper_stays() -> None:
    with pytest.raises(Refusal) as refused:
        ebills.enrol(build_account("1"), email="m@example.ca", consent=False)

    assert code_of(refused) == "consent_missing"


def test_ebill_back_to_paper_how_business_customers_go_through_a_rep() -> None:
    account = build_account("1", kind=Kind.BUSINESS, delivery=Delivery.EBILL, ebill_email="a@example.ca")

    with pytest.raises(Refusal) as refused:
        ebills.leave(account, actor=SYSTEM)
    ebills.leave(account, actor=REP)

    assert code_of(refused) == "ebill_leave_business"
    assert account.delivery is Delivery.PAPER


def test_plan_change_fees_a_plan_is_for_its_kind_of_customer_and_needs_a_line() -> None:
    catalogue = load_catalogue()
    business = build_account("1", kind=Kind.BUSINESS)
    internet = build_account("1", services=[{"kind": "internet"}])

    for account, plan in ((business, "canada_500"), (internet, "world"), (business, "evening_weekend")):
        with pytest.raises(Refusal) as refused:
            catalogue.choose(plan, account)
        assert code_of(refused) == "plan_not_for_account"


def test_a_settled_report_never_moves_again() -> None:
    from backend.domain.payments import _NEXT

    settled = {ReportState.APPLIED, ReportState.REJECTED, ReportState.WITHDRAWN}

    assert not settled & set(_NEXT)


def test_a_day_in_toronto_is_not_a_day_in_utc() -> None:
    assert toronto_date(datetime(2026, 11, 25, 4, 59, tzinfo=UTC)) == TODAY
    assert day_starts(date(2026, 7, 1)) == datetime(2026, 7, 1, 4, tzinfo=UTC)
    assert day_ends(date(2026, 3, 8)) - day_starts(date(2026, 3, 8)) == timedelta(hours=23)
    assert next_month(date(2026, 12, 31), on=28) == date(2027, 1, 28)
    assert one_year_after(date(2028, 2, 29)) == date(2029, 3, 1)


@pytest.mark.parametrize("code", sorted(STATUS))
def test_every_refusal_has_words_and_a_next_step_in_both_languages(code: str) -> None:
    assert f"errors.{code}.message" in texts()
    assert f"errors.{code}.next_step" in texts()


def test_no_words_are_left_for_refusals_that_no_longer_exist() -> None:
    written = {key.split(".")[1] for key in list(texts().keys()) if key.startswith("errors.")}

    assert set(STATUS) == written


@pytest.mark.parametrize("operation", list(Operation))
def test_every_operation_has_a_title_in_both_languages(operation: Operation) -> None:
    assert f"receipts.title.{operation.value}" in texts()
