"""The rules our content must follow, one module a subject; the linter runs them all."""

from collections.abc import Callable, Iterator

from faq.faults import Fault
from faq.loaded import Loaded
from faq.rules.doubles import doubles
from faq.rules.erratum import errata
from faq.rules.facts import facts
from faq.rules.ids import ids
from faq.rules.labels import labels
from faq.rules.links import links
from faq.rules.spoken import spoken
from faq.rules.stale import stale
from faq.rules.typography import typography
from faq.rules.wording import wording

Rule = Callable[[Loaded], Iterator[Fault]]

RULES: tuple[Rule, ...] = (
    ids,
    stale,
    labels,
    doubles,
    facts,
    links,
    spoken,
    wording,
    typography,
    errata,
)
