"""The OpenAPI 3.1 specification, made from the table of routes and the models that check."""

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from backend.api.refusals import error_body
from backend.api.routes import Route, Who, example_of, pattern_of
from backend.api.schemas.common import ErrorOut
from backend.api.table import ROUTES
from backend.domain.errors import STATUS
from backend.domain.people import Channel, Language

REF = "#/components/schemas/{model}"
SECURITY: dict[Who, list[dict[str, list[str]]]] = {
    Who.ANYONE: [],
    Who.CUSTOMER: [{"session": []}, {"service": [], "session_id": []}, {"service": [], "on_behalf_of": []}],
    Who.SERVICE: [{"service": []}],
}


def specification() -> dict[str, Any]:
    """The whole document."""
    models = {model for route in ROUTES for model in (route.body, route.answer) if model} | {ErrorOut}
    ordered = sorted(models, key=lambda model: model.__name__)
    refs, schemas = models_json_schema([(model, _mode(model)) for model in ordered], ref_template=REF)
    paths: dict[str, Any] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Customer accounts",
            "version": "1.0.0",
            "description": "The system of record of a telephone and Internet company's accounts. Every write "
            "takes an Idempotency-Key and answers with a receipt. Texts follow Accept-Language (fr or en).",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas["$defs"], "securitySchemes": _schemes()},
    }


def _mode(model: type[BaseModel]) -> Any:
    return "validation" if model.__name__.endswith("In") else "serialization"


def _operation(route: Route, refs: Any) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "tags": [route.tag],
        "parameters": _parameters(route),
        "security": SECURITY[route.who],
        "responses": {str(route.status): _success(route, refs), **_refusals(route)},
    }
    if route.scope:
        operation["description"] = f"Needs a service token with the scope `{route.scope}`."
    if route.body is not None:
        reference = refs[(route.body, _mode(route.body))]
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": reference}}}
    if route.takes is not None:
        schema = {"type": "string", "format": "binary"}
        operation["requestBody"] = {"required": True, "content": {route.takes: {"schema": schema}}}
    return operation


def _success(route: Route, refs: Any) -> dict[str, Any]:
    if route.answer is None and route.media_type == "application/json":
        return {"description": "Done."}
    schema = (
        refs[(route.answer, _mode(route.answer))] if route.answer else {"type": "string", "format": "binary"}
    )
    return {"description": "Done.", "content": {route.media_type: {"schema": schema}}}


def refusals_of(route: Route) -> list[str]:
    """Every code that the route may answer."""
    codes = {"bad_request", *route.refusals}
    if route.who is Who.CUSTOMER:
        codes |= {"not_signed_in", "session_expired", "scope_missing", "customer_not_found"}
    if route.who is Who.SERVICE:
        codes |= {"not_signed_in", "scope_missing"}
    if route.writes:
        codes |= {"idempotency_key_missing", "idempotency_key_invalid", "idempotency_key_reused", "busy"}
    if route.body is not None:
        codes |= {"invalid_json", "invalid_request", "unsupported_media_type", "body_too_large"}
    if route.takes is not None:
        codes |= {"unsupported_media_type", "body_too_large"}
    if route.query is not None or route.may_preview:
        codes.add("invalid_query")
    for name, code in (
        ("{account_id}", "account_not_found"),
        ("{receipt_number}", "receipt_not_found"),
        ("{report_id}", "payment_report_not_found"),
        ("{bill_id}", "bill_not_found"),
        ("{payment_id}", "payment_not_found"),
    ):
        if name in route.path:
            codes.add(code)
    return sorted(codes)


def _refusals(route: Route) -> dict[str, Any]:
    by_status: dict[int, list[str]] = {}
    for code in refusals_of(route):
        by_status.setdefault(STATUS[code], []).append(code)
    return {str(status): _refusal(codes) for status, codes in sorted(by_status.items())}


def _refusal(codes: list[str]) -> dict[str, Any]:
    examples = {code: {"value": error_body(code, Language.EN, {})} for code in codes}
    schema = {"$ref": REF.format(model="ErrorOut")}
    content = {"application/json": {"schema": schema, "examples": examples}}
    return {"description": ", ".join(codes), "content": content}


def _parameters(route: Route) -> list[dict[str, Any]]:
    found = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": pattern_of(name)},
            "example": example_of(name),
        }
        for name in re.findall(r"{(\w+)}", route.path)
    ]
    if route.writes:
        # A preview keeps nothing, so it needs no key.
        found.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": not route.may_preview,
                "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{8,200}$"},
                "example": "0b8f7c1e-address-1",
            }
        )
    if route.may_preview:
        found.append(_query("preview", {"type": "boolean", "default": False}))
    if route.query is not None:
        schema = route.query.model_json_schema()
        required = schema.get("required", [])
        found += [_query(name, value, name in required) for name, value in schema["properties"].items()]
    return found


def _query(name: str, schema: dict[str, Any], required: bool = False) -> dict[str, Any]:
    kinds = [kind for kind in schema.get("anyOf", []) if kind.get("type") != "null"]
    if kinds:
        schema = {**kinds[0], **{key: value for key, value in schema.items() if key == "description"}}
    return {"name": name, "in": "query", "required": required, "schema": schema}


def _schemes() -> dict[str, Any]:
    channels = ", ".join(channel.value for channel in Channel)
    return {
        "session": {"type": "http", "scheme": "bearer", "description": "A customer's session token."},
        "service": {
            "type": "http",
            "scheme": "bearer",
            "description": f"A service's token; X-Channel names the channel ({channels}), X-Rep the rep.",
        },
        "session_id": {"type": "apiKey", "in": "header", "name": "X-Session-Id"},
        "on_behalf_of": {"type": "apiKey", "in": "header", "name": "X-On-Behalf-Of"},
    }
