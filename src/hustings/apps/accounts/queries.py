"""Questions for the settings' screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.models import Membership
from hustings.apps.audit.models import AuditLine

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hustings.apps.campaigns.models import Campaign


def members_of(campaign: Campaign) -> QuerySet[Membership]:
    """The campaign's members, by name."""
    return (
        Membership.objects.select_related("user")
        .filter(campaign=campaign)
        .order_by("user__name", "user__email")
    )


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
