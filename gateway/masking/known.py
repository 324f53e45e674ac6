"""What belongs to the company, from the same facts that the answers are made of."""

import re

from faq import Content
from gateway.masking.checks import national_number
from gateway.masking.find import Known


def known_from(content: Content) -> Known:
    """The company's own telephone numbers and e-mail addresses, which are nobody's secret."""
    facts = content.facts.values()
    phones = {national_number(re.sub(r"\D", "", str(fact.value))) for fact in facts if fact.kind == "phone"}
    emails = {str(fact.value).lower() for fact in facts if "@" in str(fact.value)}
    return Known(frozenset(phones), frozenset(emails))
