"""On a person's page: that they help, in which team, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hustings.apps.people.sections import Section, section
from hustings.apps.volunteers.models import Volunteer
from hustings.apps.volunteers.queries import chains_of
from hustings.apps.volunteers.wording import times_said, wishes_said

if TYPE_CHECKING:
    from hustings.apps.people.models import Person


@section
def volunteering(person: Person) -> Section | None:
    """What they told us, and who looks after them."""
    found = (
        Volunteer.objects.of(person.campaign_id)
        .select_related("person", "campaign")
        .filter(person=person)
        .first()
    )
    if found is None:
        return None
    facts = [
        (_("Helps since"), date_format(timezone.localtime(found.joined_at), "j M Y")),
        (_("What"), wishes_said(found.wishes)),
        (_("When"), times_said(found.times)),
        (_("Where"), found.near),
    ]
    for chain in chains_of(found):
        led = chain.lead.person.name if chain.lead else ""
        above = [one for one in (chain.place.team.area, led, chain.organiser) if one]
        facts.append((_("Team"), " → ".join([chain.place.team.name, *above])))
    if found.left_at:
        facts.append((_("Left us on"), date_format(timezone.localtime(found.left_at), "j M Y")))
    return Section(_("Volunteer"), [fact for fact in facts if fact[1]])
