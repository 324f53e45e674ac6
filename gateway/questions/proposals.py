"""What reps propose, what leads decide, and the file that comes of it; nothing is live by itself."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.conversations.database import Database
from gateway.desk import audit
from gateway.desk.access import check_lead
from gateway.desk.records import Rep
from gateway.errors import GatewayError
from gateway.masking.find import Known, find_spans, without_never_stored
from gateway.questions.records import Proposal, ProposalState
from gateway.settings import LANGUAGES, Language

Json = dict[str, object]


async def do_propose(
    database: Database,
    rep: Rep,
    *,
    question: str,
    language: Language,
    intent: str | None,
    note: str,
    intents: Collection[str],
    known: Known,
    now: datetime,
) -> Proposal:
    """Keep a proposal; raises intent_not_found, or question_personal when something personal is in it."""
    if intent is not None and intent not in intents:
        raise GatewayError("intent_not_found", {"intent": intent})
    if find_spans(question, known):
        raise GatewayError("question_personal")
    proposal = Proposal(
        question=question,
        language=language,
        intent=intent,
        note=without_never_stored(note),
        state=ProposalState.OPEN,
        proposed_by=rep.id,
        proposed_at=now,
    )
    async with database.write() as session:
        session.add(proposal)
        await session.flush()
        audit.write(session, "propose", now=now, rep_id=rep.id, proposal=proposal.id)
        await session.commit()
    return proposal


async def do_decide(
    database: Database, rep: Rep, proposal_id: int, *, accept: bool, now: datetime
) -> Proposal:
    """Accept or dismiss, once; raises role_missing, proposal_not_found or proposal_decided."""
    check_lead(rep)
    async with database.write() as session:
        query = select(Proposal).where(Proposal.id == proposal_id).with_for_update()
        proposal = (await session.execute(query)).scalar_one_or_none()
        if proposal is None:
            raise GatewayError("proposal_not_found")
        if proposal.state != ProposalState.OPEN:
            raise GatewayError("proposal_decided", {"state": proposal.state})
        proposal.state = ProposalState.ACCEPTED if accept else ProposalState.DISMISSED
        proposal.decided_by, proposal.decided_at = rep.id, now
        audit.write(
            session, "decide_proposal", now=now, rep_id=rep.id, proposal=proposal_id, state=proposal.state
        )
        await session.commit()
    return proposal


async def read_proposals(session: AsyncSession, state: ProposalState) -> Sequence[Proposal]:
    """The proposals in a state, the oldest first."""
    query = select(Proposal).where(Proposal.state == state).order_by(Proposal.id)
    return (await session.execute(query)).scalars().all()


def proposal_json(proposal: Proposal, name: Callable[[str], str]) -> Json:
    """A proposal as the desk gets it; `name` says an intent in the rep's language."""
    return {
        "id": proposal.id,
        "question": proposal.question,
        "language": proposal.language,
        "intent": proposal.intent,
        "label": None if proposal.intent is None else name(proposal.intent),
        "note": proposal.note,
        "state": proposal.state,
        "proposed_by": str(proposal.proposed_by),
        "proposed_at": proposal.proposed_at.isoformat(),
        "decided_by": None if proposal.decided_by is None else str(proposal.decided_by),
        "decided_at": None if proposal.decided_at is None else proposal.decided_at.isoformat(),
    }


def to_yaml(proposals: Sequence[Proposal]) -> str:
    """Accepted proposals as a file to commit: examples by intent, then new entries wanted.

    The blocks under `nlu` have the shape of bot/data/nlu_fr.yml and nlu_en.yml, where a person puts them.
    """
    examples: dict[str, dict[str, list[str]]] = {language: {} for language in LANGUAGES}
    for proposal in proposals:
        if proposal.intent is not None:
            rows = examples[proposal.language].setdefault(proposal.intent, [])
            if proposal.question not in rows:
                rows.append(proposal.question)
    nlu = {
        language: [
            {"intent": intent, "examples": "".join(f"- {row}\n" for row in rows)}
            for intent, rows in sorted(examples[language].items())
        ]
        for language in LANGUAGES
    }
    wanted = [
        {"language": proposal.language, "question": proposal.question, "note": proposal.note}
        for proposal in proposals
        if proposal.intent is None
    ]
    return _dump({"nlu": nlu, "new_entries": wanted})


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, as the training data has them."""


def _as_block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _as_block)


def _dump(content: object) -> str:
    return str(yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110))


async def export(database: Database) -> str:
    """The file of everything that was accepted."""
    async with database.read() as session:
        return to_yaml(await read_proposals(session, ProposalState.ACCEPTED))


def known_intents(faq_ids: Collection[str], operations: Collection[str]) -> set[str]:
    """What a question can be said to be."""
    return {f"faq_{entry}" for entry in faq_ids} | {f"op_{operation}" for operation in operations}
