"""Holds answers of the running gateway against its published description."""

import re
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]  # no types
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from gateway.web.operations import openapi_document

BASE = "urn:openapi"


@cache
def _registry() -> Any:
    return Registry().with_resource(BASE, DRAFT202012.create_resource(openapi_document()))


def check_answer(method: str, path: str, status: int, body: Any) -> None:
    """Fail unless the description says that this status may come from there, and with such a body."""
    template = _template(path)
    responses = openapi_document()["paths"][template][method.lower()]["responses"]
    assert str(status) in responses, f"{method} {template} is not described as answering {status}"
    pointer = f"/paths/{_escape(template)}/{method.lower()}/responses/{status}"
    found = responses[str(status)]
    if "$ref" in found:
        pointer = found["$ref"].removeprefix("#")
    schema = {"$ref": f"{BASE}#{pointer}/content/application~1json/schema"}
    Draft202012Validator(schema, registry=_registry(), format_checker=FormatChecker()).validate(body)


def _template(path: str) -> str:
    bare = path.split("?")[0]
    for template in openapi_document()["paths"]:
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, bare):
            return str(template)
    raise AssertionError(f"{path} is not described")


def _escape(template: str) -> str:
    return template.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


def check_schema(name: str, value: Any) -> None:
    """Fail unless the value is as the description's schema of that name says."""
    schema = {"$ref": f"{BASE}#/components/schemas/{name}"}
    Draft202012Validator(schema, registry=_registry(), format_checker=FormatChecker()).validate(value)
