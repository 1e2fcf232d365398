"""
What goes along with records and is not in the log: one seam for whatever room has something to send.

A room registers a *carrier* for its kind of attachment, in the ``ready`` of its app. An attachment is a JSON object
with ``kind``, ``name`` (64 hexadecimal digits by which both sides know it) and whatever else the room puts there.
It travels in the parcel after the records, once, by request and by file alike, and is answered like a record: taken,
or refused with a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from hustings.apps.statements.proving import bundles_of
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party, Record
    from hustings.apps.statements.reading import Ledger

_NAME = re.compile(r"[0-9a-f]{64}")


class Carrier(Protocol):
    """What a room does for its kind of attachment; all of it in the campaign's transaction."""

    def waiting(self, campaign: Campaign, party: Party, ledger: Ledger) -> list[Record]:
        """The records of ours whose attachments are to go to this peer and were not answered yet."""

    def due(
        self, campaign: Campaign, records: Sequence[Record], bundles: Mapping[int, str]
    ) -> list[dict[str, Any]]:
        """What goes along with them: objects with a ``name``; ``bundles`` has the proof of each by its number."""

    def take(
        self, campaign: Campaign, party: Party, attachment: dict[str, Any], *, by: Actor
    ) -> None:
        """Take one in, once however often it comes; ``BadInput`` refuses it with its sentence."""

    def answered(self, campaign: Campaign, party: Party, name: str, sentence: str) -> bool:
        """They took ours of that name (""), or refused it; whether it is ours at all."""


_CARRIERS: dict[str, Carrier] = {}


def carrier(kind: str, what: Carrier) -> None:
    """Register what carries this kind."""
    _CARRIERS[kind] = what


def waiting_for(campaign: Campaign, party: Party, ledger: Ledger) -> dict[str, list[Record]]:
    """The records whose attachments are to go to this peer, by the kind of these."""
    return {kind: what.waiting(campaign, party, ledger) for kind, what in _CARRIERS.items()}


def due(
    campaign: Campaign, waiting: Mapping[str, Sequence[Record]], bundles: Mapping[int, str]
) -> list[dict[str, Any]]:
    """Everything that is to go along with them."""
    return [
        {**one, "kind": kind}
        for kind, records in waiting.items()
        for one in _CARRIERS[kind].due(campaign, records, bundles)
    ]


def due_to(campaign: Campaign, party: Party, ledger: Ledger) -> list[dict[str, Any]]:
    """The same, where nothing else is proven in the same moment."""
    waiting = waiting_for(campaign, party, ledger)
    records = [row for rows in waiting.values() for row in rows]
    return due(campaign, waiting, bundles_of(campaign, records, ledger))


def take(campaign: Campaign, party: Party, attachment: dict[str, Any], *, by: Actor) -> None:
    """Hand one to its room."""
    kind = attachment.get("kind")
    if not isinstance(kind, str) or kind not in _CARRIERS:
        raise BadInput(
            f"Nothing here takes an attachment of the kind «{str(kind)[:40]}»; a newer version may."
        )
    _CARRIERS[kind].take(campaign, party, attachment, by=by)


def answered(campaign: Campaign, party: Party, name: str, sentence: str) -> bool:
    """Tell the room whose it is what they said of it."""
    return any(what.answered(campaign, party, name, sentence) for what in list(_CARRIERS.values()))


def name_of(attachment: Any) -> str:
    """By which name both sides know it."""
    name = attachment.get("name") if isinstance(attachment, dict) else None
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise BadInput("An attachment needs a name of 64 hexadecimal digits.")
    return name
