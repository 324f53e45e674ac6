"""Models are trained once for their ingredients, and have their name only when they are whole."""

import sys
from pathlib import Path

import pytest

from tools import model

SLOW = """
import pathlib, sys
path = pathlib.Path(sys.argv[1])
path.parent.mkdir(exist_ok=True)
path.write_text("half")
print("Starting to train component 'Some'", [p.name for p in path.parent.iterdir()], flush=True)
path.write_text("whole")
sys.exit(int(sys.argv[2]))
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose training is quick."""
    (tmp_path / "config.yml").write_text("a", encoding="utf-8")
    monkeypatch.delenv("ASSISTANT_MODEL", raising=False)
    train_with(monkeypatch, status=0)
    return tmp_path


def train_with(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    """From now on training ends so."""
    monkeypatch.setattr(
        model, "_command", lambda path, root: [sys.executable, "-c", SLOW, str(path), str(status)]
    )


def test_a_model_has_its_name_only_when_it_is_whole(root: Path) -> None:
    trained = model.ensure(root)

    log = (root / "var" / "log" / "train.log").read_text(encoding="utf-8")
    assert trained == model.model_path(root)
    assert trained.read_text() == "whole"
    assert f"'{trained.name}'" not in log
    assert [path.name for path in trained.parent.iterdir()] == [trained.name]


def test_a_training_that_fails_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train_with(monkeypatch, status=1)

    with pytest.raises(SystemExit, match="Training failed"):
        model.ensure(root)

    assert list((root / "models").iterdir()) == []


def test_a_model_of_other_ingredients_is_trained_and_the_oldest_forgotten(root: Path) -> None:
    made = []
    for text in ("a", "b", "c"):
        (root / "config.yml").write_text(text, encoding="utf-8")
        made.append(model.ensure(root))
    (root / "models" / "unfinished-1-x.tar.gz").write_text("another's")

    assert len(set(made)) == 3
    assert [path.exists() for path in made] == [False, True, True]
    assert model.ensure(root) == made[-1]
