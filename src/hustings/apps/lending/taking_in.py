"""
What comes from another campaign, by file or over the wire: the one function that both call.

``take_in`` verifies the record as ``statements.receiving`` does, then does what its kind asks for. What does not hold
changes nothing, and is kept with the reason.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.lending import access, forgetting
from hustings.apps.lending.judging import NOT_A_DETAIL
from hustings.apps.lending.models import Referred
from hustings.apps.lending.releasing import keep_parts
from hustings.apps.lending.wording import DETAILS
from hustings.apps.statements.access import node_for
from hustings.apps.statements.models import Record, Refusal
from hustings.apps.statements.node import seals_of
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.receiving import receive
from hustings.apps.statements.times import read_moment
from hustings.core.errors import BadInput
from hustings.core.exchange.editions import Edition, check_next, is_edition
from hustings.core.exchange.invitations import Message
from hustings.core.exchange.sealed import open_sealed
from hustings.formats import design_file
from hustings.formats.artwork import look_at
from hustings.formats.invitation_ics import read_ics
from hustings.formats.parcel import SEALED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign

    type Taker = Callable[[Campaign, Record, Mapping[str, bytes], Actor], None]


def take_in(
    campaign: Campaign, bundle: str, parts: Mapping[str, bytes] | None = None, *, by: Actor
) -> Record | Refusal:
    """
    Take a record of another campaign in, with the parts that came beside it: once, however often it comes.

    Parameters
    ----------
    parts
        By SHA-256; the part that only we can open under ``formats.parcel.SEALED``.
    """
    with tenant(campaign.pk):
        try:
            with transaction.atomic():
                taken = receive(campaign, bundle, by=by)
                if isinstance(taken, Refusal):
                    return taken
                if (taker := TAKERS.get(taken.kind)) is not None:
                    taker(campaign, taken, parts or {}, by)
        except BadInput as error:
            refusal: Refusal = Refusal.objects.create(
                campaign=campaign,
                text=bundle[:1_000_000].replace("\0", "\ufffd"),
                reason=str(error),
            )
            audit(by, "bundle.refuse", subject="refusal", subject_id=refusal.pk)
            return refusal
    return taken


def _referral(campaign: Campaign, record: Record, parts: Mapping[str, bytes], by: Actor) -> None:
    """Somebody who said yes to helping us."""
    said, us = record.said, node_for(campaign).name
    if said.get("to") != us:
        raise BadInput("This referral is for another campaign; it was sent to us by mistake.")
    if said["count"] != 1 or len(said["consent"]) != 1 or "expires" not in said:
        raise BadInput("A referral to us is of one person, with one consent and a last day.")
    if Referred.objects.of(campaign).filter(record=record).exists():
        return
    ledger = ledger_of(campaign)
    if forgetting.is_taken_back(ledger, record):
        forgetting.answer_before_it_came(campaign, record, by=by)
        return
    if any(one.by == us for one in ledger.about(record.name, "deletion")):
        return  # it was deleted here, and the same file came once more
    if said["expires"] <= ledger.now:
        raise BadInput("The last day of this referral is over, so nothing of it may be kept.")
    if SEALED not in parts:
        raise BadInput(
            "The record is here without its sealed part; ask them for the whole parcel, as one file."
        )
    words = open_sealed(
        parts[SEALED], with_=seals_of(campaign), of=record.name, commitment=said["consent"][0]
    )
    details = {name: words[name] for name in DETAILS if name in words}
    if words.keys() - NOT_A_DETAIL - details.keys() or words.get("node") != us:
        raise BadInput("What is sealed here was agreed to for something else; nothing was kept.")
    Referred.objects.create(
        campaign=campaign, record=record, keep_until=read_moment(said["expires"]).date(),
        words={**details, "purpose": said["purpose"], "period": said["period"]},
    )  # fmt: skip


def _retraction(campaign: Campaign, record: Record, parts: Mapping[str, bytes], by: Actor) -> None:
    """A claim withdrawn, or a volunteer's yes: the latter is obeyed at once."""
    forgetting.obey(campaign, record, by=by)


def _release(campaign: Campaign, record: Record, parts: Mapping[str, bytes], by: Actor) -> None:
    """A playbook or a design: newer than what is here, with all of its files as the record promises them."""
    said, new = record.said, Edition.of(record.said)
    if "own" in said.get("uses", []):
        raise BadInput("This version is for their own campaign only; they sent it by mistake.")
    if access.parts_of(record):
        return  # all of it is here already
    known = Record.objects.of(campaign).filter(kind="release", issuer=record.issuer)
    others = [one.said for one in known.exclude(pk=record.pk)]
    check_next(new, (Edition.of(one) for one in others if is_edition(one)))
    files = {}
    for number, file in enumerate(said["files"]):
        content = parts.get(file["hash"])
        if content is None:
            raise BadInput(
                "The record is here without its files; ask them for the whole parcel, as one file."
            )
        if (hashlib.sha256(content).hexdigest(), len(content)) != (file["hash"], file["size"]):
            raise BadInput(f"The file {file['hash'][:16]}… is not the one that the record names.")
        files[file.get("name", f"file-{number}")] = content
    if len(files) != len(said["files"]) or design_file.NAME not in files:
        raise BadInput("This release has no design in it that could be read here.")
    design_file.read_design(files[design_file.NAME])
    for name, content in files.items():
        if name != design_file.NAME:
            look_at(content)
    keep_parts(campaign, record, files)


def _event(campaign: Campaign, record: Record, parts: Mapping[str, bytes], by: Actor) -> None:
    """An invitation, an answer or an end: the calendar file says what the record says, and names nobody."""
    said, message = record.said, Message.of(record.said, record.name)
    if access.parts_of(record):
        return  # it is here already
    us = node_for(campaign).name
    if us not in said.get("to", []):
        raise BadInput("This invitation is for others; it was sent to us by mistake.")
    content = parts.get(said["ics"])
    if content is None or hashlib.sha256(content).hexdigest() != said["ics"]:
        raise BadInput(
            "The record is here without its calendar file; ask them for the whole parcel, as one file."
        )
    found = read_ics(content)
    if (found.uid, found.sequence, found.method) != (message.uid, message.sequence, message.method):
        raise BadInput("The calendar file is of another event or version than the record.")
    if found.organizer != message.organizer:
        raise BadInput("The calendar file names another organizer than the record.")
    keep_parts(campaign, record, {"invitation.ics": content})


TAKERS: dict[str, Taker] = {
    "referral": _referral, "retraction": _retraction, "release": _release,
    "event": _event,
}  # fmt: skip
"""By the type of the record; what is not here asks for nothing but to be kept."""
