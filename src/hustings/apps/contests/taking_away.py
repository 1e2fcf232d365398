"""
Taking away a contest that was planned by mistake, or units of a wrong roster; and bringing them back.

The row stays, with its time: until it is brought back it is in no list, no page and no file, phones report to the
tray, and no mail goes out. Where anything was reported, drawn or brought in officially, nothing is taken away: a
number that was counted once is corrected, with both on record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.contests.access import hold_units
from hustings.apps.contests.models import (
    Contest,
    Lot,
    LotCall,
    OfficialResult,
    Report,
    ReporterLetter,
    Unit,
)
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Collection

    from hustings.apps.audit.actors import Actor


def take_contest_away(contest: Contest, *, by: Actor) -> None:
    """
    It is nowhere from now on; mail with links that waits is not sent.

    Raises
    ------
    BadInput
        When something was reported, drawn or brought in officially there.
    """
    now = _held(contest)
    if now.taken_away_at is not None:
        return
    if any(_with_something(now).values()):
        raise BadInput(
            _("Something was reported, drawn or brought in officially here already, so this contest stays on record. Where everyone sees its count, close its public page; a wrong day or hour can be changed.")
        )  # fmt: skip
    Contest.objects.of(now.campaign_id).filter(pk=now.pk).update(taken_away_at=timezone.now())
    ReporterLetter.objects.of(now.campaign_id).filter(
        reporter__contest=now, claimed_at=None, dropped=""
    ).update(dropped=ReporterLetter.Dropped.AWAY)
    record(by, "contest.away", subject="contest", subject_id=now.pk)


def bring_contest_back(contest: Contest, *, by: Actor) -> None:
    """
    As it was: units, reporters and links; mail that was not sent is asked for anew.

    Raises
    ------
    BadInput
        When another one has its name on its day meanwhile.
    """
    now = _held(contest)
    if now.taken_away_at is None:
        return
    try:
        with transaction.atomic():
            Contest.objects.of(now.campaign_id).filter(pk=now.pk).update(taken_away_at=None)
    except IntegrityError as error:
        raise BadInput(
            _("There is a contest of this name on this day already. Call that one otherwise first.")
        ) from error
    record(by, "contest.back", subject="contest", subject_id=now.pk)


def take_units_away(contest: Contest, units: Collection[Unit], *, by: Actor) -> int:
    """
    All of them, or none; how many.

    Raises
    ------
    BadInput
        When none is named, or something was reported, drawn or brought in officially in one of them.
    """
    if not units:
        raise BadInput(_("Choose the units that you want to take away."))
    _held(contest)
    numbers = {unit.pk for unit in units}
    hold_units(contest, numbers)
    spoken_of = set().union(*_with_something(contest).values())
    stays = next((unit for unit in units if unit.pk in spoken_of), None)
    if stays is not None:
        raise BadInput(
            _("Something was reported, drawn or brought in officially at «%(name)s» already, so it stays, and nothing was taken away. If a report belongs elsewhere, enter it there and correct it to 0 here.")
            % {"name": stays.name}
        )  # fmt: skip
    rows = Unit.objects.of(contest.campaign_id).filter(pk__in=numbers, taken_away_at=None)
    gone: int = rows.update(taken_away_at=timezone.now())
    record(by, "contest.units_away", subject="contest", subject_id=contest.pk, count=gone)
    return gone


def bring_unit_back(unit: Unit, *, by: Actor) -> None:
    """
    With its reporters and the names that it is written in.

    Raises
    ------
    BadInput
        When another one has its code meanwhile.
    """
    _held(unit.contest)
    hold_units(unit.contest, {unit.pk})
    try:
        with transaction.atomic():
            back = Unit.objects.of(unit.campaign_id).filter(pk=unit.pk).update(taken_away_at=None)
    except IntegrityError as error:
        raise BadInput(
            _("There is a unit with the code «%(code)s» already.") % {"code": unit.code}
        ) from error
    if back:
        record(by, "contest.unit_back", subject="unit", subject_id=unit.pk)


def _held(contest: Contest) -> Contest:
    """As it is now; whoever takes a report in has finished, or waits."""
    rows = Contest.objects.of(contest.campaign_id)
    now: Contest = rows.select_for_update(of=("self",), no_key=True).get(pk=contest.pk)
    return now


def _with_something(contest: Contest) -> dict[str, set[int | None]]:
    """By what it is, the units that something was written down of; None for the contest as a whole."""
    campaign_id = contest.campaign_id
    official = OfficialResult.objects.of(campaign_id).filter(unit__contest=contest)
    return {
        "official": set(official.values_list("unit_id", flat=True)),
        **{
            model._meta.db_table: set(
                model.objects.of(campaign_id)
                .filter(contest=contest)
                .values_list("unit_id", flat=True)
            )
            for model in (Report, Lot, LotCall)
        },
    }
