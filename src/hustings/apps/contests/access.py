"""The only way to a contest, a unit, a reporter, a report, a file and an audit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from hustings.apps.accounts.access import NotHere
from hustings.apps.accounts.secrets import hash_of
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests.models import (
    Audit,
    Contest,
    Reporter,
    ReporterLink,
    SheetPhoto,
    TrayLot,
    TrayReport,
    Unit,
    UnitFile,
    UnitFileRow,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from hustings.apps.campaigns.models import Campaign


def contest_for(campaign: Campaign | UUID, contest_id: int) -> Contest:
    """A contest of this campaign; :class:`NotHere` otherwise."""
    contest: Contest | None = (
        Contest.objects.of(campaign).filter(pk=contest_id, taken_away_at=None).first()
    )
    if contest is None:
        raise NotHere
    return contest


def contest_away_for(campaign: Campaign | UUID, contest_id: int) -> Contest:
    """A contest that was taken away; :class:`NotHere` otherwise."""
    rows = Contest.objects.of(campaign).filter(pk=contest_id).exclude(taken_away_at=None)
    contest: Contest | None = rows.first()
    if contest is None:
        raise NotHere
    return contest


def held_contest_for(campaign: Campaign | UUID, contest_id: int) -> Contest:
    """
    A contest that nobody changes until the transaction ends, as it is now; :class:`NotHere` otherwise.

    Held by all who take reports in, before anything else; they do not wait for one another.
    """
    contest = held_contest(campaign if isinstance(campaign, UUID) else campaign.pk, contest_id)
    if contest is None or contest.taken_away_at is not None:
        raise NotHere
    return contest


def held_contest(campaign_id: UUID, contest_id: int) -> Contest | None:
    """The same, whether it was taken away or not: phones go on sending."""
    rows = Contest.objects.raw(
        "select * from contests_contest where campaign_id = %s and id = %s for share",
        [campaign_id, contest_id],
    )
    contest: Contest | None = next(iter(rows), None)
    return contest


def unit_at(campaign: Campaign | UUID, contest_id: int, unit_id: int) -> Unit:
    """A unit of this campaign with its contest, in one question; :class:`NotHere` otherwise."""
    rows = Unit.objects.of(campaign).filter(
        contest_id=contest_id, pk=unit_id, taken_away_at=None, contest__taken_away_at=None
    )
    unit: Unit | None = rows.select_related("contest").first()
    if unit is None:
        raise NotHere
    return unit


def unit_for(contest: Contest, unit_id: int, *, lock: bool = False) -> Unit:
    """A unit of this contest; :class:`NotHere` otherwise. Locked, no other report of it is taken in meanwhile."""
    unit = unit_or_away_for(contest, unit_id, lock=lock)
    if unit.taken_away_at is not None:
        raise NotHere
    return unit


def unit_or_away_for(contest: Contest, unit_id: int, *, lock: bool = False) -> Unit:
    """The same, whether it was taken away or not."""
    rows = Unit.objects.of(contest.campaign_id).filter(contest=contest, pk=unit_id)
    unit: Unit | None = (
        rows.select_for_update(of=("self",), no_key=True) if lock else rows
    ).first()
    if unit is None:
        raise NotHere
    unit.contest = contest
    return unit


def unit_away_for(contest: Contest, unit_id: int) -> Unit:
    """A unit of this contest that was taken away; :class:`NotHere` otherwise."""
    unit = unit_or_away_for(contest, unit_id)
    if unit.taken_away_at is None:
        raise NotHere
    return unit


def hold_units(contest: Contest, unit_ids: Collection[int]) -> None:
    """Nobody else takes reports of these in meanwhile; always in one order, so that two phones never wait for each other."""
    rows = Unit.objects.of(contest.campaign_id).filter(contest=contest, pk__in=unit_ids)
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def file_for(contest: Contest, file_id: int, *, lock: bool = False) -> UnitFile:
    """A file about this contest's units; :class:`NotHere` otherwise."""
    rows = UnitFile.objects.of(contest.campaign_id).filter(contest=contest, pk=file_id)
    file: UnitFile | None = (
        rows.select_for_update(of=("self",), no_key=True) if lock else rows
    ).first()
    if file is None:
        raise NotHere
    return file


def file_row_for(file: UnitFile, row_id: int) -> UnitFileRow:
    """A row of that file; :class:`NotHere` otherwise."""
    row: UnitFileRow | None = (
        UnitFileRow.objects.of(file.campaign_id).filter(file=file, pk=row_id).first()
    )
    if row is None:
        raise NotHere
    return row


def reporter_for(contest: Contest, reporter_id: int) -> Reporter:
    """Somebody who reports from this contest; :class:`NotHere` otherwise."""
    reporter: Reporter | None = (
        Reporter.objects.of(contest.campaign_id).filter(contest=contest, pk=reporter_id).first()
    )
    if reporter is None:
        raise NotHere
    return reporter


def audit_for(contest: Contest, audit_id: int) -> Audit:
    """An audit of this contest; :class:`NotHere` otherwise."""
    audit: Audit | None = (
        Audit.objects.of(contest.campaign_id)
        .select_related("unit")
        .filter(contest=contest, pk=audit_id)
        .first()
    )
    if audit is None:
        raise NotHere
    return audit


def photo_for(contest: Contest, photo_id: int) -> SheetPhoto:
    """A photograph of a sheet of this contest; :class:`NotHere` otherwise."""
    photo: SheetPhoto | None = (
        SheetPhoto.objects.of(contest.campaign_id)
        .filter(unit__contest=contest, pk=photo_id)
        .first()
    )
    if photo is None:
        raise NotHere
    return photo


def tray_report_for(contest: Contest, tray_id: int, *, lock: bool = False) -> TrayReport:
    """A report in this contest's tray; :class:`NotHere` otherwise."""
    rows = TrayReport.objects.of(contest.campaign_id).filter(contest=contest, pk=tray_id)
    found: TrayReport | None = (
        rows.select_for_update(of=("self",), no_key=True) if lock else rows
    ).first()
    if found is None:
        raise NotHere
    return found


def tray_lot_for(contest: Contest, lot_id: int, *, lock: bool = False) -> TrayLot:
    """A lot that came with a report in this contest's tray; :class:`NotHere` otherwise."""
    rows = TrayLot.objects.of(contest.campaign_id).filter(tray__contest=contest, pk=lot_id)
    found: TrayLot | None = (
        (rows.select_for_update(of=("self",)) if lock else rows)
        .select_related("tray__unit")
        .first()
    )
    if found is None:
        raise NotHere
    found.tray.contest = contest
    return found


def link_of(token: str) -> ReporterLink | None:
    """
    The link that ``CAMPAIGN.SECRET`` names, ended or not, with its reporter; None for anything else.

    Asked outside any campaign. Whoever has an ended link is known, and no longer vouched for.
    """
    campaign, _dot, secret = token.partition(".")
    try:
        campaign_id = UUID(campaign)
    except ValueError:
        return None
    with tenant(campaign_id):
        link: ReporterLink | None = (
            ReporterLink.objects.of(campaign_id)
            .select_related("reporter__contest__campaign")
            .filter(secret_hash=hash_of(secret))
            .first()
        )
        return link
