"""Holds answers of the running gateway against the published description of the desk."""

import re
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]  # no types
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from gateway.desk.api.lists import openapi_document

BASE = "urn:desk"


@cache
def _document() -> Any:
    return openapi_document()


@cache
def _registry() -> Any:
    return Registry().with_resource(BASE, DRAFT202012.create_resource(_document()))


def check_desk_answer(method: str, path: str, status: int, body: Any) -> None:
    """Fail unless the description says that such an answer may come from there."""
    template = template_of(path)
    responses = _document()["paths"][template][method.lower()]["responses"]
    found = responses.get(str(status)) or responses.get("default")
    assert found is not None, f"{method} {template} is not described as answering {status}"
    name = str(status) if str(status) in responses else "default"
    pointer = f"/paths/{_escape(template)}/{method.lower()}/responses/{name}"
    if "$ref" in found:
        pointer = found["$ref"].removeprefix("#")
    _check(f"{BASE}#{pointer}/content/application~1json/schema", body)


def check_desk_schema(name: str, value: Any) -> None:
    """Fail unless the value is as the schema of that name says."""
    _check(f"{BASE}#/components/schemas/{name}", value)


def template_of(path: str) -> str:
    """The described path that an address belongs to."""
    bare = path.split("?")[0]
    for template in sorted(_document()["paths"], key=lambda name: name.count("{")):
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, bare):
            return str(template)
    raise AssertionError(f"{path} is not described")


def _check(reference: str, value: Any) -> None:
    schema = {"$ref": reference}
    Draft202012Validator(schema, registry=_registry(), format_checker=FormatChecker()).validate(value)


def _escape(template: str) -> str:
    return template.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
