"""Turns our light markdown (paragraphs, lists, links, strong) into text, safe HTML or speech."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

Resolve = Callable[[str], "str | None"]

_INLINE = re.compile(r"\[(?P<label>[^\]\n]+)\]\((?P<target>[^)\s]+)\)|\*\*(?P<strong>[^*\n]+)\*\*")
_SAFE_TARGET = re.compile(r"https?://|mailto:|tel:|/(?![/\\])|#", re.IGNORECASE)
_OURS = ("entry:", "page:")
_SENTENCE_ENDS = (".", "!", "?", "\u2026", ":", ";", ",")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Segment:
    """A run of text; `target` when it is a link, `strong` when it is stressed."""

    text: str
    target: str | None = None
    strong: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph (one item) or a list (one item a line); each item is a row of segments."""

    kind: str
    items: tuple[tuple[Segment, ...], ...]


def parse(markdown: str) -> tuple[Block, ...]:
    """Split light markdown into typed blocks, for a page or a chat bubble to draw as it likes."""
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", markdown.strip()):
        blocks.extend(_blocks(chunk))
    return tuple(blocks)


def to_text(markdown: str, resolve: Resolve | None = None) -> str:
    """Return plain text; a link keeps its words, and its web address in brackets."""
    return _written(markdown, lambda segment: _plain(segment, resolve))


def to_html(markdown: str, resolve: Resolve | None = None) -> str:
    """Return escaped HTML with p, ul, li, a, strong only; a link that can't be resolved keeps its words."""
    shown = []
    for block in parse(markdown):
        rows = ["".join(_html(segment, resolve) for segment in item) for item in block.items]
        if block.kind == "ul":
            shown.append("<ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>")
        else:
            shown.append(f"<p>{rows[0]}</p>")
    return "\n".join(shown)


def spoken(markdown: str) -> str:
    """Return one line to be read aloud: no markup, hard spaces or quotes; list items are sentences."""
    rows = []
    for block in parse(markdown):
        for item in block.items:
            row = "".join(segment.text for segment in item)
            rows.append(f"{row}." if block.kind == "ul" and not row.endswith(_SENTENCE_ENDS) else row)
    line = " ".join(rows)
    return _SPACES.sub(" ", re.sub(r"«\s*|\s*»|[“”]", "", line)).strip()


def safe_href(target: str, resolve: Resolve | None = None) -> str | None:
    """Return the address a link may go to, or None when it is unknown or of a kind we never link to."""
    address = (resolve(target) if resolve else None) if target.startswith(_OURS) else target
    return address if address and _SAFE_TARGET.match(address) else None


def to_markdown(markdown: str, resolve: Resolve | None = None) -> str:
    """Return the same light markdown, one line a paragraph or item, with our own link targets resolved."""
    return _written(markdown, lambda segment: _marked(segment, resolve))


def _written(markdown: str, draw: Callable[[Segment], str]) -> str:
    """One line a paragraph or item, a blank line between blocks."""
    shown = []
    for block in parse(markdown):
        rows = ["".join(map(draw, item)) for item in block.items]
        shown.append("\n".join(f"- {row}" for row in rows) if block.kind == "ul" else rows[0])
    return "\n\n".join(shown)


def _blocks(chunk: str) -> list[Block]:
    blocks: list[Block] = []
    paragraph: list[str] = []
    items: list[list[str]] = []
    for line in chunk.splitlines():
        if line.startswith("- "):
            items.append([line[2:].strip()])
        elif items:
            items[-1].append(line.strip())
        else:
            paragraph.append(line.strip())
    if any(paragraph):
        blocks.append(Block("p", (_segments(" ".join(paragraph)),)))
    if items:
        blocks.append(Block("ul", tuple(_segments(" ".join(item)) for item in items)))
    return blocks


def _segments(line: str) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    end = 0
    for match in _INLINE.finditer(line):
        segments.append(Segment(line[end : match.start()]))
        if match["strong"] is not None:
            segments.append(Segment(match["strong"], strong=True))
        else:
            segments.append(Segment(match["label"], target=match["target"]))
        end = match.end()
    segments.append(Segment(line[end:]))
    return tuple(segment for segment in segments if segment.text)


def _plain(segment: Segment, resolve: Resolve | None) -> str:
    href = safe_href(segment.target, resolve) if segment.target else None
    if href is None or href.lower().startswith(("tel:", "mailto:")) or href == segment.text:
        return segment.text
    return f"{segment.text} ({href})"


def _marked(segment: Segment, resolve: Resolve | None) -> str:
    if segment.strong:
        return f"**{segment.text}**"
    href = safe_href(segment.target, resolve) if segment.target else None
    return f"[{segment.text}]({href})" if href else segment.text


def _html(segment: Segment, resolve: Resolve | None) -> str:
    text = html.escape(segment.text)
    if segment.strong:
        return f"<strong>{text}</strong>"
    href = safe_href(segment.target, resolve) if segment.target else None
    return f'<a href="{html.escape(href)}">{text}</a>' if href else text
