"""The tables of examples: tab-separated, one example a row; a line without a tab is a remark."""

import csv
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).parent


def rows(name: str) -> list[Any]:
    """The rows of `<name>.tsv` as test parameters, named by their line and phrase."""
    lines = (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    reader = csv.DictReader((line for line in lines if "\t" in line), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        pytest.param(row, id=f"{number}-{next(iter(row.values()))}") for number, row in enumerate(reader, 2)
    ]
