"""Figures for the charts page and for spreadsheets."""

from typing import Any
from urllib.parse import quote

from aiohttp import web

from gateway.desk.api.gate import let_in, rep_of
from gateway.errors import GatewayError
from gateway.figures.definitions import Outcome
from gateway.figures.reading import Period, read_cases
from gateway.figures.series import Figures
from gateway.records.bodies import FiguresQuery
from gateway.web.bodies import read_query
from gateway.web.keys import CLOCK, DATABASE, TEXTS
from gateway.web.replies import reply

routes = web.RouteTableDef()
MOST_DAYS = 400


@routes.get("/api/desk/figures")
@let_in
async def figures(request: web.Request) -> web.Response:
    """The series, and what each figure means in the rep's language."""
    period = _period(request)
    counted = await _count(request, period)
    texts, language = request.app[TEXTS], rep_of(request).language
    definitions: list[dict[str, Any]] = [
        {"id": name, "text": texts.get(f"figures.{name}", language)} for name in (*Outcome, "share")
    ]
    answer = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return reply({**answer, **counted.to_json(period), "definitions": definitions})


@routes.get("/api/desk/figures.csv")
@let_in
async def figures_csv(request: web.Request) -> web.Response:
    """Every count, one a line."""
    period = _period(request)
    counted = await _count(request, period)
    values = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    name = request.app[TEXTS].get("figures.file", rep_of(request).language, values)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }
    return web.Response(text=counted.to_csv(), content_type="text/csv", charset="utf-8", headers=headers)


def _period(request: web.Request) -> Period:
    query = read_query(request, FiguresQuery)
    if not 0 <= (query.last - query.first).days < MOST_DAYS:
        raise GatewayError("period_invalid", {"limit": MOST_DAYS})
    return Period(query.first, query.last, query.language, query.channel)


async def _count(request: web.Request, period: Period) -> Figures:
    async with request.app[DATABASE].read() as session:
        return await Figures().take(read_cases(session, period, now=request.app[CLOCK]()))
