"""Bringing a peer what is for it, and what comes back: parcel, answer, and again while there is more."""

from __future__ import annotations

import json
import logging
import secrets as chance
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.audit.actions import record as audit
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange import calling
from hustings.apps.exchange.access import (
    address_of,
    contacts_with,
    cosignatures_by,
    first_hidden,
    log_size,
    peers_of,
)
from hustings.apps.exchange.asking import forget_old_nonces
from hustings.apps.exchange.attachments import due_to as attachments_due_to
from hustings.apps.exchange.models import Contact
from hustings.apps.exchange.packing import due_to, pack
from hustings.apps.exchange.parcels import Parcel, read_parcel
from hustings.apps.exchange.taking import take_in
from hustings.apps.exchange.witnessing import is_seen_by
from hustings.apps.jobs.actions import start
from hustings.apps.jobs.models import Job
from hustings.apps.statements.node import secrets_now
from hustings.apps.statements.publishing import head_of
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput, HustingsError
from hustings.core.exchange.signed_request import Request, sign_request
from hustings.core.ledger.records import method_name

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.statements.models import Party

log = logging.getLogger(__name__)
JOB = "exchange.send"
MOST_CALLS = 12
"""In a row; each brings the other side what the last answer left."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
ASK_AGAIN = timedelta(hours=1)
"""So often a peer is called when nothing is to be said, to see that its log goes on."""
READ_AGAIN = timedelta(minutes=50)
"""After so long without a call, what they did not show us is asked for again: an embargo may be over."""
OUT, IN, FILE = "out", "in", "file"


class NotNow(HustingsError):
    """This peer cannot be called."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one call; ``more`` says that another should follow at once."""

    contact: Contact
    more: bool = False


def send(party: Party, *, by: Actor) -> Sent:
    """
    Call a peer once: our parcel, and their answer taken in. What went wrong stands in the contact.

    Nothing is locked before the answer is there, since they may be calling us at the same time; so one transaction
    makes one call.
    """
    address = address_of(party)
    if not address:
        raise NotNow(f"Nobody entered where {party.name} is called; give and take files instead.")
    began = timezone.now()
    try:
        answer = _called(party, address)
        outcome = take_in(party, answer, shown_at=began, as_newest=True, by=by)
    except HustingsError as error:
        return Sent(contact(party, OUT, str(error), by=by))
    made = contact(party, OUT, "", by=by, new=outcome.new, refused=outcome.refused)
    return Sent(made, bool(answer.bundles or answer.attachments) or is_behind(party))


def _called(party: Party, address: str) -> Parcel:
    seen = cosignatures_by(party).first()
    calls = contacts_with(party).filter(way=OUT, good=True, at__gt=timezone.now() - READ_AGAIN)
    have = None if calls.exists() else first_hidden(party)
    start_at, asked = seen.head.size if seen else 0, set[int]()
    while start_at not in asked:
        asked.add(start_at)
        answer = _post(party, address, pack(party, start_at, have=have))
        if isinstance(answer, Parcel):
            return answer
        start_at = answer
    raise calling.NoAnswer(f"{party.name} asks for the same part of our log again and again.")


def is_behind(party: Party) -> bool:
    """Whether anything is to go to this peer: a record, an attachment, or a head that it did not see."""
    campaign = party.campaign
    size = log_size(campaign)
    if size and not is_seen_by(party, size):
        return True
    ledger = ledger_of(campaign)
    return bool(due_to(party, ledger) or attachments_due_to(campaign, party, ledger))


def _post(party: Party, address: str, parcel: Parcel) -> Parcel | int:
    """Their answer; or from which place on they want our log."""
    url = f"{address.rstrip('/')}/exchange/inbox"
    answer = calling.call(
        signed(
            party.campaign,
            Request("POST", url, {"Content-Type": "application/json"}, str(parcel).encode()),
        )
    )
    if answer.status == 200:
        try:
            return read_parcel(answer.body, most=calling.MOST_ANSWER_BYTES)
        except BadInput as error:
            raise calling.NoAnswer(
                f"{party.name} answered with what is no parcel: {error}"
            ) from error
    said = _said(answer.body)
    have = said.get("have")
    if answer.status == 409 and type(have) is int and have >= 0:
        return have
    why = str(said.get("error", ""))[:500].replace("\0", "")
    raise calling.NoAnswer(
        f"{party.name} refused the call ({answer.status}): {why or 'without a sentence'}"
    )


def signed(campaign: Campaign, request: Request) -> Request:
    """The request with our node's signature."""
    ours, keys = secrets_now(campaign)
    secret = keys.key("statement")
    return sign_request(
        request, secret, method_name(ours.node, secret.public.multikey),
        created_s=int(timezone.now().timestamp()), nonce=chance.token_urlsafe(18),
    )  # fmt: skip


def _said(body: bytes) -> dict[str, object]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def contact(
    party: Party,
    way: str,
    sentence: str,
    *,
    by: Actor,
    new: int = 0,
    refused: list[str] | None = None,
) -> Contact:
    """Write down that there was a contact, and what went wrong."""
    row: Contact = Contact.objects.create(
        campaign=party.campaign, party=party, way=way, good=not sentence, sentence=sentence
    )
    detail = {"way": way, "good": row.good, "new": new, "refused": len(refused or [])}
    audit(by, "peer.contact", subject="party", subject_id=party.pk, detail=detail)
    return row


def next_call(party: Party) -> datetime:
    """When a peer is called again by itself: at once if something waits, later and later while it does not answer."""
    calls = contacts_with(party).filter(way=OUT)
    last: Contact | None = calls.first()
    if last is None or last.good:
        return next_after(party, last, 0)
    good = calls.filter(good=True).first()
    return next_after(party, last, calls.filter(id__gt=good.pk if good else 0).count())


def next_after(party: Party, last: Contact | None, failed: int) -> datetime:
    """The same, where the last call is known, and how many failed since one went well."""
    if last is None:
        added: datetime = party.added_at
        return added
    at: datetime = last.at
    if last.good:
        return at + ASK_AGAIN
    wait: timedelta = min(FIRST_WAIT * 2 ** min(failed - 1, 12), LONGEST_WAIT)
    return at + wait


def is_due(party: Party) -> bool:
    """Whether a peer is to be called now without anybody asking for it."""
    address = address_of(party)
    if not address:
        return False
    last = contacts_with(party).filter(way=OUT).first()
    now = timezone.now()
    if last is None:
        return True
    if not last.good or next_call(party) <= now:
        return next_call(party) <= now
    head = head_of(party.campaign)
    news = head is not None and head.at > last.at
    return (news or last.at + FIRST_WAIT <= now) and is_behind(party)


def ask_to_send(party: Party, *, by: Actor) -> Job:
    """Have a peer called in the background; one call at a time."""
    running = Job.objects.of(party.campaign_id).filter(
        kind=JOB, finished_at=None, arguments__party=party.pk
    )
    return running.first() or start(party.campaign, JOB, {"party": party.pk}, by=by)


def send_what_is_due() -> int:
    """Have every peer called for whom something waits; returns how many. The worker asks now and then."""
    asked = 0
    for campaign in Campaign.objects.all():
        with tenant(campaign.pk):
            forget_old_nonces(campaign)
            for party in peers_of(campaign):
                try:
                    if is_due(party):
                        ask_to_send(party, by=Actor("command", "", "hustings work"))
                        asked += 1
                except HustingsError:
                    # The room of the exchange says what is wrong to whoever opens it.
                    log.exception("Whether peer %s is to be called could not be said.", party.pk)
    return asked
