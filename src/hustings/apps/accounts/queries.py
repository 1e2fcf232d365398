"""Questions for the settings' screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from hustings.apps.accounts.models import Device, Membership, SpeakingRight
from hustings.apps.audit.models import AuditLine

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from hustings.apps.campaigns.models import Campaign


def members_of(campaign: Campaign) -> QuerySet[Membership]:
    """The campaign's members, by name."""
    return (
        Membership.objects.select_related("user")
        .filter(campaign=campaign)
        .order_by("name", "user__email")
    )


def volunteers_of(campaign: Campaign) -> list[str]:
    """The names under which phones were let in that still may be used, each once."""
    phones = Device.objects.of(campaign).filter(
        expires_at__gt=timezone.now(), admissions__isnull=False, revocations__isnull=True
    )
    return sorted(set(phones.values_list("label", flat=True)))


def right_to_speak(member: Membership, *, at: datetime | None = None) -> SpeakingRight | None:
    """The right by which this member speaks for the candidate, now or at a moment; None without one."""
    rights = SpeakingRight.objects.of(member.campaign_id).filter(member_id=member.pk)
    moment = at or timezone.now()
    return next((right for right in rights.order_by("-id") if right.holds_at(moment)), None)


def speaking_now(campaign: Campaign) -> dict[int, SpeakingRight]:
    """Who speaks for the candidate now: the right by the member's number."""
    now = timezone.now()
    rights = SpeakingRight.objects.of(campaign).filter(
        Q(until=None) | Q(until__gt=now), ended_at=None, given_at__lte=now
    )
    return {right.member_id: right for right in rights}


def audit_lines(
    campaign: Campaign,
    *,
    subject: str = "",
    subject_id: str = "",
    before: int | None = None,
    most: int = 100,
) -> list[AuditLine]:
    """Newest first; of one subject where it is named; older than line ``before``, for the next page."""
    lines = AuditLine.objects.of(campaign).order_by("-id")
    if subject:
        lines = lines.filter(subject=subject)
    if subject_id:
        lines = lines.filter(subject_id=subject_id)
    if before is not None:
        lines = lines.filter(id__lt=before)
    return list(lines[:most])
