"""On a person's page: whether they promised to vote, and whether they have voted. Never how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hustings.apps.people.sections import Section, section
from hustings.apps.polling import queries

if TYPE_CHECKING:
    from hustings.apps.people.models import Person
    from hustings.apps.polling.models import PollingDay, Promise


@section
def polling(person: Person) -> Section | None:
    """Promises and marks, newest first."""
    marks, promises, day = queries.known_of(person)
    lines = [
        _("Has voted: %(day)s · %(source)s · %(at)s · %(by)s")
        % {
            "day": mark.day.name,
            "source": mark.get_source_display(),
            "at": date_format(timezone.localtime(mark.at), "j M Y H:i"),
            "by": mark.told_by,
        }
        for mark in marks
    ]
    lines += [
        _("Promised to vote: %(day)s · %(source)s · %(at)s")
        % {
            "day": one.day.name,
            "source": one.source,
            "at": date_format(timezone.localtime(one.at), "j M Y H:i"),
        }
        for one in promises
    ]
    doings = _doings(person, day, promises) if day else []
    if not lines and not doings:
        return None
    return Section(_("Polling day"), lines=lines, doings=doings)


def _doings(person: Person, day: PollingDay, promises: list[Promise]) -> list[tuple[str, str]]:
    where = {"slug": person.campaign.slug}
    made = next((one for one in promises if one.day_id == day.pk), None)
    if made is not None:
        address = reverse("polling:promise-back", kwargs={**where, "promise_id": made.pk})
        return [(_("Take the promise back"), address)]
    address = reverse("polling:promise", kwargs={**where, "person_id": person.pk})
    return [(_("They promise to vote"), address)]
