"""Pointed at a printed FAQ, the linter finds its faults, and only those."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq import CONTENT_ROOT
from faq.lint import lint_source
from faq.source_text import UnreadableError

DATA = Path(__file__).parents[2] / "data"
IDS = CONTENT_ROOT / "ids.tsv"

KNOWN = {
    "primary_email": ["« Combien » where « Comment » is meant"],
    "benefits": ["dead link"],
    "terms": ["dead link"],
    "forgot_credentials": ["dead link: « liens suivants »"],
    "address_change_delay": ["Combien de temps demandera"],
    "payment_security": ["obsolete: « SSL »", "obsolete: « Secure Sockets Layer »"],
    "autopay_date": ["residential service only"],
    "autopay_monthly_bill": ["contradicts the e-bill"],
    "autopay_cancel": ["says to call an e-mail address (service@primustel.ca)"],
    "ebill_enrol_how": ["facturation parallèle"],
    "ebill_and_paper": ["leaves out the free paper bill"],
    "ebill_back_to_paper_how": ["residential service only"],
    "ebill_business_recipient": [
        "not worded as in the index (line 54)",
        "the question is about a business",
        "this answer seems to belong to",
        "takes up hardly any word",
    ],
    "ebill_viewing": ["obsolete: « Acrobat Reader »", "obsolete: « Adobe Acrobat »", "dead link"],
    "ebill_not_received": ["gives an e-mail address as if it were a telephone number"],
    "ebill_deleted": ["this answer seems to belong to ebill_change_email"],
    "ebill_change_email": ["contradicts ebill_deleted"],
    "facture 9": [
        "same question as ebill_viewing",
        "same answer as ebill_viewing",
        "obsolete: « Acrobat Reader »",
        "obsolete: « Adobe Acrobat »",
        "dead link",
    ],
    "primus_email_meaning": ["takes up hardly any word"],
}


def test_every_known_fault_of_the_printed_faq_is_found_and_no_other() -> None:
    faults = [
        fault for fault in lint_source(DATA / "source_faq_fr.txt", IDS) if "numbers:" not in fault.message
    ]

    for name, wanted in KNOWN.items():
        told = [fault.message for fault in faults if fault.message.startswith(f"{name}: ")]
        assert len(told) == len(wanted), (name, told)
        for words in wanted:
            assert any(words in message for message in told), (name, words)
    assert {fault.message.partition(":")[0] for fault in faults} == set(KNOWN)


def test_both_customer_service_numbers_are_told_where_the_rarer_stands() -> None:
    faults = [fault for fault in lint_source(DATA / "source_faq_fr.txt") if "numbers:" in fault.message]

    assert [fault.line for fault in faults] == [7, 198]
    assert faults[0].message == "two customer-service numbers: 8885764899, elsewhere 8003404920"


def test_the_same_kinds_of_fault_are_found_in_another_text() -> None:
    told = [f"{fault.line} {fault.message}" for fault in lint_source(DATA / "raw_faq_sample.txt")]

    for wanted in (
        "3 two customer-service numbers: 8775550142, elsewhere 8005550123",
        "31 Questions liées au compte, 2: « Combien » where",
        "34 Questions liées au compte, 3: wording",
        "37 Questions liées au compte, 4: dead link",
        "40 Questions liées au compte, 5: says to call an e-mail address (aide@boreal.example)",
        "43 Questions liées au compte, 6: obsolete: « SSL »",
        "46 Questions liées au compte, 7: speaks of residential service only",
        "54 Questions liées à la facture, 1: leaves out the free paper bill",
        "57 Questions liées à la facture, 2: this answer seems to belong to Questions liées à la facture, 3",
        "60 Questions liées à la facture, 3: contradicts Questions liées à la facture, 2",
        "63 Questions liées à la facture, 4: the question is about a business",
        "63 Questions liées à la facture, 4: not worded as in the index (line 21)",
        "69 Questions liées à la facture, 6: same question as Questions liées à la facture, 5",
    ):
        assert any(line.startswith(wanted) for line in told), (wanted, told)
    assert not any(", 8:" in line or "compte, 1:" in line for line in told)


def test_a_good_printed_text_has_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "good.txt"
    path.write_text(
        "Aide\n\n  1. Combien coûte le service?\n    Le service coûte peu.\n\n"
        "  2. Comment annuler un paiement?\n    Pour annuler un paiement, appelez le 1 800 555 0123\n"
        "    ou écrivez à aide@boreal.example.\n",
        encoding="utf-8",
    )

    assert lint_source(path) == []


def test_a_question_of_the_table_that_is_not_printed_is_told(tmp_path: Path) -> None:
    ids = tmp_path / "ids.tsv"
    ids.write_text(IDS.read_text(encoding="utf-8") + "lost\tfacture\t11\n", encoding="utf-8")

    told = [fault.message for fault in lint_source(DATA / "source_faq_fr.txt", ids)]

    assert "`lost` of the table of ids is not in the text" in told


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"x" * 200_001])
def test_an_unreadable_text_is_said_to_be_so(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "raw.txt"
    path.write_bytes(raw)

    with pytest.raises(UnreadableError):
        lint_source(path)


def test_a_text_without_questions_is_told(tmp_path: Path) -> None:
    path = tmp_path / "raw.txt"
    path.write_text("Bonjour.\n", encoding="utf-8")

    assert "no numbered question" in lint_source(path)[0].message
