"""E-mail addresses, typed or spelled out: `marie@example.ca`, `marie arobase example point ca`."""

import re
from collections.abc import Iterator

_TLD = r"(?:ca|com|net|org|info|biz|qc|quebec|qu\u00e9bec|fr|edu|gouv|gov|gc|io|me|co|us|email)"
_CHARACTER = r"[\w.!#$%&'\u2019*+/=?^`{|}~\-]"
_NAME = rf"(?<!{_CHARACTER}){_CHARACTER}+"
_TYPED = re.compile(
    rf"{_NAME}(?:\s?@\s?[\w\-]+(?:(?:\.[\w\-]+)+|\s?[.,;]{{1,2}}\s?{_TLD}\b)|(?<=\w)@[^\W\d_][\w\-]{{2,}})",
    re.IGNORECASE,
)
_LINK = (
    r"(?:\s?[._+\-]\s?|\s(?:point|dot|tiret|dash|hyphen|underscore|soulign[\u00e9e]|trait d[\u2019']union|"
    r"barre de soulignement|plus)\s)"
)
_AT = (
    r"(?:\s?@\s?|\s(?:arr?o?bas?e?s?|arrobe|[a\u00e0] commercial|at sign|at)\s|"
    r"\s?[\[(](?:at|arobase|a)[\])]\s?)"
)
_DOT = r"(?:\s?\.\s?|\s(?:point|dot)\s|\s?[\[(](?:point|dot)[\])]\s?)"
_SAID_AT = re.compile(_AT, re.IGNORECASE)
_SPELLED = re.compile(
    rf"(?<!\w)[^\W_]\w{{0,63}}(?:{_LINK}\w+){{0,6}}{_AT}[^\W_]\w*(?:{_LINK}\w+){{0,4}}?{_DOT}{_TLD}\b"
    rf"(?:{_DOT}{_TLD}\b)?",
    re.IGNORECASE,
)
_MAILBOX = r"(?:gmail|hotmail|outlook|yahoo|icloud|videotron|sympatico)"
_WITHOUT_AT = re.compile(
    rf"(?<!{_CHARACTER})(?=\w*[\d._\-])[\w.\-]+\s?{_MAILBOX}\s?[.,]\s?{_TLD}\b", re.IGNORECASE
)
_ANNOUNCED = re.compile(
    r"(?:courriel|e-?mail|adresse|address)\s*(?::|=|,|est|is|c[\u2019']est|it[\u2019']s)\s*"
    r"(?:le |the |bien )?",
    re.IGNORECASE,
)
_SPACED_NAME = 40  # characters of a name said in several words before the at sign


def find_emails(text: str, own: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses stand; `own` are the company's, in lower case, and are left alone."""
    patterns = [_TYPED, _WITHOUT_AT, *([_SPELLED] if _SAID_AT.search(text) else [])]
    for pattern in patterns:
        for found in pattern.finditer(text):
            start, end = found.span()
            while text[end - 1] in ".-_":
                end -= 1
            while text[start] in "'\u2019`./*":
                start += 1
            name, _, domain = text[start:end].lower().partition("@")
            is_own = "".join((name + "@" + domain).split()) in own or (
                name[-1:].isspace() and f"@{domain}" in own
            )
            if not is_own:
                yield _with_spaced_name(text, start) if pattern is _SPELLED else start, end


def _with_spaced_name(text: str, start: int) -> int:
    """Where the name really begins when words before it were announced as an address."""
    window = max(0, start - _SPACED_NAME)
    announced = list(_ANNOUNCED.finditer(text, window, start))
    if announced and not re.search(r"[.!?;]", text[announced[-1].end() : start]):
        return announced[-1].end()
    return start
