"""The plan catalogue, read from content/plans.yml: names, terms and fees that an operator may edit."""

from pathlib import Path

import yaml

from backend.domain.accounts import Kind
from backend.domain.plans import Catalogue, Plan
from backend.wording.texts import CONTENT, TextFault


def load_catalogue(path: Path = CONTENT / "plans.yml") -> Catalogue:
    """Every plan; raises TextFault when a twin is missing."""
    plans = []
    for code, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for pair in ("name", "terms"):
            if set(entry[pair]) != {"fr", "en"}:
                raise TextFault(f"{path.name}: {code}.{pair}: needs exactly the languages fr and en")
        kinds = frozenset(Kind(kind) for kind in entry.pop("kinds"))
        plans.append(Plan(code=code, kinds=kinds, **entry))
    return Catalogue(plans)
