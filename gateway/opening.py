"""Says the hours, and a moment of them, in both languages."""

from collections.abc import Mapping
from datetime import date, datetime, time

from babel.dates import format_date, format_time
from babel.lists import format_list

from gateway.hours import TORONTO, Hours, Span, written_spans
from gateway.settings import Language
from gateway.texts import Texts

LOCALES: Mapping[Language, str] = {"fr": "fr_CA", "en": "en_CA"}
ON_THE_HOUR: Mapping[Language, str] = {"fr": "H\u00a0'h'", "en": "h\u00a0a"}
TO_THE_MINUTE: Mapping[Language, str] = {"fr": "H\u00a0'h'\u00a0mm", "en": "h:mm\u00a0a"}
DAY: Mapping[Language, str] = {"fr": "EEEE d MMMM", "en": "EEEE, MMMM d"}
FIRST_OF_MONTH: Mapping[Language, str] = {"fr": "EEEE '1er' MMMM", "en": "EEEE, MMMM d"}
MONDAY = date(2027, 3, 1)  # any Monday: only the names of the days are taken from it


def hours_in_words(hours: Hours, texts: Texts, language: Language) -> str:
    """The weekly hours, without holidays."""
    rows = [_span_in_words(span, texts, language) for span in written_spans(hours.spans)]
    return format_list(rows, locale=LOCALES[language])


def moment_in_words(moment: datetime, texts: Texts, language: Language) -> str:
    """A day and an hour in Toronto's time."""
    local = moment.astimezone(TORONTO)
    pattern = FIRST_OF_MONTH[language] if local.day == 1 else DAY[language]
    day = format_date(local, format=pattern, locale=LOCALES[language])
    return texts.get("desk.moment", language, {"day": day, "time": _clock(local.time(), language)})


def _span_in_words(span: Span, texts: Texts, language: Language) -> str:
    key = "desk.hours_day" if span.first == span.last else "desk.hours_days"
    values = {
        "first": _weekday(span.first, language),
        "last": _weekday(span.last, language),
        "opens": _clock(span.opens, language),
        "closes": _clock(span.closes, language),
    }
    return texts.get(key, language, values)


def _weekday(number: int, language: Language) -> str:
    return format_date(MONDAY.replace(day=1 + number), format="EEEE", locale=LOCALES[language])


def _clock(moment: time, language: Language) -> str:
    pattern = TO_THE_MINUTE[language] if moment.minute else ON_THE_HOUR[language]
    return format_time(moment, format=pattern, locale=LOCALES[language])
