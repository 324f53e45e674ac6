"""What customers see is drawn from light markdown, and nothing else gets through."""

from __future__ import annotations

import pytest

from faq.render import Segment, parse, spoken, to_html, to_text

NB = "\u00a0"


def resolve(target: str) -> str | None:
    return {"entry:price": "/fr/#price", "page:terms": "/fr/modalites"}.get(target)


def test_paragraphs_lists_links_and_strong_words_are_drawn() -> None:
    markdown = "Un **gros** prix,\nvoir [le prix](entry:price).\n\n- un\n- deux\n  suite"

    assert to_html(markdown, resolve) == (
        '<p>Un <strong>gros</strong> prix, voir <a href="/fr/#price">le prix</a>.</p>\n'
        "<ul><li>un</li><li>deux suite</li></ul>"
    )


def test_plain_text_keeps_the_words_of_links() -> None:
    markdown = "Voir [le prix](entry:price) ou [514](tel:+1514).\n\n- un\n- [deux](https://x.example)"

    assert to_text(markdown) == "Voir le prix ou 514.\n\n- un\n- deux (https://x.example)"
    assert to_text("[le prix](entry:price)", resolve) == "le prix (/fr/#price)"


def test_speech_is_one_line_without_marks() -> None:
    assert spoken(f"Dites «{NB}oui{NB}».\n\n- **un**\n- [deux](entry:price)") == "Dites oui. un. deux."


def test_blocks_are_typed_for_those_who_draw_them_otherwise() -> None:
    first, second = parse("Voir [le prix](entry:price).\n- un")

    assert first.kind == "p"
    assert first.items[0] == (Segment("Voir "), Segment("le prix", "entry:price"), Segment("."))
    assert (second.kind, second.items) == ("ul", ((Segment("un"),),))


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[clic](javascript:alert(1))",
        "[clic](JaVaScRiPt:alert(1))",
        "[clic](data:text/html,<script>alert(1)</script>)",
        "[clic](//evil.example)",
        "[clic](/\\evil.example)",
        "[clic](vbscript:x)",
        '[clic](https://x.example/"onmouseover="alert(1))',
        "[<b>clic</b>](https://x.example)",
        "**<i>x</i>**",
        "- <svg onload=alert(1)>",
        "![x](https://x.example/y.png)",
    ],
)
def test_script_and_foreign_markup_stay_inert(markdown: str) -> None:
    drawn = to_html(markdown, resolve)

    for tag in ("<script", "<img", "<svg", "<b>", "<i>"):
        assert tag not in drawn
    for start in ("javascript:", "data:", "vbscript:", "//evil", "/\\evil"):
        assert f'href="{start}' not in drawn.lower()
    assert '"onmouseover' not in drawn


def test_a_link_that_leads_nowhere_keeps_its_words_only() -> None:
    assert to_html("[voir](entry:gone)", resolve) == "<p>voir</p>"
    assert to_html("[voir](entry:price)") == "<p>voir</p>"


def test_a_resolver_can_not_smuggle_a_bad_address() -> None:
    assert to_html("[voir](entry:price)", lambda _: "javascript:alert(1)") == "<p>voir</p>"


@pytest.mark.parametrize("markdown", ["", "   \n\n  ", "-", "- ", "[]()", "[a](", "**", "- \n- "])
def test_scraps_of_markup_never_raise(markdown: str) -> None:
    assert "<a" not in to_html(markdown)
    to_text(markdown)
    spoken(markdown)
