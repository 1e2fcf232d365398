"""Inviting other campaigns to an event, changing it, calling it off, and answering theirs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.lending.events import event_for
from hustings.apps.lending.releasing import keep_parts
from hustings.apps.statements.access import node_for
from hustings.apps.statements.locking import one_at_a_time
from hustings.apps.statements.recording import say
from hustings.apps.statements.times import now_as_records_write_it, read_moment
from hustings.core.errors import BadInput
from hustings.formats.invitation_ics import Gathering, read_ics, write_ics

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record

ICS = "invitation.ics"


@dataclass(frozen=True, slots=True)
class Planned:
    """
    An event as whoever hosts it plans it.

    Parameters
    ----------
    campaign_event
        Whether it is an event of a campaign: a book tour is none.
    """

    title: str
    starts: datetime
    ends: datetime
    place: str
    words: str
    campaign_event: bool
    imprint: str = ""


def invite(campaign: Campaign, planned: Planned, nodes: Sequence[str], *, by: Actor) -> Record:
    """A new event, and who is invited to it."""
    with tenant(campaign.pk):
        uid = f"urn:uuid:{uuid4()}"
        said = _request(campaign, uid, 0, planned, nodes)
        audit(by, "invitation.invite", subject="record", subject_id=said.pk)
    return said


def change(
    campaign: Campaign, key: str, planned: Planned, nodes: Sequence[str], *, by: Actor
) -> Record:
    """The next version of our event; whoever answered is asked again."""
    with tenant(campaign.pk):
        event = event_for(campaign, key)
        if not event.ours:
            raise BadInput(_("This is their event; only they can change it."))
        if event.stands.cancelled:
            raise BadInput(_("It is called off; another date is another invitation."))
        said = _request(campaign, event.stands.uid, event.stands.sequence + 1, planned, nodes)
        audit(by, "invitation.change", subject="record", subject_id=said.pk)
    return said


def call_off(campaign: Campaign, key: str, *, by: Actor) -> Record:
    """Our event does not take place; it stays called off."""
    with tenant(campaign.pk):
        event = event_for(campaign, key)
        if not event.ours:
            raise BadInput(_("This is their event; decline it instead."))
        if event.stands.cancelled:
            raise BadInput(_("It is called off already."))
        said = _say(campaign, event.record.said, "cancel", event.stands.sequence + 1, event.ics)
        audit(by, "invitation.call_off", subject="record", subject_id=said.pk)
    return said


def answer(campaign: Campaign, key: str, decision: str, *, by: Actor) -> Record:
    """We come, may come, or do not."""
    with tenant(campaign.pk):
        us, event = node_for(campaign).name, event_for(campaign, key)
        if event.ours or us not in event.stands.attendees:
            raise BadInput(_("You are not invited to this event, so there is nothing to answer."))
        if event.stands.cancelled:
            raise BadInput(_("It is called off; nothing is left to answer."))
        fields: dict[str, Any] = {**event.record.said, "to": [event.stands.organizer]}
        said = _say(campaign, fields, "reply", event.stands.sequence, event.ics, answer=decision)
        audit(by, "invitation.answer", subject="record", subject_id=said.pk)
    return said


def _request(
    campaign: Campaign, uid: str, sequence: int, planned: Planned, nodes: Sequence[str]
) -> Record:
    one_at_a_time(campaign)
    if planned.starts >= planned.ends:
        raise BadInput(_("It ends before it begins; look at the two times."))
    us = node_for(campaign).name
    gathering = Gathering(
        "request", uid, sequence, read_moment(now_as_records_write_it()), planned.starts, planned.ends,
        planned.title, planned.place, planned.words, us, campaign.name, tuple(nodes),
    )  # fmt: skip
    return _kept(
        campaign, gathering, "request", uid=uid, sequence=sequence,
        campaignEvent=planned.campaign_event, host=campaign.name, title=planned.title,
        places=[planned.place] if planned.place else [], to=list(nodes),
        **({"imprint": planned.imprint} if planned.imprint else {}),
    )  # fmt: skip


def _say(
    campaign: Campaign,
    said: dict[str, Any],
    method: str,
    sequence: int,
    ics: bytes,
    *,
    answer: str = "",
) -> Record:
    """A message about an event that is known: its own words again, under another method."""
    one_at_a_time(campaign)
    us, before = node_for(campaign).name, read_ics(ics)
    gathering = Gathering(
        method, before.uid, sequence, read_moment(now_as_records_write_it()), before.starts,
        before.ends, before.title, before.place, before.words, before.organizer, before.host,
        before.attendees if method == "cancel" else (us,), ((us, answer),) if answer else (),
    )  # fmt: skip
    fields = {
        name: said[name] for name in ("uid", "campaignEvent", "host", "title", "places", "to", "imprint")
        if name in said
    }  # fmt: skip
    more = {"answer": answer} if answer else {}
    return _kept(campaign, gathering, method, sequence=sequence, **fields, **more)


def _kept(campaign: Campaign, gathering: Gathering, method: str, **fields: Any) -> Record:
    content = write_ics(gathering)
    ics = hashlib.sha256(content).hexdigest()
    said = say(campaign, "event", method=method, ics=ics, **fields)
    keep_parts(campaign, said, {ICS: content})
    return said
