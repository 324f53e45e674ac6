"""The arrows of the house: who may import whom inside the backend."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3] / "backend"
MAY = {
    "domain": {"domain"},
    "service": {"service", "domain"},
    "wording": {"wording", "domain"},
    "storage": {"storage", "domain"},
    "migrations": {"migrations", "storage"},
    "worker": {"worker", "documents", "wording", "service", "domain"},
    "provider": {"provider", "domain"},
    "demo": {"demo", "service", "domain"},
    "documents": {"documents", "wording", "domain"},
}
PLAIN = {
    "domain": {"sqlalchemy", "aiohttp", "pydantic", "babel", "yaml"},
    "service": {"sqlalchemy", "aiohttp", "pydantic"},
}


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("part", sorted(MAY))
def test_each_part_imports_only_what_it_may(part: str) -> None:
    for path in (ROOT / part).rglob("*.py"):
        for module in imports_of(path):
            top, _, rest = module.partition(".")
            assert top not in ("faq", "gateway", "bot"), f"{path}: {module}"
            assert top not in PLAIN.get(part, set()), f"{path}: {module}"
            if top == "backend":
                assert rest.split(".")[0] in MAY[part], f"{path}: {module}"


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_each_module_says_why_it_exists_and_stays_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert ast.get_docstring(ast.parse(source))
    assert len(source.splitlines()) <= 320 or "versions" in path.parts
