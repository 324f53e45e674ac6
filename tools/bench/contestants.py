"""The contestants: how each is trained and asked, as commands to run in processes of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.bench import pipelines, sets
from tools.bench.sets import BenchSet

ROOT = Path(__file__).resolve().parents[2]
NLPJS = ROOT / "tools" / "nlpjs"
RASA_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
Run = Callable[
    [str, Sequence[str], Path], dict[str, Any]
]  # what is done, the command, the folder to do it in


@dataclass(frozen=True)
class Contestant:
    """A way to learn a set in a folder, and the command that parses with what was learnt."""

    name: str
    title: str
    train: Callable[[BenchSet, Path], list[str]]
    parse: list[str]


def contestants(epochs: int) -> dict[str, Contestant]:
    """All of them, by their name on the command line."""
    shortened = "" if epochs == 100 else f", not 100: {epochs}"
    return {
        "ours": Contestant("ours", "ours (config.yml)", _train_ours, [*_worker("parse"), "model.tar.gz"]),
        "diet": Contestant(
            "diet",
            f"Rasa's default (DIET, epochs{shortened or ' 100'})",
            lambda bench, folder: _train_default(bench, folder, epochs),
            [*_worker("parse"), "model.tar.gz"],
        ),
        "nlpjs": Contestant("nlpjs", "nlp.js (node-nlp)", _train_nlpjs, [*_node("parse"), "model.json"]),
    }


def compete(contestant: Contestant, bench: BenchSet, folder: Path, run: Run) -> dict[str, Any]:
    """Train, parse every test sentence; the measures of both, and `parses`, one a sentence in order."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [row.text for rows in bench.tests.values() for row in rows]
    (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    measured = run(f"{contestant.name} learns {bench.name}", contestant.train(bench, folder), folder)
    command = [*contestant.parse, "texts.json", "parses.json"]
    measured |= run(f"{contestant.name} is asked {bench.name}", command, folder)
    measured["parses"] = json.loads((folder / "parses.json").read_text(encoding="utf-8"))
    return measured


def _train_ours(bench: BenchSet, folder: Path) -> list[str]:
    public = sets.is_public(bench.name)
    pipelines.write(pipelines.ours(ROOT / "config.yml", public=public), folder)
    domain = [] if public else [str(ROOT / "bot" / "domain.yml")]
    sets.write_rasa(bench.training, folder)
    return [*_worker("train"), "config.yml", "nlu", "model.tar.gz", *domain]


def _train_default(bench: BenchSet, folder: Path, epochs: int) -> list[str]:
    pipelines.write(pipelines.rasa_default(sets.languages(bench)[0], epochs), folder)
    sets.write_rasa(bench.training, folder)
    return [*_worker("train"), "config.yml", "nlu", "model.tar.gz"]


def prepare(names: Sequence[str], run: Run) -> None:
    """Install what only a contestant needs."""
    if "nlpjs" in names and not (NLPJS / "node_modules").exists():
        run("nlpjs is installed", ["npm", "ci", "--no-audit", "--no-fund", "--silent"], NLPJS)


def _train_nlpjs(bench: BenchSet, folder: Path) -> list[str]:
    examples = [vars(example) for example in bench.training]
    (folder / "examples.json").write_text(json.dumps(examples), encoding="utf-8")
    return [*_node("train"), "examples.json", "model.json", json.dumps(sets.languages(bench))]


def _worker(command: str) -> list[str]:
    return [str(RASA_PYTHON), "-m", "tools.bench.rasa_worker", command]


def _node(command: str) -> list[str]:
    return ["node", str(NLPJS / "worker.js"), command]
