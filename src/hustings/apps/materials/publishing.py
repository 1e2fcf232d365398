"""Publishing, withdrawing and handing out the print-ready file: each through the rules of law."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import inside, tenant
from hustings.apps.materials import access, judging, queries
from hustings.apps.materials.judging import LawSaysNo
from hustings.apps.materials.models import Exported, Noted, Publication, WentOn, Withdrawal
from hustings.apps.materials.quoting import refuse_phantoms
from hustings.apps.materials.sheets import quotes_of, sheet_of, words_in
from hustings.core.errors import BadInput
from hustings.core.law import MayNotOverride
from hustings.formats.leaflet_pdf import leaflet_pdf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.materials.judging import Point
    from hustings.apps.materials.models import Release


def publish(
    campaign: Campaign, release_id: int, *, by: Membership, reasons: Mapping[str, str] | None = None
) -> Publication:
    """
    From now on this version is the one that is printed and shown.

    Parameters
    ----------
    reasons
        Why somebody goes on past a finding, by :attr:`Point.key`.

    Raises
    ------
    LawSaysNo
        A rule stands in the way, and nobody who may has given a reason.
    MayNotOverride
        A reason was given by somebody whom the rule does not name.
    BadInput
        It is published, withdrawn, expired or older than what is published, is shown nowhere, or quotes what does
        not stand.
    """
    with tenant(campaign.pk), transaction.atomic():
        release = _locked(campaign, release_id)
        _may_be_published(release)
        refuse_phantoms(campaign, quotes_of(release))
        points = _gone_past(release, by, reasons or {})
        publication: Publication = Publication.objects.create(
            campaign=campaign, release=release, by=by.actor.label
        )
        _note(release, "publish", points, by)
        record(
            by.actor, "materials.publish", subject="release", subject_id=release.pk,
            detail={"version": release.version, "went_past": [p.rule for p in points if p.past]},
        )  # fmt: skip
    return publication


def withdraw(campaign: Campaign, release_id: int, why: str, *, by: Membership) -> Withdrawal:
    """This version must not be used any more; where its copies are is listed from now on."""
    with tenant(campaign.pk), transaction.atomic():
        release = _locked(campaign, release_id)
        if not why.strip():
            raise BadInput(_("Say why it is withdrawn: whoever holds copies will ask."))
        if Withdrawal.objects.of(campaign).filter(release=release).exists():
            raise BadInput(_("This version is withdrawn already."))
        withdrawal: Withdrawal = Withdrawal.objects.create(
            campaign=campaign, release=release, why=why.strip(), by=by.actor.label
        )
        record(by.actor, "materials.withdraw", subject="release", subject_id=release.pk)
    return withdrawal


@dataclass(frozen=True, slots=True)
class Printed:
    """What comes out of :func:`export`."""

    pdf: bytes
    release: Release
    country: str


def export(campaign: Campaign, release_id: int, country: str, *, by: Membership) -> Printed:
    """
    The print-ready PDF with the imprint of one country, judged by the rules of today.

    Parameters
    ----------
    country
        The first for which it is made where it is empty.

    Raises
    ------
    LawSaysNo
        A rule stands in the way today.
    BadInput
        It is no published version, is not made for that country, or quotes what does not stand any more.
    """
    with inside(campaign.pk):
        release = _locked(campaign, release_id)
        versions, blocks, past, quotes = queries.printed_from(release)
        standing = next(one for one in versions if one.release.pk == release.pk)
        if standing.state != "published":
            raise BadInput(
                _(
                    "This version is %(state)s, so it is not printed; print the one that is published."
                )
                % {"state": standing.state_label}
            )
        block = next((b for b in blocks if country in ("", b.country)), None)
        if block is None:
            raise BadInput(
                _("This version is not made for that country; make the next one for it.")
            )
        country = block.country
        points = judging.points_in(release, [block], past, queries.today())
        _refuse(points)
        refuse_phantoms(campaign, quotes)
        made = leaflet_pdf(sheet_of(release, block, quotes), words_in(release.language))
        Exported.objects.create(
            campaign=campaign, release=release, country=country, by=by.actor.label,
            sha256=hashlib.sha256(made).hexdigest(),
        )  # fmt: skip
        _note(release, "export", points, by)
        record(
            by.actor, "materials.export", subject="release", subject_id=release.pk,
            detail={"country": country, "version": release.version},
        )  # fmt: skip
    return Printed(made, release, country)


def _locked(campaign: Campaign, release_id: int) -> Release:
    return access.release_for(campaign, release_id, also_drafts=True, lock_design=True)


def _may_be_published(release: Release) -> None:
    standing = queries.standing_of(release)
    if standing.state != "draft":
        raise BadInput(
            _("This version is %(state)s; make the next version instead.")
            % {"state": standing.state_label}
        )
    if release.expires_on and release.expires_on < queries.today():
        raise BadInput(_("This version expired before it was published; make the next version."))
    newer = [
        one
        for one in queries.standings(release.campaign, design_id=release.design_id)
        if one.state != "draft" and one.release.version > release.version
    ]
    if newer:
        raise BadInput(
            _("Version %(version)s came after this one; make the next version.")
            % {"version": newer[0].release.version}
        )
    if not judging.blocks_of(release):
        raise BadInput(
            _("Nothing says where it will be shown, so no rule can be asked."
              " Set the campaign's imprint for a country, and make the next version.")
        )  # fmt: skip


def _gone_past(release: Release, by: Membership, reasons: Mapping[str, str]) -> list[Point]:
    """The points, once those that were given a reason are rows; refuses while one is open."""
    for point in judging.points_of(release, queries.today()):
        reason = reasons.get(point.key, "").strip()
        if not (point.is_open and reason):
            continue
        if by.role not in point.roles:
            raise MayNotOverride(
                _("%(rule)s cannot be gone past by you. %(sentence)s")
                % {"rule": point.rule, "sentence": point.sentence}
            )
        WentOn.objects.create(
            campaign=release.campaign, release=release, country=point.country, rule=point.rule,
            case=point.case, severity=point.severity, role=by.role, reason=reason,
            on=queries.today(), by=by.actor.label,
        )  # fmt: skip
    points = judging.points_of(release, queries.today())
    _refuse(points)
    return points


def _refuse(points: Sequence[Point]) -> None:
    if still := [point for point in points if point.is_open]:
        raise LawSaysNo(still)


def _note(release: Release, act: str, points: Sequence[Point], by: Membership) -> None:
    Noted.objects.bulk_create(
        Noted(
            campaign=release.campaign, release=release, act=act, country=point.country,
            rule=point.rule, case=point.case, severity=point.severity, sentence=point.sentence,
            citation=point.citation, source=point.source, read_on=point.read_on or queries.today(),
            on=queries.today(), by=by.actor.label,
        )
        for point in points
    )  # fmt: skip
