"""The texts of operations: nothing is wrong with them, and none is edited into the model."""

from pathlib import Path

from bot.words.lint import lint_texts
from bot.words.texts import ROOT as TEXTS
from tools.model import INGREDIENTS

ROOT = Path(__file__).parents[2]


def test_the_linter_finds_nothing() -> None:
    assert [str(fault) for fault in lint_texts()] == []


def test_editing_a_text_trains_nothing() -> None:
    ingredients = {path for pattern in INGREDIENTS for path in ROOT.glob(pattern)}

    assert TEXTS.is_dir()
    assert not [path for path in ingredients if path.is_relative_to(TEXTS)]
