"""A link says where it goes; markup stays within what our renderer draws."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faq.faults import Fault
from faq.loaded import Field, Loaded

_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_BARE = re.compile(r"\b(cliquez(?: ici)?|click(?: here)?)\b", re.IGNORECASE)
_EMPTY_WORDS = {"ici", "here", "lien", "link", "ce lien", "this link", "en savoir plus", "learn more"}
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
_FOREIGN = re.compile(
    r"<[a-zA-Z/!]|^\s*#{1,6} |^\s*[*+] |^\s*\d+\. |`|!\[|\]\s+\(|\[[^\]]*$|__", re.MULTILINE
)
_STRONG = "**"


def links(loaded: Loaded) -> Iterator[Fault]:
    """Yield "click here", links without meaning, addresses typed bare and markup that we don't draw."""
    for field in loaded.fields():
        yield from _links(field)


def _links(field: Field) -> Iterator[Fault]:
    for match in _BARE.finditer(field.template):
        yield field.fault(f"« {match.group()} » says nothing of where it goes: name the thing itself")
    for words, _ in _LINK.findall(field.template):
        if words.strip().casefold() in _EMPTY_WORDS:
            yield field.fault(f"the link's words « {words} » say nothing of where it goes")
    rest = _LINK.sub("", field.template)
    if _ADDRESS.search(rest):
        yield field.fault("a web address typed bare: make it a link with words")
    if _FOREIGN.search(rest):
        yield field.fault("markup other than paragraphs, `- ` lists, [links](…) is not drawn")
    if _STRONG in rest and field.name != "body":
        yield field.fault("`**` is for pages only")
