"""
Who saw the heads of our log, and how far a peer's log was searched.

The room that talks to other servers stands above this one and joins here; without it nobody saw a head, and nothing
was searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Head, Party
    from hustings.core.ledger.key_history import KeyHistory
    from hustings.core.ledger.note import NoteSignature


@dataclass(frozen=True, slots=True)
class SeenHead:
    """A head of our log with the lines of those who saw it, each with the witness's keys."""

    head: Head
    lines: tuple[tuple[NoteSignature, KeyHistory], ...]


@dataclass(frozen=True, slots=True)
class LogSearch:
    """A peer's whole log, searched for a word to us: ``searched`` of ``records`` could be read."""

    found: int
    searched: int
    records: int
    head_at: datetime
    cosigned_by: tuple[str, ...]

    @property
    def hidden(self) -> int:
        """How many records they do not show us."""
        return self.records - self.searched


_seen: list[Callable[[Campaign, int, str], SeenHead | None]] = []
_searches: list[Callable[[Campaign, Party], LogSearch | None]] = []


def join(
    *,
    seen: Callable[[Campaign, int, str], SeenHead | None],
    search: Callable[[Campaign, Party], LogSearch | None],
) -> None:
    """Tell the press desk whom to ask."""
    if seen not in _seen:
        _seen.append(seen)
        _searches.append(search)


def newest_seen(campaign: Campaign, place: int, made: str) -> SeenHead | None:
    """The newest head of ours over that place of the log that a witness saw after the record there was made."""
    found = [one for ask in _seen if (one := ask(campaign, place, made))]
    return max(found, key=lambda one: one.head.size, default=None)


def searched(campaign: Campaign, party: Party) -> LogSearch | None:
    """How far their log was searched; None where we do not hold it."""
    found = [one for search in _searches if (one := search(campaign, party))]
    return found[0] if found else None
