"""Verbs of teams: making one and closing it, putting somebody in and taking them out, handing it over; each with its undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers import access
from hustings.apps.volunteers.models import Charge, Team, TeamPlace
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.volunteers.models import Volunteer


def make_team(campaign: Campaign, name: str, area: str, *, by: Actor) -> Team:
    """A team without anybody in it."""
    with tenant(campaign.pk):
        team: Team = Team.objects.create(campaign=campaign, name=name, area=area, made_by=by.label)
        record(by, "team.make", subject="team", subject_id=team.pk)
    return team


def rename(team: Team, name: str, area: str, *, by: Actor) -> bool:
    """It is called something else, or goes somewhere else; what it was called stays in the audit. False where both are as they were."""
    with tenant(team.campaign_id):
        held = access.team_for(team.campaign, team.pk, lock=True)
        if (held.name, held.area) == (name, area):
            return False
        record(
            by, "team.rename", subject="team", subject_id=team.pk,
            detail={"name": held.name, "area": held.area},
        )  # fmt: skip
        Team.objects.of(team.campaign_id).filter(pk=team.pk).update(name=name, area=area)
    return True


def close(team: Team, *, by: Actor) -> None:
    """Nobody is in it, leads it or looks after it any more; that they did stays on record."""
    with tenant(team.campaign_id):
        held = access.team_for(team.campaign, team.pk, lock=True)
        if held.closed_at is not None:
            return
        now = timezone.now()
        places = TeamPlace.objects.of(team.campaign_id).filter(team=team, until=None)
        places.update(until=now, taken_by=by.label)
        Charge.objects.of(team.campaign_id).filter(team=team, until=None).update(until=now)
        rows = Team.objects.of(team.campaign_id).filter(pk=team.pk)
        rows.update(closed_at=now, closed_by=by.label)
        record(by, "team.close", subject="team", subject_id=team.pk)


def reopen(team: Team, *, by: Actor) -> None:
    """It was never closed: whoever was in it, led it and looked after it then does so again."""
    with tenant(team.campaign_id):
        held = access.team_for(team.campaign, team.pk, lock=True)
        if held.closed_at is None:
            return
        places = TeamPlace.objects.of(team.campaign_id).filter(team=team, until=held.closed_at)
        places.update(until=None, taken_by="")
        charges = Charge.objects.of(team.campaign_id).filter(team=team, until=held.closed_at)
        charges.update(until=None)
        rows = Team.objects.of(team.campaign_id).filter(pk=team.pk)
        rows.update(closed_at=None, closed_by="")
        record(by, "team.reopen", subject="team", subject_id=team.pk)


def _still_there(team: Team) -> None:
    """Held until the transaction ends; a closed team takes nobody in."""
    if access.team_for(team.campaign, team.pk, lock=True).closed_at is not None:
        raise BadInput(_("This team is closed. Open it again first."))


def put_in(team: Team, volunteer: Volunteer, *, by: Actor) -> TeamPlace:
    """
    Somebody is in the team from now on, beside the teams they are in already.

    Raises
    ------
    BadInput
        They are in it already, or it is closed.
    """
    with tenant(team.campaign_id):
        _still_there(team)
        try:
            with transaction.atomic():
                place: TeamPlace = TeamPlace.objects.create(
                    campaign_id=team.campaign_id, team=team, volunteer=volunteer, put_by=by.label
                )
        except IntegrityError as error:
            raise BadInput(_("They are in this team already.")) from error
        record(by, "team.put_in", subject="team", subject_id=team.pk)
    return place


def take_out(place: TeamPlace, *, by: Actor) -> None:
    """They are in the team no longer; that they were stays on record."""
    with tenant(place.campaign_id):
        rows = TeamPlace.objects.of(place.campaign_id).filter(pk=place.pk, until=None)
        if rows.update(until=timezone.now(), taken_by=by.label):
            record(by, "team.take_out", subject="team", subject_id=place.team_id)


def put_back(place: TeamPlace, *, by: Actor) -> None:
    """
    They were never taken out.

    Raises
    ------
    BadInput
        Somebody put them in again since, or the team is closed.
    """
    with tenant(place.campaign_id):
        _still_there(place.team)
        rows = TeamPlace.objects.of(place.campaign_id).filter(pk=place.pk).exclude(until=None)
        try:
            with transaction.atomic():
                changed = rows.update(until=None, taken_by="")
        except IntegrityError as error:
            raise BadInput(_("They are in this team already.")) from error
        if changed:
            record(by, "team.put_back", subject="team", subject_id=place.team_id)


def hand_over(
    team: Team, *, lead: Volunteer | None, organiser_id: int | None, by: Actor
) -> Charge | None:
    """
    Somebody else leads the team or looks after it from now on; None where nothing is different.

    Raises
    ------
    BadInput
        It is closed.
    """
    with tenant(team.campaign_id):
        _still_there(team)
        before = access.charge_of(team)
        lead_id = lead.pk if lead else None
        if before and (before.lead_id, before.organiser_id) == (lead_id, organiser_id):
            return None
        now = timezone.now()
        Charge.objects.of(team.campaign_id).filter(team=team, until=None).update(until=now)
        charge: Charge = Charge.objects.create(
            campaign_id=team.campaign_id, team=team, lead=lead, organiser_id=organiser_id,
            since=now, given_by=by.label,
        )  # fmt: skip
        record(by, "team.hand_over", subject="team", subject_id=team.pk)
    return charge


def hand_back(team: Team, *, by: Actor) -> None:
    """
    Undo the latest hand-over: whoever led and looked after the team before does so again.

    Raises
    ------
    BadInput
        Nothing was handed over, it is undone already, or the team is closed.
    """
    with tenant(team.campaign_id):
        _still_there(team)
        rows = Charge.objects.of(team.campaign_id).filter(team=team)
        latest = rows.filter(until=None).first()
        if latest is None:
            raise BadInput(_("There is no hand-over that could be undone."))
        now = timezone.now()
        rows.filter(pk=latest.pk).update(until=now, undone_at=now, undone_by=by.label)
        before = rows.filter(undone_at=None, pk__lt=latest.pk).order_by("-pk").first()
        if before is not None:
            rows.filter(pk=before.pk).update(until=None)
        record(by, "team.hand_back", subject="team", subject_id=team.pk)
