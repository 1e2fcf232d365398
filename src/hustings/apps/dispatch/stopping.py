"""
Whom a rule of law stops is handed no walk: asked at a table and on a phone, as it is where they sign up for a session.

Only of somebody who is known: by the number on their own page or by their phone, which nobody else has, or by the
whole name that they joined with. A name is no secret, so whoever said one alone is told to ask an organiser, and
reads nothing of anybody's terms; the rules stand on the organiser's page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from hustings.apps.dispatch.models import Arrival
from hustings.apps.shifts.recognising import recognised
from hustings.apps.volunteers.lawful import word_on
from hustings.apps.volunteers.models import Abroad, Volunteer
from hustings.core.register import fold

if TYPE_CHECKING:
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.dispatch.models import Table
    from hustings.apps.volunteers.lawful import Word


class Stopped(NamedTuple):
    """A rule stands in their way; ``is_sure`` where it is them who ask, and not only their name."""

    volunteer: Volunteer
    word: Word
    is_sure: bool

    @property
    def why(self) -> str:
        """For the organiser: each rule with its source and its date."""
        said = " ".join(point.said for point in self.word.standing.stopping)
        return _("A rule of law stops them, so that they were handed no walk: %(rules)s") % {
            "rules": said
        }


def stopped_at(table: Table, name: str, who: str, device: Device | None) -> Stopped | None:
    """Whoever asks at a table; None where nobody knows them, or nothing stops them."""
    campaign = table.campaign
    if table.session is not None and who:
        for said in (f"{name} {who}", who):
            mine = recognised(table.session, said)
            if mine is not None:
                return _stopped(mine.volunteer, is_sure="".join(who.split()).isdecimal())
        joined = _of_that_name(campaign, f"{name} {who}") or _of_that_name(campaign, who)
        if joined is not None:
            return _stopped(joined, is_sure=False)
    return stopped_with(device) if device is not None else None


def stopped_with(device: Device) -> Stopped | None:
    """Whoever has a phone that was once handed a walk at a table where they said who they are."""
    before = (
        Arrival.objects.of(device.campaign_id)
        .filter(device_id=device.pk, sign_up__volunteer__left_at=None, sign_up__isnull=False)
        .select_related("sign_up__volunteer__person", "sign_up__volunteer__campaign")
        .order_by("-arrived_at", "-pk")
        .first()
    )
    if before is None or before.sign_up is None:
        return None
    return _stopped(before.sign_up.volunteer, is_sure=True)


def _stopped(volunteer: Volunteer, *, is_sure: bool) -> Stopped | None:
    word = word_on(volunteer)
    return Stopped(volunteer, word, is_sure) if word is not None and word.cannot_yet else None


def _of_that_name(campaign: Campaign, said: str) -> Volunteer | None:
    """The only volunteer of that whole name, where they come from abroad: no rule is asked about others."""
    words = sorted(fold(said).split())
    if len(words) < 2:
        return None
    rows = Abroad.objects.of(campaign).filter(volunteer__left_at=None)
    abroad = [one.volunteer for one in rows.select_related("volunteer__person")]
    if not any(_words_of(one) == words for one in abroad):
        return None
    found = [one for one in _everybody(campaign.pk) if _words_of(one) == words]
    return found[0] if len(found) == 1 else None


def _everybody(campaign_id: UUID) -> list[Volunteer]:
    rows = Volunteer.objects.of(campaign_id).filter(left_at=None)
    return list(rows.select_related("person", "campaign"))


def _words_of(volunteer: Volunteer) -> list[str]:
    return sorted(fold(str(volunteer)).split())
