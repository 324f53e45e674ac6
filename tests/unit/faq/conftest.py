"""A small content folder of our own, so that the tests don't depend on the wording of the real one."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from faq.lint import lint_content
from faq.model import PageText, Text

NB = "\u00a0"
Data = dict[str, Any]

FACTS: Data = {
    "company": {
        "kind": "text",
        "value": "Boréal",
        "fr": {"text": "Boréal"},
        "en": {"text": "Boréal"},
        "source": "test",
    },
    "phone": {
        "kind": "phone",
        "value": "+15145550123",
        "fr": {
            "text": f"514{NB}555-0123",
            "spoken": "cinq cent quatorze, cinq cinq cinq, zéro un, vingt-trois",
        },
        "en": {"text": "514-555-0123", "spoken": "five one four, five five five, oh one, twenty-three"},
        "source": "test",
    },
    "email": {
        "kind": "email",
        "value": "aide@boreal.example",
        "fr": {"text": "aide@boreal.example", "spoken": "aide, arobase, boreal"},
        "en": {"text": "aide@boreal.example", "spoken": "aide, at, boreal"},
        "source": "test",
    },
    "fee": {
        "kind": "money",
        "value": 550,
        "fr": {"text": f"5,50{NB}$", "spoken": "cinq dollars cinquante"},
        "en": {"text": "$5.50", "spoken": "five dollars and fifty cents"},
        "source": "test",
    },
    "delay": {
        "kind": "days",
        "value": 20,
        "fr": {"text": f"20{NB}jours", "spoken": "vingt jours"},
        "en": {"text": "20 days", "spoken": "twenty days"},
        "source": "test",
    },
}


def _entry(number: int, name: str, french: list[str], english: list[str], printed: list[str]) -> Data:
    keys = ("question", "label", "answer", "spoken")
    return {
        "id": name,
        "section": "compte",
        "number": number,
        "related": [],
        "fr": dict(zip(keys, french, strict=True)),
        "en": dict(zip(keys, english, strict=True)),
        "source": {"question": printed[0], "answer": printed[1]},
    }


ENTRIES: list[Data] = [
    _entry(
        1,
        "price",
        [
            "Combien coûte le service de {{ company }}?",
            "Le prix du service",
            "Le service coûte {{ fee }} par mois.",
            "Il coûte {{ fee }}.",
        ],
        [
            "How much does the {{ company }} service cost?",
            "The price",
            "The service costs {{ fee }} a month.",
            "It costs {{ fee }}.",
        ],
        ["Combien coûte le service?", "Le service coûte 5,50 $ par mois."],
    ),
    _entry(
        2,
        "pay_date",
        [
            "Quand mon prélèvement est-il fait?",
            "Le jour du prélèvement",
            "Le prélèvement est fait après {{ delay }}.",
            "Il est fait après {{ delay }}.",
        ],
        [
            "When is my withdrawal made?",
            "The withdrawal day",
            "The withdrawal is made after {{ delay }}.",
            "It is made after {{ delay }}.",
        ],
        ["Quand mon prélèvement est-il fait?", "Le prélèvement est fait après 20 jours."],
    ),
    _entry(
        3,
        "modem",
        [
            "Que faire si mon modem ne s’allume plus?",
            "Mon modem est éteint",
            "Si votre modem ne s’allume plus, écrivez à {{ email }}.",
            "Si votre modem ne s’allume plus, parlez à un représentant.",
        ],
        [
            "What should I do if my modem no longer lights up?",
            "My modem is off",
            "If your modem no longer lights up, write to {{ email }}.",
            "If your modem no longer lights up, speak to a representative.",
        ],
        ["Que faire si mon modem ne s'allume plus?", "Écrivez à aide@boreal.example."],
    ),
    _entry(
        4,
        "password",
        [
            "J’ai oublié mon mot de passe. Puis-je en avoir un autre?",
            "Mot de passe oublié",
            "Oui. Pour un autre mot de passe, appelez au {{ phone }}.",
            "Oui. Appelez au {{ phone }}.",
        ],
        [
            "I forgot my password. Can I have another?",
            "Forgotten password",
            "Yes. For another password, call {{ phone }}.",
            "Yes. Call {{ phone }}.",
        ],
        ["J'ai oublié mon mot de passe. Puis-je en avoir un autre?", "Oui. Appelez au 514 555 0123."],
    ),
    _entry(
        5,
        "contract",
        [
            "Où trouver les conditions de mon contrat?",
            "Les conditions du contrat",
            "Les conditions du contrat sont dans [notre page](page:terms).",
            "Les conditions du contrat sont dans notre site.",
        ],
        [
            "Where are the conditions of my contract?",
            "The contract conditions",
            "The conditions of the contract are on [our page](page:terms).",
            "The conditions of the contract are on our site.",
        ],
        ["Où trouver les conditions de mon contrat?", "Dans le contrat."],
    ),
]

PAGE: Data = {
    "fr": {"slug": "modalites", "title": "Modalités", "body": "Voir [le prix](entry:price)."},
    "en": {"slug": "terms", "title": "Terms", "body": "See [the price](entry:price)."},
}


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


class Folder:
    """A content folder on disk whose texts a test may change one by one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.facts = copy.deepcopy(FACTS)
        self.page = copy.deepcopy(PAGE)
        self.entries = {entry["id"]: copy.deepcopy(entry) for entry in ENTRIES}
        self.write()

    def write(self, *, stamp: bool = True) -> Path:
        """Write everything, the English stamped as read again unless told otherwise."""
        if stamp:
            self._stamp()
        self._dump(self.root / "facts.yml", self.facts)
        self._dump(self.root / "sections.yml", {"compte": {"fr": "Compte", "en": "Account"}})
        self._dump(self.root / "pages" / "terms.yml", self.page)
        rows = [f"{entry['id']}\tcompte\t{number}" for number, entry in enumerate(ENTRIES, start=1)]
        (self.root / "ids.tsv").write_text("\n".join(["id\tsection\tnumber", *rows]) + "\n", encoding="utf-8")
        for name, entry in self.entries.items():
            self._dump(self.path(name), entry)
        return self.root

    def path(self, name: str) -> Path:
        """Return the file of an entry."""
        return self.root / "entries" / "compte" / f"{name}.yml"

    def edit(self, path: Path, old: str, new: str) -> None:
        """Change the words of a file as an editor would."""
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def faults(self) -> list[str]:
        """Return what the linter says, one line a fault."""
        return [str(fault) for fault in lint_content(self.root)]

    def _stamp(self) -> None:
        for entry in self.entries.values():
            french = entry["fr"]
            text = Text(french["question"], "", french["answer"], french["spoken"])
            entry["en"] = {"translates": text.stamp(), **_without(entry["en"], "translates")}
        page = self.page["fr"]
        stamp = PageText("", page["title"], page["body"]).stamp()
        self.page["en"] = {"translates": stamp, **_without(self.page["en"], "translates")}

    def _dump(self, path: Path, data: Data) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
        path.write_text(text, encoding="utf-8")


def _without(data: Data, key: str) -> Data:
    return {name: value for name, value in data.items() if name != key}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder of good content."""
    return Folder(tmp_path / "content")


@pytest.fixture
def lint_text(folder: Folder) -> Callable[[str, str, str], list[str]]:
    """Put one text into an entry and return what the linter says of it."""

    def lint(language: str, field: str, text: str) -> list[str]:
        folder.entries["price"][language][field] = text
        folder.entries["price"]["erratum"] = {"fr": "Essai.", "en": "Test."}
        folder.write()
        return folder.faults()

    return lint
