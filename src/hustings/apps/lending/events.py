"""Events: ours and theirs, folded out of the invitations, answers and ends that were signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.lending.models import Part
from hustings.apps.lending.wording import ANSWERS, OUR_ANSWERS
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput
from hustings.core.exchange.invitations import Invitation, Message, fold
from hustings.formats.invitation_ics import read_ics

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record
    from hustings.apps.statements.reading import Ledger
    from hustings.formats.invitation_ics import Gathering


@dataclass(frozen=True, slots=True)
class Answered:
    """What one of those invited said; ``earlier`` where it was to a version before this one."""

    name: str
    said: str
    earlier: bool

    @property
    def words(self) -> str:
        """In words; "" where nothing was said yet."""
        return str(ANSWERS.get(self.said, ""))


@dataclass(frozen=True, slots=True)
class Event:
    """
    One event.

    Parameters
    ----------
    record, ics
        The request that counts, and its calendar file.
    newest
        The last message of ours about it, to be sent; None where we sent none.
    """

    stands: Invitation
    record: Record
    ics: bytes
    gathering: Gathering
    ours: bool
    host: str
    answers: tuple[Answered, ...]
    our_answer: str
    newest: Record | None

    @property
    def key(self) -> str:
        """What an address names it by: the hash of its request, which changes with each version."""
        return self.record.name

    @property
    def our_words(self) -> str:
        """What we answered, in words."""
        return str(OUR_ANSWERS.get(self.our_answer, ""))

    @property
    def waits(self) -> bool:
        """Whether they wait for our answer."""
        return not self.ours and not self.our_answer and not self.stands.cancelled


def events_of(campaign: Campaign, ledger: Ledger) -> list[Event]:
    """Every event that counts, the next one first."""
    messages, said = [], {one.name: one for one in ledger.heard("event") if one.is_their_word}
    for name, one in said.items():
        try:
            messages.append(Message.of(one.said, name))
        except BadInput:
            continue
    names = {party.code: party.name for party in ledger.parties}
    files = {
        part.record_id: bytes(part.content)
        for part in Part.objects.of(campaign).filter(record__kind="event")
    }
    found = []
    for stands in fold(messages).values():
        row = ledger.rows[stands.request]
        if row.pk not in files:
            continue
        mine = [
            one for one in messages if (one.organizer, one.uid) == (stands.organizer, stands.uid)
            and one.sender == ledger.us
        ]  # fmt: skip
        last = max(mine, key=lambda one: one.rank, default=None)
        answered = {who: (reply, old) for who, _name, reply, old in stands.answers}
        found.append(
            Event(
                stands, row, files[row.pk], read_ics(files[row.pk]),
                ours=stands.organizer == ledger.us,
                host=names.get(stands.organizer, campaign.name),
                answers=tuple(
                    Answered(names.get(who, who), *answered.get(who, ("", False)))
                    for who in sorted(stands.attendees - {ledger.us})
                ),
                our_answer="" if answered.get(ledger.us, ("", True))[1] else stands.answer_of(ledger.us),
                newest=ledger.rows[last.name] if last else None,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.gathering.starts, one.key))


def event_for(campaign: Campaign, key: str) -> Event:
    """One event by the hash of its request, of whatever version; :class:`NotHere` otherwise."""
    ledger = ledger_of(campaign)
    said = ledger.standing.heard.get(key)
    if said is None or said.said["type"] != "event":
        raise NotHere
    wanted = said.by, said.said["uid"]
    for one in events_of(campaign, ledger):
        if (one.stands.organizer, one.stands.uid) == wanted:
            return one
    raise NotHere
