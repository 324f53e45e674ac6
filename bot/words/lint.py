"""Lists everything wrong with the texts: twins, values, facts, and the marks and words of each language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.words.texts import FORMS, ROOT, Wording, read_texts, text_files
from bot.words.writer import names_of_values, without_values
from faq import LANGUAGES, Content, Fault, load_content
from faq.facts import names_in, without_names
from faq.faults import in_file_order
from faq.loaded import Field, Loaded
from faq.model import VOICE
from faq.patterns import phones
from faq.rules.spoken import words_for_the_eye
from faq.rules.typography import typography
from faq.rules.wording import wording
from faq.yamlfile import Document, parse_yaml

_WEB_ADDRESS = re.compile(r"(?:https?:|www\.)\S*", re.IGNORECASE)


@dataclass(frozen=True)
class _File:
    document: Document
    texts: Mapping[str, Wording]

    def fields(self) -> Iterator[Field]:
        for key, text in self.texts.items():
            for form in text.forms.keys() & set(FORMS):
                for variant in text.forms[form]:
                    line = self.document.line(key, form)
                    yield Field(key, form[:2], f"{key}.{form}", variant, self.document.path, line)

    def spoken_fields(self) -> Iterator[Field]:
        """Those that a caller hears: a language's own where speech has none."""
        for field in self.fields():
            key, _, form = field.key.rpartition(".")
            if form.endswith(VOICE) or f"{form}_{VOICE}" not in self.texts[key].forms:
                yield field

    def fault(self, message: str, *at: str) -> Fault:
        return Fault(self.document.path, self.document.line(*at), message)


@dataclass(frozen=True)
class _AsContent(Loaded):
    """Our texts in the shape that the FAQ's rules look at."""

    files: tuple[_File, ...] = ()

    def fields(self) -> Iterator[Field]:
        """Every variant of every form."""
        for file in self.files:
            yield from file.fields()

    def other_prose(self) -> Iterator[Field]:
        """There is none."""
        return iter(())


def lint_texts(root: Path = ROOT, content: Content | None = None) -> list[Fault]:
    """All faults of a folder of texts, in file order; `content` holds the facts, the FAQ's if not given."""
    known = content or load_content()
    faults: list[Fault] = []
    files: list[_File] = []
    for path in text_files(root):
        document = parse_yaml(path)
        texts, found = read_texts(document)
        faults += found
        files.append(_File(document, texts))
    for rule in (typography, wording):
        faults += rule(_AsContent(known, {}, files=tuple(files)))
    faults += _twice(files)
    for file in files:
        faults += [*_twins(file), *_names(file, known), *_unspeakable(file, known)]
    return in_file_order(faults)


def _twice(files: list[_File]) -> Iterator[Fault]:
    first: dict[str, Path] = {}
    for file in files:
        for key in file.texts:
            if first.setdefault(key, file.document.path) != file.document.path:
                yield file.fault(f"`{key}` also stands in {first[key].name}", key)


def _twins(file: _File) -> Iterator[Fault]:
    """Both languages say the same, pair by pair, and speech asks for nothing that writing does not."""
    for key, text in file.texts.items():
        pair = [text.forms.get(language, ()) for language in LANGUAGES]
        if len(pair[0]) != len(pair[1]):
            yield file.fault(f"`{key}`: {len(pair[0])} variants in French, {len(pair[1])} in English", key)
        for ours, theirs in zip(*pair, strict=False):
            odd = _asked(ours) ^ _asked(theirs)
            if odd:
                yield file.fault(f"`{key}`: only one language has {', '.join(sorted(odd))}", key)
        for form in (text.forms.keys() & set(FORMS)) - set(LANGUAGES):
            written = {name for variant in text.forms.get(form[:2], ()) for name in _asked(variant)}
            odd = {name for variant in text.forms[form] for name in _asked(variant)} - written
            if odd:
                yield file.fault(f"`{key}.{form}`: only speech has {', '.join(sorted(odd))}", key, form)


def _asked(template: str) -> set[str]:
    values = {f"{{{name}}}" for name in names_of_values(without_names(template))}
    return values | {f"{{{{ {name} }}}}" for name in names_in(template)}


def _names(file: _File, content: Content) -> Iterator[Fault]:
    for field in file.fields():
        for name in names_in(field.template):
            if name not in content.facts:
                yield field.fault(f"no fact `{name}`")
        rest = without_values(without_names(field.template))
        if re.search(r"[{}]", rest):
            yield field.fault("a brace that is neither a {value} nor a {{ fact }}")
        for number in sorted(phones(rest)):
            yield field.fault(f"telephone number typed by hand ({number}): name a fact instead")


def _unspeakable(file: _File, content: Content) -> Iterator[Fault]:
    """What makes no sense to a caller, who can look at nothing and has dialled already."""
    for field in file.spoken_fields():
        seen = words_for_the_eye(field.template, field.language)
        for word in (*seen, *_WEB_ADDRESS.findall(field.template)):
            yield field.fault(f"« {word} » is heard on the telephone: write a {field.language}_{VOICE}")
        for name in names_in(field.template):
            if name in content.facts and content.facts[name].kind == "phone":
                yield field.fault(f"a caller hears `{name}`: write a {field.language}_{VOICE} that offers 0")
