"""Stores the demo customers of people.yml through the same services that customers use, and prints them."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from backend.domain.accounts import Account, Delivery, Kind, Status
from backend.domain.address import Address, make_address
from backend.domain.clock import next_month, toronto_date
from backend.domain.ebills import EBillEnrolment
from backend.domain.identifiers import new_id
from backend.domain.payments import Method
from backend.domain.people import AccountLink, Actor, ActorKind, Channel, Language, Profile
from backend.service.addresses import ChangeAddress, do_change_address
from backend.service.backend import Backend
from backend.service.payment_reports import ReportPayment, do_report_payment
from backend.service.perform import by_itself
from backend.service.ports import UnitOfWork

PEOPLE = Path(__file__).parent / "people.yml"
PASSWORD = "demo2026"
PIN = "2026"
MONTHLY = {"telephone": 3500, "internet": 5500, "wireless": 4000}
LABELS = {"telephone": "418 555-01", "internet": "Internet 100", "wireless": "581 555-01"}


async def load_demo_data(backend: Backend) -> str:
    """Store the demo customers unless they are there already; returns their sign-ins, to print."""
    people: Mapping[str, Any] = yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))
    hashed, pin_hash = await backend.hasher.hash(PASSWORD), await backend.hasher.hash(PIN)
    for user_id, person in people.items():
        await add_person(backend, user_id, person, hashed)
        await _give_pin(backend, user_id, pin_hash)
    return "\n".join(_line(user_id, person) for user_id, person in people.items())


async def add_person(backend: Backend, user_id: str, person: Mapping[str, Any], hashed: str) -> None:
    """Store one person of the file’s form, with a password’s hash, unless the account is there already."""
    async with backend.store.writing() as uow:
        if await uow.accounts.by_number(person["accounts"][0]["number"]) is not None:
            return
        profile = await _store(backend, uow, user_id, person, hashed)
        await uow.commit()
    if profile is not None:
        await _live(backend, profile, person)


async def _give_pin(backend: Backend, user_id: str, pin_hash: str) -> None:
    async with backend.store.writing() as uow:
        profile = await uow.profiles.by_user_id(user_id)
        if profile is not None and profile.phone_pin_hash is None:
            profile.phone_pin_hash = pin_hash
            await uow.commit()


async def _store(
    backend: Backend, uow: UnitOfWork, user_id: str, person: Mapping[str, Any], hashed: str
) -> Profile | None:
    accounts = [_account(backend, entry) for entry in person["accounts"]]
    for account in accounts:
        uow.accounts.add(account)
    await uow.flush()
    if not person.get("has_profile", True):
        return None
    now = backend.now()
    profile = Profile(
        id=new_id(),
        user_id=user_id,
        password_hash=hashed,
        email=f"{user_id}@example.ca",
        language=Language(person["language"]),
        created_at=now - timedelta(days=400),
        last_used_at=now - timedelta(days=person.get("last_used_days_ago", 3)),
        default_account_id=accounts[0].id,
    )
    uow.profiles.add(profile)
    await uow.flush()
    for order, account in enumerate(accounts):
        linked_at = now - timedelta(days=400 - order)
        uow.accounts.add_link(AccountLink(profile_id=profile.id, account_id=account.id, linked_at=linked_at))
        if account.ebill_email:
            uow.enrolments.add(
                EBillEnrolment(
                    id=new_id(),
                    account_id=account.id,
                    profile_id=profile.id,
                    email=account.ebill_email,
                    consent_at=linked_at,
                    consent_channel=Channel.PORTAL.value,
                )
            )
    return profile


def _account(backend: Backend, entry: Mapping[str, Any]) -> Account:
    today = toronto_date(backend.now())
    services = [
        {"kind": kind, "label": LABELS[kind] + (entry["number"][-2:] if kind != "internet" else ""),
         "monthly_cents": MONTHLY[kind]}
        for kind in entry["services"]
    ]  # fmt: skip
    return Account(
        id=new_id(),
        number=entry["number"],
        holder=entry["holder"],
        kind=Kind(entry.get("kind", "residential")),
        services=services,
        billing_address=_address(entry["address"]),
        opened_on=today - timedelta(days=900),
        next_bill_on=next_month(today, on=min(28, int(entry["number"][-2:]) % 28 + 1)),
        plan_code=entry.get("plan"),
        plan_since=backend.now() - timedelta(days=300) if "plan" in entry else None,
        balance_cents=entry["balance"],
        due_on=today + timedelta(days=entry["due_in"]) if "due_in" in entry else None,
        status=Status(entry.get("status", "active")),
        delivery=Delivery.EBILL if "ebill" in entry else Delivery.PAPER,
        ebill_email=entry.get("ebill"),
        autopay="autopay" in entry,
        autopay_method=entry.get("autopay"),
        tags={"autopay_token": entry["card"]} if "card" in entry else {},
    )


def _address(lines: list[str]) -> Address:
    line1, line2, city, province, postal_code = lines
    return make_address(line1=line1, line2=line2, city=city, province=province, postal_code=postal_code)


async def _live(backend: Backend, profile: Profile, person: Mapping[str, Any]) -> None:
    """What happened to them lately, through the same doors as for everybody."""
    actor = Actor(ActorKind.CUSTOMER, profile.id, Channel.PORTAL, profile_id=profile.id)
    today = toronto_date(backend.now())
    account_id = profile.default_account_id or ""
    for entry in person["accounts"]:
        if "moves" in entry:
            day = today + timedelta(days=entry["moves"]["in_days"])
            address = _address(entry["moves"]["address"])
            await by_itself(backend, actor, do_change_address, ChangeAddress(account_id, address, day))
        if "reports" in entry:
            report = entry["reports"]
            command = ReportPayment(
                account_id,
                report["cents"],
                today - timedelta(days=report["days_ago"]),
                Method(report["method"]),
                report["reference"],
            )
            await by_itself(backend, actor, do_report_payment, command)


def _line(user_id: str, person: Mapping[str, Any]) -> str:
    sign_in = f"{user_id} / {PASSWORD}, PIN {PIN}" if person.get("has_profile", True) else "-"
    numbers = ", ".join(f"{entry['number']} ({entry['address'][-1]})" for entry in person["accounts"])
    return f"{sign_in:30} {numbers:24} {person['story']}"
