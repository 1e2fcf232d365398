"""
Who saw the heads of our log, and how far a peer's log was searched.

The room that talks to other servers stands above this one and joins here; without it nobody saw a head, and nothing
was searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Head, Party
    from hustings.core.ledger.key_history import KeyHistory
    from hustings.core.ledger.note import NoteSignature

    type Newest = Callable[[int, str], SeenHead | None]
    """The newest head of ours over a place of the log that a witness saw after the record there was made."""
    type Seen = Callable[[Campaign, int, str, Mapping[str, KeyHistory]], Newest]


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


_seen: list[Seen] = []
_searches: list[Callable[[Campaign, Party], LogSearch | None]] = []


def join(
    *,
    seen: Seen,
    search: Callable[[Campaign, Party], LogSearch | None],
) -> None:
    """Tell the press desk whom to ask."""
    if seen not in _seen:
        _seen.append(seen)
        _searches.append(search)


def seen_from(
    campaign: Campaign, place: int, us: str, histories: Mapping[str, KeyHistory]
) -> Newest:
    """Read once who saw the heads over that place and those after it; asked then for as many of them as there are."""
    asked = [ask(campaign, place, us, histories) for ask in _seen]

    def newest(at: int, made: str) -> SeenHead | None:
        found = [one for ask in asked if (one := ask(at, made))]
        return max(found, key=lambda one: one.head.size, default=None)

    return newest


def searched(campaign: Campaign, party: Party) -> LogSearch | None:
    """How far their log was searched; None where we do not hold it."""
    found = [one for search in _searches if (one := search(campaign, party))]
    return found[0] if found else None
