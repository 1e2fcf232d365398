"""
Span of control: how many people one lead leads, and how many leads one organiser looks after.

Nothing is refused for it: a screen says so in words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hustings.apps.volunteers.models import Charge, TeamPlace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

MOST_LED = 10
"""People to a lead: the most that a field app of a party, in use in 2025, lets a team have."""
MOST_LEADS = 8
"""Leads to an organiser: a number of our own, from no source; each is to be rung in one evening."""


def led_by(campaign: Campaign) -> dict[int, tuple[str, int, int]]:
    """Each lead's name, how many others are in their teams now, and how many teams; by the lead's number."""
    charges = list(
        Charge.objects.of(campaign)
        .select_related("lead__person")
        .filter(until=None, lead__left_at=None)
        .exclude(lead=None)
    )
    inside: dict[int, set[int]] = defaultdict(set)
    open_places = TeamPlace.objects.of(campaign).filter(until=None, volunteer__left_at=None)
    for team, who in open_places.values_list("team_id", "volunteer_id"):
        inside[team].add(who)
    teams = Counter(one.lead_id for one in charges)
    people: dict[int, set[int]] = defaultdict(set)
    for one in charges:
        people[one.lead_id] |= inside[one.team_id] - {one.lead_id}
    names = {one.lead_id: one.lead.person.name for one in charges}
    return {lead: (name, len(people[lead]), teams[lead]) for lead, name in names.items()}


def looked_after_by(campaign: Campaign) -> dict[int, int]:
    """How many leads each organiser looks after, by the member's number."""
    rows = Charge.objects.of(campaign).filter(until=None, lead__left_at=None)
    pairs = rows.exclude(lead=None).exclude(organiser_id=None)
    return Counter(organiser for organiser, _lead in set(pairs.values_list("organiser_id", "lead_id")))  # fmt: skip


def warnings(campaign: Campaign, organisers: Mapping[int, Membership]) -> list[str]:
    """Who has more than they can know, in words; nothing where all is well."""
    said = [
        _("%(name)s leads %(people)s people. More than %(most)s are hard to know by name: hand a team to another lead.")
        % {"name": name, "people": people, "most": MOST_LED}
        for name, people, _teams in led_by(campaign).values()
        if people > MOST_LED
    ]  # fmt: skip
    said += [
        _("%(name)s looks after %(leads)s leads. More than %(most)s are hard to ring in an evening: hand a team to another organiser.")
        % {
            "name": organisers[one].called if one in organisers else "–",
            "leads": leads, "most": MOST_LEADS,
        }
        for one, leads in looked_after_by(campaign).items()
        if leads > MOST_LEADS
    ]  # fmt: skip
    return said
