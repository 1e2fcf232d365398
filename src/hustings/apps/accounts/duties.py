"""Roles that decide, and what the rules say about who may have one; asked only where the campaign's law wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.accounts.models import StatusAnswer
from hustings.apps.accounts.roles import Role
from hustings.core.errors import HustingsError
from hustings.core.law import judge
from hustings.formats.law import the_book

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.core.law.fact import Value

DUTIES = {
    Role.ORGANISER: "decide",
    Role.PRESS_OFFICER: "decide",
    Role.CANVASSER: "other",
    Role.OBSERVER: "attend",
}
"""What a role comes to, as the rules tell duties apart: approving what a campaign says is deciding, too."""
ASKING = frozenset({"US"})
"""Countries whose law asks who somebody is before they decide."""


class RoleNotGiven(HustingsError):
    """The rules keep this role from this person, or something must be answered first."""


def asks(campaign: Campaign) -> bool:
    """Whether the campaign's law asks who its members are."""
    return campaign.country in ASKING


def answers_of(campaign: Campaign, user_ids: Iterable[int]) -> dict[int, StatusAnswer]:
    """What these people answered last, by the user's number."""
    rows = StatusAnswer.objects.of(campaign).filter(user_id__in=list(user_ids)).order_by("pk")
    return {row.user_id: row for row in rows}


def against(campaign: Campaign, role: str, answer: StatusAnswer | None) -> list[str]:
    """Why this role cannot be given, with rule, source and date; nothing where it can."""
    if not asks(campaign):
        return []
    facts: dict[str, Value] = {
        "campaign_country": campaign.country,
        "duty": DUTIES[Role(role)],
        "list_cutting_open": campaign.foreigners_cut_lists,
    }
    if answer:
        facts |= {"us_status": answer.us_status, "us_status_answered_on": answer.answered_on}
    found = judge(the_book(), "role", facts, timezone.localdate())
    said = [
        _("%(sentence)s (%(rule)s, %(citation)s; %(source)s, read on %(day)s)") % {
            "sentence": one.sentence, "rule": one.rule, "citation": one.citation,
            "source": one.source, "day": one.read_on,
        }
        for one in found.stopping
    ]  # fmt: skip
    said += [
        f"{ask.sentence} ({', '.join(ask.rules)})"
        for ask in found.questions
        if ask.severity == "block"
    ]
    return said


def against_members(
    campaign: Campaign, members: Iterable[Membership]
) -> dict[int, tuple[StatusAnswer | None, list[str]]]:
    """Of each member: what they answered, and what speaks against the role they have."""
    members = list(members)
    if not asks(campaign):
        return {}
    answers = answers_of(campaign, [member.user_id for member in members])
    return {
        member.pk: (
            answers.get(member.user_id),
            against(campaign, member.role, answers.get(member.user_id)),
        )
        for member in members
    }
