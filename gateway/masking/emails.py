"""E-mail addresses, typed or spelled out: `marie@example.ca`, `marie arobase example point ca`."""

import re
from collections.abc import Iterator

_TLD = r"(?:ca|com|net|org|info|biz|qc|quebec|qu\u00e9bec|fr|edu|gouv|gov|gc|io|me|co|us|email)"
_TYPED = re.compile(r"[\w.!#$%&'\u2019*+/=?^`{|}~\-]{1,64}\s?@\s?[\w\-]+(?:\.[\w\-]+)+", re.IGNORECASE)
_LINK = (
    r"(?:\s?[._+\-]\s?|\s(?:point|dot|tiret|dash|hyphen|underscore|soulign[\u00e9e]|trait d[\u2019']union|"
    r"barre de soulignement|plus)\s)"
)
_AT = r"(?:\s?@\s?|\s(?:arobase|arrobas|arobas|a commercial|at|at sign)\s|\s?[\[(](?:at|arobase|a)[\])]\s?)"
_DOT = r"(?:\s?\.\s?|\s(?:point|dot)\s|\s?[\[(](?:point|dot)[\])]\s?)"
_SPELLED = re.compile(
    rf"[^\W_]\w{{0,63}}(?:{_LINK}\w+){{0,6}}{_AT}[^\W_]\w*(?:{_LINK}\w+){{0,4}}?{_DOT}{_TLD}\b(?:{_DOT}{_TLD}\b)?",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"(?:courriel|e-?mail|adresse|address)\s*(?::|=|,|est|is|c[\u2019']est|it[\u2019']s)\s*"
    r"(?:le |the |bien )?",
    re.IGNORECASE,
)
_SPACED_NAME = 40  # characters of a name said in several words before the at sign


def find_emails(text: str, own: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses stand; `own` are the company's, in lower case, and are left alone."""
    for pattern in (_TYPED, _SPELLED):
        for found in pattern.finditer(text):
            start, end = found.span()
            while text[end - 1] in ".-_":
                end -= 1
            while text[start] in "'\u2019`./*":
                start += 1
            if "".join(text[start:end].lower().split()) not in own:
                yield _with_spaced_name(text, start) if pattern is _SPELLED else start, end


def _with_spaced_name(text: str, start: int) -> int:
    """Where the name really begins when words before it were announced as an address."""
    window = max(0, start - _SPACED_NAME)
    announced = list(_ANNOUNCED.finditer(text, window, start))
    if announced and not re.search(r"[.!?;]", text[announced[-1].end() : start]):
        return announced[-1].end()
    return start
