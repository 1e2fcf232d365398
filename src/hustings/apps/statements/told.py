"""
What was said, and how well we know it: claims, hopes, and the word of those who sign nothing themselves.

*Told by someone* and *published by them* change nothing that may be announced; *confirmed by call-back* does, and
needs who was rung, on which number, when, and a second person of ours who listened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements.access import NotYet
from hustings.apps.statements.arriving import retracted, see_to
from hustings.apps.statements.locking import one_at_a_time
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.recording import say
from hustings.apps.statements.responding import answered_by
from hustings.apps.statements.salting import salted
from hustings.apps.statements.times import as_records_write_it, now_as_records_write_it
from hustings.core.errors import BadInput
from hustings.core.ledger.hearing import CALLED_BACK, PUBLISHED

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party, Record

NOT_SAID_HERE = "kept beside"
"""Stands in a report for who told us: a record stays for good, and a name must not."""
ANSWER_WITHIN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Call:
    """A call back: whom we rang, on which number, when, and who of ours listened."""

    spoke_to: str
    number: str
    at: datetime
    rung_by: str
    listened: str

    def words(self) -> dict[str, str]:
        """What is kept beside the record, and can be erased."""
        return {
            "spoke_to": self.spoke_to, "number": self.number, "at": self.at.isoformat(),
            "rung_by": self.rung_by, "listened": self.listened,
        }  # fmt: skip


def claim(
    campaign: Campaign,
    party: Party,
    *,
    kind: str,
    quote: str,
    when: datetime,
    ours: bool = True,
    where: str = "",
    told_by: str = "",
    by: Actor,
) -> Record:
    """Somebody says that somebody said: we of them (``ours``), or they of us."""
    with tenant(campaign.pk):
        us = ledger_of(campaign).us
        fields: dict[str, Any] = {
            "claimant": us if ours else party.code,
            "about": party.code if ours else us,
            "kind": kind, "quote": quote, "when": as_records_write_it(when),
        }  # fmt: skip
        if where:
            fields["where"] = where
        if told_by:
            fields["toldBy"] = salted(campaign, {"told_by": told_by})
        made = say(campaign, "claim", **fields)
        audit(by, "claim.record", subject="record", subject_id=made.pk)
        see_to(campaign, made, by=by)
    return made


def hope(
    campaign: Campaign, party: Party, *, kind: str, quote: str, due: datetime | None, by: Actor
) -> Record:
    """Something that is hoped for from them, and was not received."""
    with tenant(campaign.pk):
        fields = {"due": as_records_write_it(due)} if due else {}
        made = say(campaign, "expectation", about=party.code, kind=kind, quote=quote, **fields)
        audit(by, "hope.record", subject="record", subject_id=made.pk)
    return made


def word_of(
    campaign: Campaign,
    party: Party,
    *,
    kind: str,
    body: str,
    when: datetime,
    evidence: str,
    source: str,
    call: Call | None = None,
    by: Actor,
) -> Record:
    """A statement of theirs that they did not sign, with how we know of it."""
    inner = {
        "type": "statement", "kind": kind, "to": [], "body": body, "lang": campaign.language,
        "public": True, "seq": 0,
    }  # fmt: skip
    return _report(campaign, party, inner, when, evidence, source, call, by)


def answer_of(
    campaign: Campaign,
    party: Party,
    row: Record,
    *,
    decision: str,
    text: str,
    authority: str,
    when: datetime,
    evidence: str,
    source: str,
    call: Call | None = None,
    by: Actor,
) -> Record:
    """What they say to a claim about them, without a signature, and who of theirs said it."""
    inner = {
        "type": "response", "of": row.name, "decision": decision, "text": text,
        "authority": authority,
    }  # fmt: skip
    return _report(campaign, party, inner, when, evidence, source, call, by)


def respond(
    campaign: Campaign, row: Record, *, decision: str, text: str, authority: str, by: Actor
) -> Record:
    """Our own signed answer to what is claimed of us."""
    with tenant(campaign.pk):
        if row.said["about"] != ledger_of(campaign).us:
            raise BadInput("This is not claimed of us; what they answer is recorded as theirs.")
        made = say(
            campaign, "response", of=row.name, decision=decision, text=text, authority=authority
        )
        audit(by, "claim.respond", subject="record", subject_id=row.pk)
        answered_by(campaign, row.name, made.name, by=by)
    return made


def ask(campaign: Campaign, row: Record, *, by: Actor) -> Record:
    """A signed question to whom it is claimed of: did you say so?"""
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        ledger = ledger_of(campaign)
        if ledger.about(row.name, "query"):
            raise NotYet("They were asked already; the question is in the list.")
        due = as_records_write_it(timezone.now() + ANSWER_WITHIN)
        made = say(campaign, "query", of=row.name, to=row.said["about"], due=due)
        audit(by, "claim.ask", subject="record", subject_id=row.pk)
    return made


def retract(campaign: Campaign, row: Record, *, reason: str, by: Actor) -> Record:
    """Take back a claim that we made."""
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        ledger = ledger_of(campaign)
        if row.said["claimant"] != ledger.us:
            raise BadInput("This is not our claim, so we cannot take it back.")
        if ledger.standing.claims[row.name].withdrawn:
            raise NotYet("This claim was withdrawn already.")
        made = say(campaign, "retraction", of=row.name, reason=reason)
        audit(by, "claim.withdraw", subject="record", subject_id=row.pk)
        retracted(campaign, row, made, by=by)
    return made


def _report(
    campaign: Campaign,
    party: Party,
    inner: dict[str, Any],
    when: datetime,
    evidence: str,
    source: str,
    call: Call | None,
    by: Actor,
) -> Record:
    if (evidence == CALLED_BACK) != (call is not None):
        raise BadInput(
            "A call back needs whom we rang, the number, the time and who listened; nothing else does."
        )
    if call is not None and call.listened == call.rung_by:
        raise BadInput("The second person who listened must be another than the one who rang.")
    with tenant(campaign.pk):
        record = {
            "id": uuid4().urn, "issuer": party.code, "created": as_records_write_it(when), **inner
        }  # fmt: skip
        if record["created"] > now_as_records_write_it():
            raise BadInput("That is still to come; write when they said it.")
        fields: dict[str, Any] = {
            "by": party.code, "evidence": evidence, "record": record, "name": party.name,
            "source": source if evidence == PUBLISHED else NOT_SAID_HERE,
        }  # fmt: skip
        if call is not None:
            fields["calledBack"] = salted(campaign, {**call.words(), "source": source})
        elif evidence != PUBLISHED:
            fields["toldBy"] = salted(campaign, {"told_by": source})
        made = say(campaign, "report", **fields)
        audit(
            by, "word.record", subject="record", subject_id=made.pk, detail={"evidence": evidence}
        )
        see_to(campaign, made, by=by)
    return made
