"""Writing a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import current_campaign_id
from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.audit.actors import Actor


class NoCampaignForAudit(HustingsError):
    """An audit line was written outside any campaign."""


def record(
    actor: Actor,
    verb: str,
    *,
    subject: str = "",
    subject_id: object = "",
    count: int = 1,
    detail: Mapping[str, object] | None = None,
) -> AuditLine:
    """
    Write one line into the campaign of the running transaction.

    Parameters
    ----------
    actor
        Who does it.
    verb
        Dotted, area first: ``turf.publish``, ``person.look``, ``register.import``.
    subject, subject_id
        What it was done to: a model's short name, and its id.
    count
        How many rows it concerns; bulk work is one line.
    detail
        What else a person would ask. Never personal details themselves.
    """
    campaign_id = current_campaign_id()
    if campaign_id is None:
        raise NoCampaignForAudit(
            f"«{verb}» was about to be recorded outside any campaign; open tenancy.tenant first."
        )
    line: AuditLine = AuditLine.objects.create(
        campaign_id=campaign_id,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_label=actor.label,
        verb=verb,
        subject=subject,
        subject_id=str(subject_id),
        count=count,
        detail=dict(detail or {}),
    )
    return line
