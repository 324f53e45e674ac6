"""What was not understood, and what reps and leads make of it."""

from datetime import timedelta

from aiohttp import web

from faq import OPERATIONS
from gateway.conversations.words import clean_text
from gateway.desk.api.gate import let_in, rep_of
from gateway.desk.names import Names
from gateway.questions.groups import group
from gateway.questions.proposals import (
    do_decide,
    do_propose,
    known_intents,
    proposal_json,
    read_proposals,
)
from gateway.questions.reading import read_missed
from gateway.records.bodies import DecisionBody, MissedQuery, ProposalBody, ProposalsQuery
from gateway.records.keys import MASKER
from gateway.settings import LANGUAGES
from gateway.web.bodies import LARGEST_SEQ, read_body, read_query
from gateway.web.keys import CLOCK, CONTENT, DATABASE, TEXTS
from gateway.web.replies import reply

routes = web.RouteTableDef()


@routes.get("/api/desk/missed")
@let_in
async def missed(request: web.Request) -> web.Response:
    """Questions that were missed or corrected, in groups, the most frequent first."""
    query, masker = read_query(request, MissedQuery), request.app[MASKER]
    async with request.app[DATABASE].read() as session:
        questions = await read_missed(
            session,
            since=request.app[CLOCK]() - timedelta(days=query.days),
            language=query.language,
            labels={language: masker.labels(language) for language in LANGUAGES},
            known=masker.known,
        )
    groups = group(questions)
    name = _names(request).question
    shown = [one.to_json(name) for one in groups[: query.limit]]
    return reply({"groups": shown, "total": len(groups), "questions": len(questions)})


@routes.get("/api/desk/proposals")
@let_in
async def proposals(request: web.Request) -> web.Response:
    """Proposals in a state, the oldest first."""
    query = read_query(request, ProposalsQuery)
    async with request.app[DATABASE].read() as session:
        found = await read_proposals(session, query.state)
    name = _names(request).question
    return reply({"proposals": [proposal_json(proposal, name) for proposal in found]})


@routes.post("/api/desk/proposals")
@let_in
async def propose(request: web.Request) -> web.Response:
    """Propose that a question asks for an entry or an operation, or that there should be a new entry."""
    body = await read_body(request, ProposalBody)
    entries = request.app[CONTENT].current().entries
    proposal = await do_propose(
        request.app[DATABASE],
        rep_of(request),
        question=" ".join(clean_text(body.question).split()),
        language=body.language,
        intent=body.intent,
        note=clean_text(body.note),
        intents=known_intents(entries, OPERATIONS),
        known=request.app[MASKER].known,
        now=request.app[CLOCK](),
    )
    return reply({"proposal": proposal_json(proposal, _names(request).question)}, status=201)


@routes.post("/api/desk/proposals/{id:[0-9]{1,9}}/decision")
@let_in
async def decide(request: web.Request) -> web.Response:
    """Accept or dismiss a proposal."""
    body = await read_body(request, DecisionBody)
    number = min(int(request.match_info["id"]), LARGEST_SEQ)
    proposal = await do_decide(
        request.app[DATABASE], rep_of(request), number, accept=body.accept, now=request.app[CLOCK]()
    )
    return reply({"proposal": proposal_json(proposal, _names(request).question)})


def _names(request: web.Request) -> Names:
    return Names(request.app[TEXTS], request.app[CONTENT].current(), rep_of(request).language)
