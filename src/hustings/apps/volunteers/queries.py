"""Questions of the desk and of a volunteer's own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q

from hustings.apps.accounts.queries import members_of
from hustings.apps.accounts.roles import Right
from hustings.apps.campaigns.together import together
from hustings.apps.contributions.models import Decision, Noted, Terms
from hustings.apps.people.models import ContactPoint
from hustings.apps.volunteers.models import (
    Abroad,
    Charge,
    Invite,
    Letter,
    Team,
    TeamPlace,
    Volunteer,
)
from hustings.apps.volunteers.reaching import NOT_AT
from hustings.apps.volunteers.wording import wishes_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

A_PAGE = 50
"""Volunteers on one page of the list."""


@dataclass(frozen=True, slots=True)
class Chain:
    """From a volunteer upwards: the team and its area, who leads it, which organiser looks after it."""

    place: TeamPlace
    lead: Volunteer | None
    lead_reached: str
    organiser: str
    organiser_reached: str


def organisers_of(campaign: Campaign) -> dict[int, Membership]:
    """Members who may look after teams, by their number."""
    return {one.pk: one for one in members_of(campaign) if one.may(Right.VOLUNTEERS)}


def chains_of(volunteer: Volunteer) -> list[Chain]:
    """Every team that somebody is in now, and who stands above them there."""
    campaign = volunteer.campaign
    theirs = TeamPlace.objects.of(campaign).filter(volunteer=volunteer, until=None)
    now = Charge.objects.of(campaign).filter(team_id__in=theirs.values("team_id"), until=None)
    places, charged, points, members = together(
        theirs.select_related("team").order_by("since", "pk"),
        now.select_related("lead__person"),
        _points(campaign).filter(person_id__in=now.values("lead__person_id")),
        members_of(campaign).filter(pk__in=now.values("organiser_id")),
    )
    charges = {one.team_id: one for one in charged}
    # «email» comes before «phone»: where there are both, the number stays.
    reached = {point.person_id: point.value for point in points}
    organisers = {one.pk: one for one in members if one.may(Right.VOLUNTEERS)}
    found = []
    for place in places:
        charge = charges.get(place.team_id)
        lead = charge.lead if charge and charge.lead and not charge.lead.left_at else None
        member = organisers.get(charge.organiser_id or 0) if charge else None
        found.append(
            Chain(
                place, lead, reached.get(lead.person_id, "") if lead else "",
                member.called if member else "", member.user.email if member else "",
            )
        )  # fmt: skip
    return found


def charges_of(campaign: Campaign, team_ids: Iterable[int]) -> dict[int, Charge]:
    """Who leads and who looks after each of these teams now."""
    rows = Charge.objects.of(campaign).select_related("lead__person")
    return {one.team_id: one for one in rows.filter(team_id__in=list(team_ids), until=None)}


def _points(campaign: Campaign) -> QuerySet[ContactPoint]:
    """Telephone numbers and e-mail addresses that are not known to be wrong, the best of somebody last."""
    rows = ContactPoint.objects.of(campaign).exclude(status__in=NOT_AT)
    found: QuerySet[ContactPoint] = rows.order_by("kind", "status_at", "pk")
    return found


def code_of(volunteer: Volunteer) -> str:
    """What stands in their invite link; "" where none was made."""
    found = Invite.objects.of(volunteer.campaign_id).filter(volunteer=volunteer).first()
    return str(found.code) if found else ""


def brought_by(volunteer: Volunteer) -> QuerySet[Volunteer]:
    """Whom they brought, in the order in which they came."""
    rows = Volunteer.objects.of(volunteer.campaign_id).select_related("person")
    found: QuerySet[Volunteer] = rows.filter(brought_by=volunteer).order_by("joined_at")
    return found


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a volunteer: letters to them, teams they are not in, whom they brought, perhaps a twin."""

    letters: list[Letter]
    teams: list[Team]
    brought: list[Volunteer]
    same_address: list[Volunteer]


def around(volunteer: Volunteer) -> Around:
    """All of it, in one question."""
    return Around(
        *together(
            Letter.objects.of(volunteer.campaign_id).filter(volunteer=volunteer).order_by("pk"),
            _teams_without(volunteer),
            brought_by(volunteer),
            _of_the_same_address(volunteer),
        )
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A volunteer in the list: what is still to be done about them."""

    volunteer: Volunteer
    teams: str
    wishes: str
    is_welcomed: bool
    cannot_yet: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the list."""

    rows: list[Row]
    more: bool
    to_welcome: int
    without_team: int


def volunteers_by(campaign: Campaign, asked: Mapping[str, str], page: int) -> Found:
    """
    Volunteers by what is asked for, newest first.

    ``who`` is ``new`` (not welcomed), ``no-team``, ``abroad`` or ``left``; ``area`` is in where they are or
    in a team of theirs; ``language`` is a tag and ``wish`` a code.
    """
    rows = _with_states(campaign)
    here = rows.filter(left_at=None)
    chosen = _asked_for(rows, here, asked)
    start = page * A_PAGE
    shown = list(chosen.order_by("-joined_at", "-pk")[start : start + A_PAGE + 1])
    listed = shown[:A_PAGE]
    teams: dict[int, list[str]] = {}
    places = TeamPlace.objects.of(campaign).select_related("team").filter(until=None)
    for place in places.filter(volunteer_id__in=[one.pk for one in listed]).order_by("since"):
        teams.setdefault(place.volunteer_id, []).append(place.team.name)
    stopped = stopped_among(campaign, [one.pk for one in listed if one.home_country])
    return Found(
        [
            Row(
                one, ", ".join(teams.get(one.pk, ())), wishes_said(one.wishes), one.is_welcomed,
                one.pk in stopped,
            )
            for one in listed
        ],
        len(shown) > A_PAGE,
        here.filter(is_welcomed=False).count(),
        here.filter(has_team=False).count(),
    )  # fmt: skip


def _with_states(campaign: Campaign) -> QuerySet[Any]:
    welcomes = Letter.objects.of(campaign).filter(
        volunteer=OuterRef("pk"), kind__in=Letter.WELCOMES
    )
    places = TeamPlace.objects.of(campaign).filter(volunteer=OuterRef("pk"), until=None)
    rows: QuerySet[Any] = (
        Volunteer.objects.of(campaign)
        .select_related("person")
        .annotate(is_welcomed=Exists(welcomes), has_team=Exists(places))
    )
    return rows


def _asked_for(rows: QuerySet[Any], here: QuerySet[Any], asked: Mapping[str, str]) -> QuerySet[Any]:
    chosen = {
        "new": here.filter(is_welcomed=False),
        "no-team": here.filter(has_team=False),
        "abroad": here.exclude(home_country=""),
        "left": rows.exclude(left_at=None),
    }.get(asked["who"], here)
    if asked["area"]:
        inside = TeamPlace.objects.filter(
            campaign_id=OuterRef("campaign_id"), volunteer=OuterRef("pk"), until=None,
            team__area__icontains=asked["area"],
        )  # fmt: skip
        chosen = chosen.filter(Q(near__icontains=asked["area"]) | Exists(inside))
    if asked["language"]:
        chosen = chosen.filter(languages__contains=[asked["language"]])
    if asked["wish"]:
        chosen = chosen.filter(wishes__contains=[asked["wish"]])
    return chosen


def stopped_among(campaign: Campaign, volunteer_ids: Iterable[int]) -> set[int]:
    """Those of these whom a rule stopped when their latest terms were written down, and nobody agreed since."""
    helps = dict(
        Abroad.objects.of(campaign)
        .filter(volunteer_id__in=list(volunteer_ids))
        .values_list("help_id", "volunteer_id")
    )
    if not helps:
        return set()
    rows = Terms.objects.of(campaign).filter(help_id__in=helps).order_by("pk")
    latest = {help_id: pk for pk, help_id in rows.values_list("pk", "help_id")}
    stopped = set(
        Noted.objects.of(campaign)
        .filter(terms_id__in=latest.values(), act="propose", severity__in=("block", "ask"))
        .values_list("terms_id", flat=True)
    )
    agreed = set(
        Decision.objects.of(campaign)
        .filter(terms_id__in=stopped, kind=Decision.Kind.AGREED)
        .values_list("terms_id", flat=True)
    )
    return {helps[one] for one, terms in latest.items() if terms in stopped - agreed}


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team in the list."""

    team: Team
    people: int
    lead: Volunteer | None
    organiser: str


def teams_of(campaign: Campaign) -> list[TeamRow]:
    """Every team by its name, with how many are in it."""
    found = list(Team.objects.of(campaign).order_by("name", "pk"))
    places = TeamPlace.objects.of(campaign).filter(until=None, volunteer__left_at=None)
    inside = dict(places.values_list("team_id").annotate(people=Count("pk")).order_by())
    charges = charges_of(campaign, [team.pk for team in found])
    organisers = organisers_of(campaign)
    rows = []
    for team in found:
        charge = charges.get(team.pk)
        member = organisers.get(charge.organiser_id or 0) if charge else None
        lead = charge.lead if charge else None
        rows.append(TeamRow(team, inside.get(team.pk, 0), lead, member.called if member else ""))
    return rows


def _teams_without(volunteer: Volunteer) -> QuerySet[Team]:
    """Teams that somebody is not in."""
    theirs = TeamPlace.objects.of(volunteer.campaign_id).filter(volunteer=volunteer, until=None)
    rows = Team.objects.of(volunteer.campaign_id).filter(closed_at=None)
    rows = rows.exclude(pk__in=theirs.values("team_id"))
    found: QuerySet[Team] = rows.order_by("name", "pk")
    return found


def places_in(team: Team) -> list[TeamPlace]:
    """Who is in the team and who was, by name."""
    rows = TeamPlace.objects.of(team.campaign_id).select_related("volunteer__person")
    return list(rows.filter(team=team).order_by("volunteer__person__name_key", "since"))


def charges_over(team: Team) -> list[Charge]:
    """Who led it and who looked after it, newest first."""
    rows = Charge.objects.of(team.campaign_id).select_related("lead__person")
    return list(rows.filter(team=team).order_by("-pk"))


def names_of(campaign: Campaign) -> list[tuple[int, str]]:
    """Volunteers who have not left, by name."""
    rows = Volunteer.objects.of(campaign).select_related("person").filter(left_at=None)
    return [(one.pk, one.person.name) for one in rows.order_by("person__name_key", "pk")]


def _of_the_same_address(volunteer: Volunteer) -> QuerySet[Volunteer]:
    """Others who left the same e-mail address or telephone number: perhaps somebody joined twice."""
    ours = ContactPoint.objects.of(volunteer.campaign_id).filter(person_id=volunteer.person_id)
    same = ContactPoint.objects.of(volunteer.campaign_id).filter(value__in=ours.values("value"))
    rows = Volunteer.objects.of(volunteer.campaign_id).select_related("person")
    others = rows.filter(person_id__in=same.values("person_id")).exclude(pk=volunteer.pk)
    found: QuerySet[Volunteer] = others.order_by("joined_at")
    return found
