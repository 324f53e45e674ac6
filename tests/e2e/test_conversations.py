"""A few stories of each situation and a random walk; `make conversations` and `make fuzz` do all of it."""

import asyncio

import pytest

from tests.conversations.__main__ import Job, tell_all
from tests.conversations.fuzz.__main__ import walk_all
from tests.conversations.story import LANGUAGES, STORIES, load_story
from tests.conversations.telling import Told
from tests.support.stack import Stack

pytestmark = pytest.mark.rasa

SAMPLE = (
    "happy/move_later",
    "corrections/yes_but",
    "ambiguity/day_or_month",
    "refusals/business_leaves_ebill",
    "languages/there_and_back",
    "cancellations/by_its_own_name",
    "cancellations/at_the_summary_by_button",
    "digressions/question_while_collecting",
    "digressions/goodbye_and_back",
    "interruptions/another_operation_then_back",
    "interruptions/balance_in_the_middle",
    "failures/down_at_the_yes",
    "failures/actions_killed_at_the_yes",
    "failures/session_ends_at_the_yes",
    "security/someone_else_signs_in",
    "security/payloads_typed",
    "security/foreign_button",
)
# Each operation once, and each way of not answering; told in one language each, in turn.
ONCE = (
    "happy/sign_in_and_out",
    "happy/account_summary",
    "happy/link_account",
    "happy/move_now",
    "happy/see_then_cancel_move",
    "happy/compare_then_switch",
    "happy/report_payment_at_once",
    "happy/pay_balance",
    "happy/autopay",
    "happy/enrol_ebill_at_once",
    "happy/leave_ebill",
    "happy/change_ebill_email",
    "happy/resend_latest_bill",
    "happy/receipts",
    "happy/send_receipt",
    "happy/switch_then_undo",
    "happy/person",
    "happy/complaint",
    "digressions/why_everywhere",
    "digressions/does_not_know",
    "digressions/rather_not_say",
    "digressions/repeat_everywhere",
    "digressions/gibberish_then_answer",
    "digressions/small_talk",
    "corrections/twice",
    "refusals/past_date",
    "interruptions/two_requests_in_one_sentence",
    "languages/switch_after_a_refusal",
    "failures/one_moment",
)
TOLD = [(name, language) for name in SAMPLE for language in LANGUAGES]
TOLD += [(name, LANGUAGES[place % 2]) for place, name in enumerate(ONCE)]
SEED, WALKS = 2026, range(4)  # some 150 turns


@pytest.fixture(scope="module")
def told(stack: Stack) -> dict[tuple[str, str], Told]:
    """How each story of the sample went."""
    jobs: list[Job] = [(load_story(STORIES / f"{name}.yml"), language, None) for name, language in TOLD]
    return {(one.story.name, one.language): one for one in asyncio.run(tell_all(stack, jobs))}


@pytest.mark.parametrize(("name", "language"), TOLD)
def test_the_story_goes_as_it_is_told(told: dict[tuple[str, str], Told], name: str, language: str) -> None:
    one = told[name, language]

    assert not one.faults, "\n".join([*one.transcript, *one.faults])


def test_whatever_a_customer_does_nothing_breaks_and_nothing_is_done_without_a_yes(stack: Stack) -> None:
    found = asyncio.run(walk_all(stack, SEED, list(WALKS)))

    failed = [one for one in found if one.faults]
    assert not failed, "\n\n".join("\n".join([*one.transcript, *one.faults]) for one in failed)
    assert all(one.steps for one in found)
