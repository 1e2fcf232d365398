"""What sessions have to say on the first page: who is late and wants ringing up, and who has not confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.apps.accounts.roles import Right
from hustings.apps.shifts.letters import when_of
from hustings.apps.shifts.queries import Awaited, awaited
from hustings.apps.today.matters import Matter, Unconfirmed, needs, unconfirmed

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

SOON = timedelta(days=5)
"""Whoever is asked to confirm is asked four to five days before."""
TO_CHASE = 28
"""Between walks that are overdue and batches that wait: they may still come."""


def _address(campaign: Campaign, one: Awaited) -> str:
    where = {"slug": campaign.slug, "session_id": one.sign_up.session_id}
    return reverse("sessions:session", kwargs=where)


@needs
def who_is_late(campaign: Campaign, member: Membership) -> list[Matter]:
    """Said yes, twenty minutes late, and nobody rang them up to now."""
    if not member.may(Right.SESSIONS):
        return []
    late = [one for one in awaited(campaign, timedelta(0)) if one.late]
    if not late:
        return []
    first = min(late, key=lambda one: one.sign_up.session.starts_at)
    sentence = ngettext(
        "%(n)d volunteer is late for a session.",
        "%(n)d volunteers are late for a session.",
        len(late),
    ) % {"n": len(late)}
    since = first.sign_up.session.starts_at
    return [
        Matter(
            TO_CHASE, len(late), sentence, _address(campaign, first), _("Ring them up"), since=since
        )
    ]


@unconfirmed
def who_has_not_confirmed(campaign: Campaign, member: Membership) -> list[Unconfirmed]:
    """Signed up for a session of the next five days."""
    if not member.may(Right.SESSIONS):
        return []
    return [
        Unconfirmed(
            one.sign_up.volunteer.person.name,
            one.sign_up.session.name,
            one.sign_up.session.starts_at,
            when_of(one.sign_up.session),
            _address(campaign, one),
        )
        for one in awaited(campaign, SOON)
        if not one.confirmed
    ]
