"""Questions: how the day goes, what was told last, and what is known of one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.campaigns.together import together
from hustings.apps.polling.models import PollingDay, Promise, VotedMark

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.people.models import Person

LAST = 3
"""Marks that a teller can take back with one tap."""

VOTED = """
select e.person_id from polling_votedmark m
join register_registerentry e on e.campaign_id = m.campaign_id and e.number = m.number
  and e.removed_in is null
where m.campaign_id = %(campaign)s and m.day_id = %(day)s and m.withdrawn_at is null
"""
"""People of the register who have voted."""

WANTED = """
select e.person_id from register_registerentry e
left join people_personstanding s on s.campaign_id = e.campaign_id and s.person_id = e.person_id
where e.campaign_id = %(campaign)s and e.removed_in is null and (
  coalesce(s.support, '') = any(%(turn_out)s) or exists (
    select from polling_promise p where p.campaign_id = e.campaign_id and p.day_id = %(day)s
      and p.person_id = e.person_id and p.withdrawn_at is null))
"""
"""People of the register who are to be turned out."""


@dataclass(frozen=True, slots=True)
class District:
    """One polling district: people on the register, those to be turned out, and how many of each have voted."""

    name: str
    electors: int
    voted: int
    wanted: int
    wanted_voted: int

    @property
    def wanted_left(self) -> int:
        """Those still to be turned out."""
        return self.wanted - self.wanted_voted

    @property
    def share_voted(self) -> int | None:
        """Whole per cent of those to be turned out who have voted; None where nobody is to be."""
        return 100 * self.wanted_voted // self.wanted if self.wanted else None


def values_of(day: PollingDay) -> dict[str, Any]:
    """What :data:`VOTED` and :data:`WANTED` ask for."""
    return {"campaign": day.campaign_id, "day": day.pk, "turn_out": list(day.turn_out)}


def open_day(campaign: Campaign) -> PollingDay | None:
    """The polling day that is open; None where there is none."""
    day: PollingDay | None = PollingDay.objects.of(campaign).filter(ended_at=None).first()
    return day


def days(campaign: Campaign) -> list[PollingDay]:
    """Every polling day, newest first."""
    return list(PollingDay.objects.of(campaign).order_by("-held_on", "-pk"))


def districts(day: PollingDay) -> list[District]:
    """How the day goes, by polling district."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"with voted as ({VOTED}), wanted as ({WANTED}) "
            "select e.district, count(*), count(v.person_id), count(w.person_id), "
            "count(*) filter (where v.person_id is not null and w.person_id is not null) "
            "from register_registerentry e "
            "left join (select distinct person_id from voted) v on v.person_id = e.person_id "
            "left join (select distinct person_id from wanted) w on w.person_id = e.person_id "
            "where e.campaign_id = %(campaign)s and e.removed_in is null group by 1 order by 1",
            values_of(day),
        )
        return [District(*row) for row in cursor.fetchall()]


def district_names(campaign: Campaign) -> list[str]:
    """Polling districts of the register."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct district from register_registerentry "
            "where campaign_id = %s and removed_in is null order by 1",
            [campaign.pk],
        )
        return [name for (name,) in cursor.fetchall()]


def unknown_numbers(day: PollingDay) -> list[VotedMark]:
    """Marks with a number that nobody on our register has: misheard, or new."""
    return list(
        VotedMark.objects.of(day.campaign_id)
        .filter(day=day, withdrawn_at=None)
        .extra(  # our own words
            where=[
                "not exists (select from register_registerentry e where e.campaign_id = "
                "polling_votedmark.campaign_id and e.number = polling_votedmark.number "
                "and e.removed_in is null)"
            ]
        )
        .order_by("-pk")
    )


def marks_told(day: PollingDay) -> int:
    """How many different numbers were told and not taken back."""
    live = VotedMark.objects.of(day.campaign_id).filter(day=day, withdrawn_at=None)
    return live.values("number").distinct().count()


def last_told(day: PollingDay, told_by: str, most: int = LAST) -> list[VotedMark]:
    """What this teller told last and did not take back."""
    own = VotedMark.objects.of(day.campaign_id).filter(day=day, told_by=told_by, withdrawn_at=None)
    return list(own.order_by("-pk")[:most])


def told_before(day: PollingDay, mark: VotedMark) -> bool:
    """Whether another live mark has the same number."""
    others = VotedMark.objects.of(day.campaign_id).filter(
        day=day, number=mark.number, withdrawn_at=None
    )
    return others.exclude(pk=mark.pk).exists()


def is_on_register(campaign_id: UUID, number: str) -> bool:
    """Whether somebody on our register has this number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from register_registerentry where campaign_id = %s "
            "and number = %s and removed_in is null)",
            [campaign_id, number],
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def voted_among(day: PollingDay, person_ids: Collection[int]) -> set[int]:
    """Those of these people who have voted."""
    return _among(VOTED, day, person_ids)


def wanted_among(day: PollingDay, person_ids: Collection[int]) -> set[int]:
    """Those of these people who are to be turned out."""
    return _among(WANTED, day, person_ids)


def _among(question: str, day: PollingDay, person_ids: Collection[int]) -> set[int]:
    if not person_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"{question} and e.person_id = any(%(people)s::bigint[])",
            {**values_of(day), "people": list(person_ids)},
        )
        return {person for (person,) in cursor.fetchall()}


def known_of(person: Person) -> tuple[list[VotedMark], list[Promise], PollingDay | None]:
    """Live marks of somebody's numbers and promises that hold, newest first; and the day that is open."""
    entries = person.register_entries.filter(removed_in=None)
    marks = VotedMark.objects.of(person.campaign_id).filter(
        number__in=entries.values("number"), withdrawn_at=None
    )
    promises = Promise.objects.of(person.campaign_id).filter(person=person, withdrawn_at=None)
    marked, promised, open_ones = together(
        marks.select_related("day").order_by("-pk"),
        promises.select_related("day").order_by("-pk"),
        PollingDay.objects.of(person.campaign_id).filter(ended_at=None).order_by("pk")[:1],
    )
    return marked, promised, next(iter(open_ones), None)
