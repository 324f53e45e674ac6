"""Letters said with an example word or by their names: "g comme georges" is "g", "bee as in boy" is "b"."""

import re
from functools import cache

from bot.entities.content import words
from bot.entities.patterns import choice
from bot.entities.text import Builder, Canonical


def spelled_letters(text: Canonical, language: str, *, names: bool, any_link: bool) -> Canonical:
    """The same text with one letter for each spelled one.

    `names`: read names of letters ("bé", "bee") that stand alone too; `any_link`: also "b for boy", which
    means something else where no letters were asked for. What an example word contradicts ("m comme nancy")
    is the example's letter: words are heard better.
    """
    text = _without_marks(text, language)
    builder, end = Builder(text.source), 0
    for match in _pattern(language, names=names, any_link=any_link).finditer(text.text):
        letter = _letter(match, language)
        if letter is None:
            continue
        builder.copy(text, end, match.start())
        builder.add(letter, *text.span(*match.span()))
        end = match.end()
    builder.copy(text, end, len(text.text))
    return builder.build()


def _without_marks(text: Canonical, language: str) -> Canonical:
    builder, end = Builder(text.source), 0
    for match in _marks(language).finditer(text.text):
        builder.copy(text, end, match.start())
        end = match.end()
    builder.copy(text, end, len(text.text))
    return builder.build()


def _letter(match: re.Match[str], language: str) -> str | None:
    named, example = match["named"] or match["alone"], match["example"]
    letter = _names(language).get(named, named)
    if example is None or example[0] == letter:
        return letter
    return example[0] if example[0].isalpha() else None


@cache
def _names(language: str) -> dict[str, str]:
    """Every word that stands for a letter."""
    lists = words("dictation", language)
    names = {name: letter for letter, said in lists["letter_names"].items() for name in said}
    return names | {word: word[0] for word in lists["radio"]}


@cache
def _pattern(language: str, *, names: bool, any_link: bool) -> re.Pattern[str]:
    lists = words("dictation", language)
    links = choice(link for link in lists["as_in"] if any_link or link not in lists["as_in_when_asked"])
    named = choice(_names(language))
    again = rf"(?:(?P<again>[a-z]),? (?=(?P=again),? {links} ))?"  # "n, n as in nancy"
    exemplified = rf"{again}(?P<named>{named}|[a-z]),? {links} (?:l')?(?P<example>[a-z][a-z-]+)"
    alone = rf"(?P<alone>{named})" if names else r"(?P<alone>(?!))"
    return re.compile(rf"(?<![\w'@])(?:{exemplified}|{alone})(?![\w'@])")


@cache
def _marks(language: str) -> re.Pattern[str]:
    """ "capital", "the letter" beside a letter."""
    mark = choice(words("dictation", language)["marks"])
    return re.compile(rf"(?<!\w){mark} (?=[a-z](?!\w))|(?<=(?<!\w)[a-z]) {mark}(?!\w)")
