"""The rules of the house: who may import whom, how long things may be, what may not be written."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("faq", "bot", "backend", "gateway", "tools", "tests")
MAY_IMPORT = {
    "faq": {"faq"},
    "bot": {"bot", "faq"},
    "gateway": {"gateway", "faq"},
    "backend": {"backend"},
}
INSIDE = {
    "bot/actions": {"bot.components"},
    "bot/components": {"bot.actions"},
    "backend/domain": {"backend.service", "backend.storage", "backend.api", "backend.worker"},
    "backend/service": {"backend.storage", "backend.api", "backend.worker"},
    "backend/storage": {"backend.api", "backend.worker"},
    "backend/worker": {"backend.storage", "backend.api"},
    "backend/api": {"backend.worker", "backend.storage"},
}
PUT_TOGETHER = {"backend/api/app.py"}  # opens all that the process needs
FILE_LINES, FUNCTION_LINES = 300, 40
# Longer than that and known to be; a function that was cut down leaves the list, or its test fails.
STILL_LONG = {"backend/service/perform.py leave_receipt"}


def tracked(*patterns: str) -> list[Path]:
    """The files of the project, those not yet committed too."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", *patterns]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in names.splitlines() if (ROOT / name).is_file()]


SOURCES = [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] != "tests"]


def imports(path: Path) -> set[str]:
    """Full names of what a file imports, with the names taken from each module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_each_room_imports_only_the_rooms_it_may(room: str) -> None:
    files = [path for path in SOURCES if path.is_relative_to(ROOT / room)]
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in files
        for name in sorted(imports(path))
        if name.split(".")[0] in ROOMS and name.split(".")[0] not in MAY_IMPORT[room]
    ]

    assert files
    assert wrong == []


@pytest.mark.parametrize("part", sorted(INSIDE))
def test_inside_a_room_the_arrows_point_one_way(part: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        if path.is_relative_to(ROOT / part) and str(path.relative_to(ROOT)) not in PUT_TOGETHER
        for name in sorted(imports(path))
        for forbidden in INSIDE[part]
        if f"{name}.".startswith(f"{forbidden}.")
    ]

    assert wrong == []


def test_the_pure_core_of_understanding_knows_nothing_of_rasa() -> None:
    core = ("text", "detection", "ngrams", "linear", "decision", "encoder")
    wrong = [
        (name, imported)
        for name in core
        for imported in imports(ROOT / "bot" / "components" / "nlu" / f"{name}.py")
        if imported.split(".")[0] == "rasa"
    ]

    assert wrong == []


def test_files_are_short() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in SOURCES
        if "versions" not in path.parts  # a migration is written once and never changed
    }

    assert {name: length for name, length in lengths.items() if length > FILE_LINES} == {}


def test_functions_are_short() -> None:
    long = {
        f"{path.relative_to(ROOT)} {node.name}"
        for path in SOURCES
        if "versions" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    }

    assert long == STILL_LONG


def test_each_module_says_why_it_exists() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


@pytest.mark.parametrize("words", [("/wo", "rk/"), ("sha", "red/"), ("/home", "/"), ("/ro", "ot/")])
def test_nothing_written_depends_on_one_machine(words: tuple[str, str]) -> None:
    place = "".join(words).encode()
    found = [str(path.relative_to(ROOT)) for path in tracked() if place in path.read_bytes()]

    assert found == []
