"""Which of our languages a reader wants."""

from aiohttp import web

from gateway.settings import LANGUAGES, Language
from gateway.web.keys import CONVERSATION_LANGUAGE, SETTINGS


def accepted_language(header: str, *, default: Language) -> Language:
    """The best of our languages in an Accept-Language header; the default when it names none of them."""
    best, best_weight = default, 0.0
    for part in header[:500].split(","):
        tag, _, parameter = part.strip().partition(";")
        language = tag.strip().lower().split("-")[0]
        weight = _weight(parameter)
        if language in LANGUAGES and weight > best_weight:
            best, best_weight = "fr" if language == "fr" else "en", weight
    return best


def request_language(request: web.Request) -> Language:
    """The conversation's language if the request is about one, else the page's, else the browser's."""
    if CONVERSATION_LANGUAGE in request:
        return request[CONVERSATION_LANGUAGE]
    for language in LANGUAGES:
        if request.path == f"/{language}" or request.path.startswith(f"/{language}/"):
            return language
    default = request.app[SETTINGS].gateway_default_language
    return accepted_language(request.headers.get("Accept-Language", ""), default=default)


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if not parameter.strip():
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if name.strip() == "q" and 0 <= weight <= 1 else 0.0
