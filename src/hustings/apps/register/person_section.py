"""What the register says about a person, and finding one by the elector number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hustings.apps.campaigns.together import together
from hustings.apps.people.sections import Section, finder, section
from hustings.apps.register.models import AbsentVote, RegisterEntry

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.people.models import Person


@section
def on_the_register(person: Person) -> Section | None:
    """The entry as the authority has it."""
    entries, votes = together(
        RegisterEntry.objects.of(person.campaign_id)
        .filter(person=person)
        .order_by("removed_in", "-pk")[:1],
        AbsentVote.objects.of(person.campaign_id).filter(entry__person=person).order_by("pk"),
    )
    if not entries:
        return None
    entry: RegisterEntry = entries[0]
    facts = [(str(_("Elector number")), entry.number)]
    if entry.district:
        facts.append((_("District"), entry.district))
    if entry.markers:
        facts.append((_("Franchise"), entry.markers))
    if entry.attains:
        facts.append((_("Date of attainment"), date_format(entry.attains)))
    if entry.born:
        facts.append((_("Born"), date_format(entry.born)))
    elif entry.born_year:
        facts.append((_("Born"), str(entry.born_year)))
    labels = {
        "party": _("Party"),
        "gender": _("Gender"),
        "status": _("Status"),
        "registered_on": _("Registered on"),
        "ward": _("Ward"),
    }
    facts += [
        (labels[name], value) for name, value in (entry.facts or {}).items() if name in labels
    ]
    for vote in votes:
        if vote.entry_id != entry.pk:
            continue
        until = date_format(vote.expires) if vote.expires else _("until further notice")
        facts.append((_("Votes"), f"{vote.get_kind_display()}, {until}"))
    gone = _("No longer on the register.") if entry.removed_in else ""
    return Section(_("On the register"), facts=facts, note=gone)


@finder
def by_elector_number(campaign: Campaign, text: str, limit: int) -> list[int]:
    """People whose elector number, or id of the voter file, begins with what was typed."""
    if not any(letter.isdigit() for letter in text):
        return []
    number = text.strip().upper()
    entries = RegisterEntry.objects.of(campaign).filter(number__prefix=number)
    exactly = RegisterEntry.objects.of(campaign).filter(number=number)
    return list(exactly.values_list("person_id", flat=True)) + list(
        entries.order_by("number").values_list("person_id", flat=True)[:limit]
    )
