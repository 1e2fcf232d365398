"""Writing a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.prepared import answered
from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.audit.actors import Actor


_ADD = """
insert into audit_auditline (campaign_id, at, actor_kind, actor_id, actor_label, verb, subject,
  subject_id, count, detail)
select here.campaign, %(at)s::timestamptz, %(actor_kind)s::text, %(actor_id)s::text,
  %(actor_label)s::text, %(verb)s::text, %(subject)s::text, %(subject_id)s::text, %(count)s::int,
  %(detail)s::jsonb
from (select nullif(current_setting('hustings.campaign', true), '')::uuid as campaign) here
where here.campaign is not null
returning id, campaign_id
"""


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
    values: dict[str, Any] = {
        "at": timezone.now(), "actor_kind": actor.kind, "actor_id": actor.id,
        "actor_label": actor.label, "verb": verb, "subject": subject, "subject_id": str(subject_id),
        "count": count, "detail": dict(detail or {}),
    }  # fmt: skip
    as_json = json.dumps(values["detail"], cls=DjangoJSONEncoder)
    added = answered(_ADD, values | {"detail": as_json})
    if not added:
        raise NoCampaignForAudit(
            f"«{verb}» was about to be recorded outside any campaign; open tenancy.tenant first."
        )
    line_id, campaign_id = added[0]
    return AuditLine(id=line_id, campaign_id=campaign_id, **values)
