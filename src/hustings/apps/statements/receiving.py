"""Their word by file: verified, received, accepted by a person, announced; what is refused is kept with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements.access import NotYet
from hustings.apps.statements.arriving import see_to
from hustings.apps.statements.embedding import keep as keep_embedded
from hustings.apps.statements.histories import histories_of, keep_history, met
from hustings.apps.statements.locking import one_at_a_time
from hustings.apps.statements.models import Arrival, Refusal
from hustings.apps.statements.node import secrets_now
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.recording import keep, say
from hustings.core.errors import BadInput
from hustings.core.ledger.announcing import Announcement, may_announce
from hustings.core.ledger.bundle import read_bundle
from hustings.core.ledger.verify import verify_bundle

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record
    from hustings.core.ledger.announcing import Permission

INSIDE = frozenset({"draft", "approval", "report"})
"""What another campaign keeps to itself; if it comes, it comes by mistake."""


class NotToBeAnnounced(NotYet):
    """It must not be announced; ``permission`` says why, and what can be done instead."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(f"{permission.sentence} {permission.instead}".strip())
        self.permission = permission


def receive(campaign: Campaign, text: str, *, by: Actor) -> Record | Refusal:
    """
    Take a bundle in, from a file or from whatever brings one later: once, however often it comes.

    It is verified with the keys that we know from elsewhere, and its issuer must have been met.
    """
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        try:
            record, first = _received(campaign, text)
        except BadInput as error:
            kept = text[:1_000_000].replace("\0", "\ufffd").encode("utf-8", "replace").decode()
            rows, reason = Refusal.objects.of(campaign), str(error)
            before: Refusal | None = rows.filter(text=kept, reason=reason).first()
            if before is not None:
                return before
            refusal: Refusal = Refusal.objects.create(campaign=campaign, text=kept, reason=reason)
            audit(by, "bundle.refuse", subject="refusal", subject_id=refusal.pk)
            return refusal
        audit(by, "bundle.receive", subject="record", subject_id=record.pk)
        if first:
            see_to(campaign, record, by=by)
    return record


def _received(campaign: Campaign, text: str) -> tuple[Record, bool]:
    ours, _keys = secrets_now(campaign)
    histories = histories_of(campaign)
    bundle = read_bundle(text)
    issuer = bundle.record.get("issuer")
    if issuer not in met(campaign, ours):
        raise BadInput(
            "This is from nobody who was met: add their card, and read the eight words over the telephone first."
        )
    verdict = verify_bundle(text, histories.values())
    if not verdict.good:
        raise BadInput(verdict.broken[0].message)
    if bundle.record["type"] in INSIDE:
        raise BadInput(f"A {bundle.record['type']} stays inside a campaign; it is none for us.")
    for history in bundle.histories():
        if history.node == issuer:
            keep_history(campaign, histories[history.node].joined(history))
    record = keep(campaign, bundle.record)
    first = not Arrival.objects.of(campaign).filter(record=record).exists()
    if first:
        Arrival.objects.create(
            campaign=campaign, record=record, bundle=text, place=verdict.index,
            log_size=verdict.size,
        )  # fmt: skip
        if record.kind == "statement":
            say(campaign, "receipt", of=record.name, decision="received")
    return record, first


def decide(campaign: Campaign, record: Record, *, accept: bool, by: Actor) -> Record:
    """A person of ours takes their statement, or declines it; they are told so by a receipt."""
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        ledger = ledger_of(campaign)
        if record.issuer == ledger.us:
            raise BadInput("This is our own statement; they decide about it.")
        wanted = "accepted" if accept else "declined"
        state = ledger.standing.statements[record.name]
        if dict(state.answers).get(ledger.us) in (wanted, "announced"):
            raise NotYet("This was decided already.")
        made = say(campaign, "receipt", of=record.name, decision=wanted)
        verb = "statement.accepted" if wanted == "accepted" else "statement.declined"
        audit(by, verb, subject="record", subject_id=record.pk)
    return made


def permission(
    campaign: Campaign, *, by_party: str, kind: str, quote: str, of: str = ""
) -> Permission:
    """Gate 1, over everything that is proven now."""
    ledger = ledger_of(campaign)
    return may_announce(
        ledger.standing, Announcement(ledger.us, by_party, kind, quote, of), ledger.now
    )


def announce(
    campaign: Campaign, *, by_party: str, kind: str, quote: str, of: str, by: Actor
) -> Record:
    """
    Say in public that they said so.

    Raises
    ------
    NotToBeAnnounced
        When gate 1 is closed: no signed or called-back word, not public, embargoed, taken back, not exact, too strong.
    """
    with tenant(campaign.pk):
        one_at_a_time(campaign)
        allowed = permission(campaign, by_party=by_party, kind=kind, quote=quote, of=of)
        if not allowed.allowed:
            raise NotToBeAnnounced(allowed)
        made = say(campaign, "announcement", of=of, kind=kind, quote=quote)
        keep_embedded(campaign, "public", made.pk, [of])
        audit(by, "statement.announce", subject="record", subject_id=made.pk)
    return made
