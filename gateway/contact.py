"""How to reach a person, from the same facts that the answers are made of."""

from faq import Content, Fact
from gateway.settings import Language

# The first fact of each row that exists is used.
FACTS = {
    "phone": ("customer_service_phone",),
    "hours": ("customer_service_hours",),
    "email": ("feedback_email", "customer_service_email"),
    "company": ("company",),
    "service": ("service",),
}


def contact(content: Content, language: Language) -> dict[str, str]:
    """Telephone, hours, feedback address and names as written in `language`."""
    return {name: _fact(content, name).texts[language].text for name in FACTS}


def contact_links(content: Content) -> dict[str, str]:
    """The addresses that dial and write."""
    links = {name: _fact(content, name).href() for name in FACTS}
    return {name: href for name, href in links.items() if href is not None}


def _fact(content: Content, name: str) -> Fact:
    return next(content.facts[fact] for fact in FACTS[name] if fact in content.facts)
