"""Our own word: entered by one, approved by two others, then signed and logged, at once or after a notice."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from hustings.apps.accounts.queries import right_to_speak
from hustings.apps.audit.actions import record as audit
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements.access import NotYet, countdown_of, node_for, record_named
from hustings.apps.statements.embedding import keep as keep_embedded
from hustings.apps.statements.locking import one_at_a_time
from hustings.apps.statements.models import Countdown, Record
from hustings.apps.statements.notifying import tell_speakers
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.recording import say
from hustings.apps.statements.responding import answered_with
from hustings.apps.statements.times import as_records_write_it
from hustings.core.errors import BadInput, HustingsError

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.accounts.models import Membership

log = logging.getLogger(__name__)
NOTICE = timedelta(minutes=10)
FOR_THE_CANDIDATE = frozenset({"endorsement"})
"""Kinds that are always the candidate's own word."""
TAKEN_OVER = ("kind", "to", "body", "lang", "public", "notBefore", "expires")


def person(member: Membership) -> str:
    """How records that stay inside the campaign name a member."""
    return f"member:{member.pk}"


def draft(
    campaign: Campaign,
    *,
    kind: str,
    body: str,
    to: list[str],
    public: bool = True,
    for_the_candidate: bool = False,
    not_before: datetime | None = None,
    expires: datetime | None = None,
    replaces: str = "",
    by: Membership,
) -> Record:
    """Words that two others have to approve before they are ours."""
    if not_before and expires and expires <= not_before:
        raise BadInput("It would be over before it may be said; change one of the two times.")
    fields: dict[str, Any] = {
        "kind": kind, "to": to, "body": body, "enteredBy": person(by), "lang": campaign.language,
        "public": public,
    }  # fmt: skip
    if for_the_candidate or kind in FOR_THE_CANDIDATE:
        fields["speaksForCandidate"] = True
    if not_before:
        fields["notBefore"] = as_records_write_it(not_before)
    if expires:
        fields["expires"] = as_records_write_it(expires)
    with tenant(campaign.pk):
        if replaces:
            before = record_named(campaign, replaces)
            if (
                before is None
                or before.kind != "statement"
                or before.issuer != node_for(campaign).name
            ):
                raise BadInput("Only a statement of our own can be withdrawn or replaced.")
            fields["replaces"] = replaces
        made = say(campaign, "draft", **fields)
        audit(by.actor, "statement.draft", subject="record", subject_id=made.pk)
    return made


def approve(campaign: Campaign, row: Record, *, by: Membership) -> Record:
    """
    One of the two approvals; it says whether whoever gives it speaks for the candidate.

    Raises
    ------
    NotYet
        When they entered it themselves, approved it before, or it was sent.
    """
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        ledger = ledger_of(campaign)
        state = ledger.standing.drafts[row.name]
        if row.said["enteredBy"] == person(by):
            raise NotYet("You entered this; two others have to approve it.")
        if any(one.said["by"] == person(by) for one in ledger.about(row.name, "approval")):
            raise NotYet("You approved this already; somebody else has to as well.")
        if state.state == "sent":
            raise NotYet("This was signed already; nothing is left to approve.")
        role = "delegate" if right_to_speak(by) else by.role
        made = say(campaign, "approval", of=row.name, by=person(by), role=role)
        audit(by.actor, "statement.approve", subject="record", subject_id=row.pk)
    return made


def sign(campaign: Campaign, row: Record, *, by: Actor) -> Record:
    """
    Make an approved draft the campaign's word: signed, logged, for good.

    Raises
    ------
    NotYet
        When it is not approved, was sent, is over, or its notice is still running.
    """
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        countdown = countdown_of(row)
        if countdown is not None and countdown.due_at > timezone.now():
            raise NotYet("The notice is still running; stop it first, or wait for its end.")
        ledger = ledger_of(campaign)
        state = ledger.standing.drafts[row.name]
        if state.state != "approved":
            said = {
                "sent": "This was signed already.",
                "drafted": "This is not approved yet: two people besides the one who entered it, and for "
                "the candidate one of them who speaks for the candidate.",
            }
            raise NotYet(said[state.state])
        words = row.said
        if words.get("expires", "9999") <= ledger.now:
            raise NotYet("The time until which this was meant to hold is over; draft it again.")
        approvals = ledger.about(row.name, "approval")
        roles = sorted(
            {one.said["role"] for one in approvals if one.said["by"] in state.approved_by}
        )
        fields = {name: words[name] for name in TAKEN_OVER if name in words}
        if "replaces" in words:
            fields["supersedes"] = words["replaces"]
        made = say(
            campaign, "statement", **fields, draft=row.name,
            seq=Record.objects.of(campaign).filter(kind="statement", issuer=ledger.us).count(),
            approvedBy=[{"role": role} for role in roles],
        )  # fmt: skip
        if countdown is not None:
            countdown.ended_at, countdown.ended_by = timezone.now(), by.label
            countdown.save(update_fields=["ended_at", "ended_by"])
        if made.said["public"]:
            keep_embedded(campaign, "public", made.pk, [made.name])
        answered_with(campaign, row.name, made.name, by=by)
        audit(by, "statement.sign", subject="record", subject_id=made.pk)
    return made


def sign_later(campaign: Campaign, row: Record, *, by: Actor) -> Countdown:
    """Sign it after a notice, during which anybody at the press desk can stop it; who speaks for the candidate gets mail."""
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        if ledger_of(campaign).standing.drafts[row.name].state != "approved":
            raise NotYet("Only what is approved, and not signed yet, can be given a notice.")
        if countdown_of(row) is not None:
            raise NotYet("A notice is running already.")
        countdown: Countdown = Countdown.objects.create(
            campaign=campaign, draft=row, due_at=timezone.now() + NOTICE, asked_by=by.label
        )
        told = tell_speakers(campaign, row, countdown)
        audit(by, "statement.notice", subject="record", subject_id=row.pk, detail={"told": told})
    return countdown


def stop(campaign: Campaign, row: Record, *, by: Actor) -> bool:
    """Stop what would have been signed by itself; whether anything was running."""
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        rows = Countdown.objects.of(campaign).filter(draft=row, ended_at=None)
        stopped = rows.update(ended_at=timezone.now(), ended_by=by.label)
        if stopped:
            audit(by, "statement.stop", subject="record", subject_id=row.pk)
    return bool(stopped)


def sign_what_is_due() -> int:
    """Sign what was announced by a notice that is over; returns how many. The worker asks now and then."""
    signed = 0
    for campaign in Campaign.objects.all():
        with tenant(campaign.pk):
            due = Countdown.objects.of(campaign).filter(ended_at=None, due_at__lte=timezone.now())
            for countdown in due.select_related("draft"):
                by = Actor("job", str(countdown.pk), countdown.asked_by)
                try:
                    sign(campaign, countdown.draft, by=by)
                except HustingsError:
                    # It waits on the press desk, where signing by hand says what is wrong.
                    log.exception("Draft %s was due and could not be signed.", countdown.draft_id)
                    continue
                signed += 1
    return signed
