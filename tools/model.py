"""Trains the Rasa model when what it is made of has changed, and only then.

The model's file name is the hash of its ingredients, so that the product, the tests and a second start all
find the same one: models/<hash>.tar.gz. Editing an FAQ answer changes nothing here.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INGREDIENTS = (
    "config.yml",
    "bot/domain.yml",
    "bot/uv.lock",
    "bot/data/*.yml",
    "bot/content/*.yml",
    "bot/components/**/*.py",
)
ENTRIES = "faq/content/entries/*/*.yml"  # their names only: ids become intents, words are read live
KEPT = 2  # older models are deleted
_UNFINISHED = "unfinished-"
_STEP = re.compile(r"(Starting to train|Finished training|Restored) component '(\w+)'")


def content_hash(root: Path = ROOT) -> str:
    """Twelve hexadecimal digits of all that a model depends on."""
    digest = hashlib.sha256()
    for pattern in INGREDIENTS:
        for path in sorted(root.glob(pattern)):
            digest.update(f"{path.relative_to(root)}\0".encode())
            digest.update(path.read_bytes())
    for path in sorted(root.glob(ENTRIES)):
        digest.update(f"{path.stem}\0".encode())
    return digest.hexdigest()[:12]


def model_path(root: Path = ROOT) -> Path:
    """Where the model for the present ingredients stands, trained or not."""
    return root / "models" / f"{content_hash(root)}.tar.gz"


def ensure(root: Path = ROOT) -> Path:
    """The model's path, after training it if need be; raises SystemExit with the log's end if that fails.

    ASSISTANT_MODEL names one to use as it is, made elsewhere or by hand.
    """
    path = Path(os.environ.get("ASSISTANT_MODEL") or model_path(root))
    if path.exists():
        return path
    print("Training the model (one to three minutes, only when its ingredients change)", flush=True)
    started = time.monotonic()
    log = root / "var" / "log" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{_UNFINISHED}{os.getpid()}-{path.name}")
    with subprocess.Popen(
        _command(unfinished, root),
        cwd=root,
        env=rasa_environment(root),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as training:
        assert training.stdout is not None
        for line in _logged(training.stdout, log):
            print(f"  {time.monotonic() - started:5.0f} s  {line}", flush=True)
    if training.returncode or not unfinished.exists():
        unfinished.unlink(missing_ok=True)
        sys.exit(f"Training failed (see {log}):\n{_tail(log)}")
    unfinished.replace(path)  # only whole models have the name that others look for
    print(f"  {time.monotonic() - started:5.0f} s  done: {path.relative_to(root)}", flush=True)
    _forget_older(path)
    return path


def rasa_environment(root: Path = ROOT) -> dict[str, str]:
    """What the Rasa process needs; one thread of linear algebra halves the CPU of a turn."""
    return {
        **os.environ,
        "PYTHONPATH": str(root),
        "RASA_TELEMETRY_ENABLED": "false",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONWARNINGS": "ignore",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }


def rasa_python(root: Path = ROOT) -> Path:
    """The interpreter of Rasa's own environment."""
    return root / "bot" / ".venv" / "bin" / "python"


def _command(path: Path, root: Path) -> list[str]:
    return [
        str(rasa_python(root)),
        "-m",
        "rasa",
        "train",
        "--skip-validation",  # `make lint` and the tests check the data, and more strictly
        "--config=config.yml",
        "--domain=bot/domain.yml",
        "--data=bot/data",
        "--out=models",
        f"--fixed-model-name={path.name.removesuffix('.tar.gz')}",
    ]


def _logged(lines: Iterable[str], log: Path) -> Iterator[str]:
    """Everything goes to the log; the steps worth telling come out."""
    with log.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(line)
            step = _STEP.search(line)
            if step:
                yield f"{step[1].lower()} {step[2]}"


def _tail(log: Path) -> str:
    return "".join(log.read_text(encoding="utf-8").splitlines(keepends=True)[-25:])


def _forget_older(path: Path) -> None:
    whole = (model for model in path.parent.glob("*.tar.gz") if not model.name.startswith(_UNFINISHED))
    models = sorted(whole, key=lambda model: model.stat().st_mtime)
    for old in models[:-KEPT]:
        old.unlink()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--path", action="store_true", help="only print where the model stands")
    print(model_path() if parser.parse_args().path else ensure())
