"""Taking a parcel in, from a request, an answer or a file: the same for all three, once, however often it comes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from hustings.apps.exchange import attachments
from hustings.apps.exchange.access import leaves_of, outcomes_of
from hustings.apps.exchange.alarms import Alarming
from hustings.apps.exchange.following import follow, keep_keys, roots_at
from hustings.apps.exchange.models import Delivery, PeerEntry, Taken
from hustings.apps.exchange.witnessing import keep_line
from hustings.apps.statements import receiving
from hustings.apps.statements.access import arrival_of, node_for, record_named
from hustings.apps.statements.histories import history_of, met
from hustings.apps.statements.locking import one_at_a_time
from hustings.apps.statements.models import Refusal
from hustings.core.errors import BadInput
from hustings.core.ledger.bundle import read_bundle
from hustings.core.ledger.canonical import digest
from hustings.core.ledger.merkle import leaf_hash

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from hustings.apps.audit.actors import Actor
    from hustings.apps.exchange.parcels import Parcel, Result
    from hustings.apps.statements.models import Party
    from hustings.core.ledger.bundle import Bundle
    from hustings.core.ledger.key_history import KeyHistory

TOOK, REFUSED = "delivered", "refused"


@dataclass(slots=True)
class Outcome:
    """What became of a parcel: how many things were new, and why others were refused."""

    new: int = 0
    refused: list[str] = field(default_factory=list)


class NotForUs(BadInput):
    """The parcel is for another node."""


class NotMet(BadInput):
    """The parcel is from somebody whose words were not compared."""


def take_in(
    party: Party, parcel: Parcel, *, shown_at: datetime, as_newest: bool, by: Actor
) -> Outcome:
    """
    Everything in a parcel of this peer; whoever brings it has been checked, or it is a file.

    Raises
    ------
    Missing
        When the log was not sent from where we hold it.
    Alarming
        When keys or log do not go on from what we hold.

    Whatever is raised, nothing of the parcel was taken but new keys, which prove themselves; of an alarm the evidence
    is kept.
    """
    _check_whose(party, parcel)
    one_at_a_time(party.campaign)
    try:
        history = keep_keys(party, parcel.keys)
        with transaction.atomic():
            return _taken(party, history, parcel, shown_at, by, as_newest=as_newest)
    except Alarming as alarm:
        alarm.keep(party)
        raise


def _check_whose(party: Party, parcel: Parcel) -> None:
    campaign = party.campaign
    us = node_for(campaign).name
    if parcel.receiver != us:
        raise NotForUs("This parcel is for another campaign than this one.")
    if parcel.sender != party.code:
        raise BadInput(f"This parcel is not from {party.name}.")
    if party.code not in met(campaign, history_of(campaign, us)):
        raise NotMet(
            f"{party.name} was not met yet: read the eight words to each other over the telephone first."
        )


def _taken(
    party: Party,
    history: KeyHistory,
    parcel: Parcel,
    shown_at: datetime,
    by: Actor,
    *,
    as_newest: bool,
) -> Outcome:
    outcome = Outcome()
    if parcel.log is not None:
        follow(party, history, parcel.log, shown_at=shown_at, as_newest=as_newest)
    _results(party, parcel.results)
    if parcel.cosigned is not None:
        try:
            keep_line(party, *parcel.cosigned)
        except BadInput as error:
            outcome.refused.append(str(error))
    for text in parcel.bundles:
        _bundle(party, text, outcome, by)
    for attachment in parcel.attachments:
        _attachment(party, attachment, outcome, by)
    return outcome


def _results(party: Party, results: tuple[Result, ...]) -> None:
    """What they took and refused of ours; what they said before is not written down again."""
    said = outcomes_of(party)
    for result in results:
        record = record_named(party.campaign, result.name)
        if record is None:
            attachments.answered(party.campaign, party, result.name, result.refused)
            continue
        state = REFUSED if result.refused else TOOK
        before = said.get(record.pk)
        if before is None or (before.state, before.sentence) != (state, result.refused):
            if before is not None and before.state == TOOK:
                continue  # an older parcel that comes late takes nothing back
            Delivery.objects.create(
                campaign=party.campaign, party=party, record=record, state=state,
                sentence=result.refused,
            )  # fmt: skip


def _bundle(party: Party, text: str, outcome: Outcome, by: Actor) -> None:
    name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    try:
        bundle = read_bundle(text)
        name = digest(bundle.record)
        _check_on_their_log(party, bundle)
    except BadInput as error:
        _refused(party, name, str(error), outcome)
        return
    before = record_named(party.campaign, name)
    if before is None or arrival_of(before) is None:
        received = receiving.receive(party.campaign, text, by=by)
        if isinstance(received, Refusal):
            _refused(party, name, received.reason, outcome)
            return
        outcome.new += 1
    _fill(party, bundle)
    Taken.objects.of(party.campaign_id).get_or_create(
        campaign=party.campaign, party=party, name=name, sentence=""
    )


def _fill(party: Party, bundle: Bundle) -> None:
    """Their log shows this place now, where it was hidden when we read it."""
    rows = PeerEntry.objects.of(party.campaign_id).filter(party=party, place=bundle.proof.index)
    rows.filter(content=None, leaf=leaf_hash(bundle.leaf)).update(content=bundle.leaf)


def _check_on_their_log(party: Party, bundle: Bundle) -> None:
    """A bundle is taken only under a head of the log that we follow, so that nobody shows us another."""
    if bundle.record.get("issuer") != party.code:
        raise BadInput("A parcel brings its sender's own word, and nobody else's.")
    head, leaves = bundle.proof.head, leaves_of(party)
    if head.size > len(leaves) or roots_at(leaves, {head.size}).get(head.size) != head.root:
        raise BadInput(
            "The head in this proof is not one of the log that was shown to us; send the log with it."
        )


def _attachment(party: Party, attachment: dict[str, Any], outcome: Outcome, by: Actor) -> None:
    try:
        name = attachments.name_of(attachment)
    except BadInput as error:
        outcome.refused.append(str(error))
        return
    try:
        attachments.take(party.campaign, party, attachment, by=by)
    except Alarming:
        raise
    except BadInput as error:
        _refused(party, name, str(error), outcome)
        return
    Taken.objects.of(party.campaign_id).get_or_create(
        campaign=party.campaign, party=party, name=name, sentence=""
    )


def _refused(party: Party, name: str, sentence: str, outcome: Outcome) -> None:
    outcome.refused.append(sentence)
    Taken.objects.of(party.campaign_id).get_or_create(
        campaign=party.campaign, party=party, name=name, sentence=sentence
    )
