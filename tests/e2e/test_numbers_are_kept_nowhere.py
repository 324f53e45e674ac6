"""A card and a social insurance number typed into the whole product: in no database, log or e-mail of it."""

import re
from pathlib import Path

import pytest

from faq import LANGUAGES
from tests.support.stack import Customer, Stack, keys

pytestmark = pytest.mark.rasa

NUMBERS = {"fr": ("4111 1111 1111 1111", "152 669 859"), "en": ("5555 5555 5555 4444", "046 454 286")}
SAID = {
    "fr": ("payez avec ma carte {card}", "mon NAS est {sin}", "{card}", "quelle est mon numéro? NAS: {sin}"),
    "en": ("pay with my card {card}", "my SIN is {sin}", "{card}", "what is my number? SIN: {sin}"),
}
ASKS = {"fr": "je veux changer mon adresse", "en": "i want to change my address"}


def files_with(stack: Stack, number: str) -> list[Path]:
    """Databases, logs and e-mails of the product in which the digits of a number stand, however grouped."""
    digits = re.compile(rb"[\s.\-]*".join(digit.encode() for digit in number if digit.isdigit()))
    own = (path for path in stack.folder.rglob("*") if path.is_file() and stack.content not in path.parents)
    return [path for path in own if digits.search(path.read_bytes())]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_is_in_no_file_of_the_product(stack: Stack, language: str) -> None:
    card, sin = NUMBERS[language]
    customer = Customer(stack, language)
    said = [words.format(card=card, sin=sin) for words in SAID[language]]

    answers = [customer.say(words) for words in (*said, ASKS[language], *said)]
    for number in (card, sin):
        for user_id, password in ((number, "wrong"), ("nobody", number)):
            with pytest.raises(AssertionError, match=": 403 "):
                customer.sign_in(user_id, password)

    assert sum("numbers_hidden" in keys(answer) for answer in answers) == 2 * len(said)
    assert (stack.folder / "rasa.db").stat().st_size > 0
    assert [files_with(stack, number) for number in (card, sin)] == [[], []]
