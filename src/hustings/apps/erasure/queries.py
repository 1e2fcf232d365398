"""What the page of an erasure says before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hustings.apps.erasure.wording import KINDS
from hustings.apps.outings.queries import walks_past
from hustings.apps.people.queries import doors_of, erasures

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf
    from hustings.apps.people.models import Person


class Erased(NamedTuple):
    """A tombstone, for a person to read."""

    number: int
    at: datetime
    by: str
    request: str
    went: list[tuple[str, int]]


def in_words(rows: dict[str, int]) -> list[tuple[str, int]]:
    """Tables by what a person calls what is in them; kinds of one name are one line."""
    summed: dict[str, int] = {}
    for table, count in rows.items():
        name = str(KINDS.get(table, table))
        summed[name] = summed.get(name, 0) + count
    return list(summed.items())


def all_erased(campaign: Campaign) -> list[Erased]:
    """Every erasure of the campaign, newest first."""
    return [
        Erased(
            erasure.person_number,
            erasure.at,
            erasure.by_label,
            erasure.get_request_display(),
            in_words({kind.kind: kind.count for kind in erasure.kinds.all()}),
        )
        for erasure in erasures(campaign)
    ]


def on_paper(person: Person) -> list[Turf]:
    """Published walks past the person's door: what was printed of them has the name."""
    return walks_past(person.campaign, doors_of(person))
