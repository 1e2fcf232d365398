"""The one way out for rows of the register: the rules are asked, and a row says what left."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exports.asking import NOTHING_SAID
from hustings.apps.exports.models import Copy, Destroyed
from hustings.apps.exports.paths import PATHS
from hustings.core.errors import HustingsError
from hustings.core.law import judge
from hustings.formats.law import the_book

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.exports.asking import Asked
    from hustings.core.law import Finding
    from hustings.core.law.fact import Value

NOT_SAID = "ZZ"
"""Stands for the campaign's country while nobody has said it; ISO 3166 keeps it for such a use."""


class MayNotLeave(HustingsError):
    """The rules keep these rows here; the message says which, by what source and of which day."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(" ".join(_said(finding) for finding in self.findings))


def _said(finding: Finding) -> str:
    return _("%(sentence)s (%(rule)s, %(citation)s; %(source)s, read on %(day)s)") % {
        "sentence": finding.sentence, "rule": finding.rule, "citation": finding.citation,
        "source": finding.source, "day": finding.read_on,
    }  # fmt: skip


def leave(
    campaign: Campaign,
    path: str,
    *,
    rows: int,
    by: Actor,
    asked: Asked = NOTHING_SAID,
    subject: str = "",
    subject_id: object = "",
) -> Copy | None:
    """
    Rows of the register are about to leave on this path; nothing is recorded where there are none.

    Parameters
    ----------
    path
        A name in ``paths.PATHS``.
    asked
        What somebody said about it; the rest is as the path and the campaign's settings say.

    Raises
    ------
    MayNotLeave
        A rule keeps them here, and nobody may go past it.
    """
    way = PATHS[path]
    country = campaign.country or NOT_SAID
    expires_on = asked.until or timezone.localdate() + timedelta(days=campaign.copies_kept_days)
    purpose, receiver = asked.purpose or way.purpose, asked.receiver or way.receiver
    kept_in = asked.country or country
    facts: dict[str, Value] = {
        "register_country": country,
        "receiver_country": kept_in,
        "receiver": receiver,
        "purpose": purpose,
        "expires_on": expires_on,
        "helper_bound": way.helpers_are_told,
    }
    answer = judge(the_book(), "export", facts, timezone.localdate())
    if answer.stopping:
        raise MayNotLeave(answer.stopping)
    if not rows:
        return None
    copy: Copy = Copy.objects.create(
        campaign=campaign, path=path, purpose=purpose, receiver=receiver, rows=rows,
        country="" if kept_in == NOT_SAID else kept_in, subject=subject,
        subject_id=str(subject_id), expires_on=expires_on, by=by.label,
        rules=", ".join(finding.rule for finding in answer.findings),
    )  # fmt: skip
    return copy


def leave_in_a_backup(campaign: Campaign, people: int, *, by: Actor, asked: Asked) -> None:
    """
    Everything of this campaign is about to be in a backup.

    Raises
    ------
    MayNotLeave
        A rule keeps it here.
    """
    with tenant(campaign.pk):
        leave(campaign, "backup", rows=people, by=by, asked=asked)
        record(by, "backup.make", subject="campaign", subject_id=campaign.pk, count=people)


def is_gone(copy: Copy, today: date) -> bool:
    """Whether nothing is left of it: somebody said so, or it ended by itself."""
    if copy.destroyed.all():
        return True
    path = PATHS.get(copy.path)
    return path is not None and path.ends_by_itself and copy.expires_on < today


def destroy(campaign: Campaign, copies: Iterable[Copy], *, by: Actor) -> int:
    """Somebody says that these copies are no more; how many were still there."""
    there = [copy for copy in copies if not copy.destroyed.all()]
    Destroyed.objects.bulk_create(
        [Destroyed(campaign=campaign, copy=copy, by=by.label) for copy in there],
        ignore_conflicts=True,
    )
    if there:
        record(
            by, "copy.destroy", subject="copy", subject_id=there[0].pk, count=len(there),
            detail={"rows": sum(copy.rows for copy in there)},
        )  # fmt: skip
    return len(there)


def exported_until(campaign: Campaign, subject: str, subject_id: str) -> date | None:
    """The last day of the copy of this that is still somewhere; None where there is none."""
    rows = Copy.objects.of(campaign).filter(
        subject=subject, subject_id=subject_id, destroyed__isnull=True
    )
    until: date | None = rows.order_by("-pk").values_list("expires_on", flat=True).first()
    return until


def gone_from(campaign: Campaign, subject: str, subject_id: object, *, by: Actor) -> None:
    """What was there of this is no more: a phone gave its walk back, or lost its leave."""
    rows = Copy.objects.of(campaign).filter(
        subject=subject, subject_id=str(subject_id), destroyed__isnull=True
    )
    Destroyed.objects.bulk_create(
        [Destroyed(campaign=campaign, copy=copy, by=by.label) for copy in rows],
        ignore_conflicts=True,
    )
