"""Erasing a person from this room: as a reporter they are gone; counts, sheets and lots stay, without their name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.apps.campaigns.erasing import NOBODY, empty_labels, empty_mentions, rows_that_name
from hustings.apps.contests.models import (
    Lot,
    LotSide,
    Report,
    Reporter,
    ReporterLetter,
    ReporterLink,
    ReporterStep,
    ReporterUnit,
    TrayLot,
    TrayReport,
)

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """A report stays a report of somebody: the count of a precinct is about nobody."""
    # Contests before reporters, as whoever sends a report takes them.
    made = empty_labels(who, "contests_contest", "made_by")
    theirs = _reporters(who)
    counts = {
        model._meta.db_table: model.objects.of(who.campaign_id)
        .filter(reporter_id__in=theirs)
        .count()
        for model in (ReporterUnit, ReporterLink, ReporterLetter, ReporterStep)
    }
    said = Report.objects.of(who.campaign_id).filter(reporter_id__in=theirs)
    nameless = said.update(reporter=None, by=NOBODY)
    laid = TrayReport.objects.of(who.campaign_id).filter(reporter_id__in=theirs)
    laid_nameless = laid.update(reporter=None, said_by=NOBODY)
    Reporter.objects.of(who.campaign_id).filter(pk__in=theirs).delete()
    counts["contests_reporterunit"] += empty_labels(who, "contests_reporterunit", "given_by")
    counts["contests_reporterletter"] += empty_labels(who, "contests_reporterletter", "asked_by")
    return counts | {
        "contests_contest": made,
        "contests_conteststep": empty_labels(who, "contests_conteststep", "by"),
        "contests_unitalias": empty_labels(who, "contests_unitalias", "by"),
        "contests_unitfile": empty_labels(
            who, "contests_unitfile", "read_by", "brought_in_by", "dropped_by"
        ),
        "contests_reporter": len(theirs) + empty_labels(who, "contests_reporter", "invited_by"),
        "contests_report": nameless + empty_mentions(who, "contests_report", "by"),
        "contests_sheetphoto": empty_mentions(who, "contests_sheetphoto", "by"),
        "contests_trayreport": laid_nameless
        + empty_mentions(who, "contests_trayreport", "said_by")
        + empty_mentions(who, "contests_trayreport", "words")
        + empty_labels(who, "contests_trayreport", "settled_by"),
        "contests_auditstep": empty_mentions(who, "contests_auditstep", "words")
        + empty_labels(who, "contests_auditstep", "owner", "by"),
        "contests_traylot": _witnesses(who, TrayLot)
        + empty_labels(who, "contests_traylot", "settled_by"),
        "contests_lot": _witnesses(who, Lot) + empty_mentions(who, "contests_lot", "by"),
        "contests_poll": empty_mentions(who, "contests_poll", "asked_by")
        + empty_labels(who, "contests_poll", "by"),
        "contests_lotcall": empty_labels(who, "contests_lotcall", "called_by"),
        "contests_lotside": _sides(who),
    }


def _reporters(who: Leaving) -> list[int]:
    """Those who are this person as a volunteer, and those who are called or reached as they are."""
    rows = Reporter.objects.of(who.campaign_id)
    volunteers = rows.filter(volunteer__person_id=who.person_id).values_list("pk", flat=True)
    named = rows_that_name(who, "contests_reporter", "name", "telephone", "email")
    return sorted({*volunteers, *named})


def _witnesses(who: Leaving, model: type[Lot | TrayLot]) -> int:
    """Only their name goes out of the record of a lot: its device and its order still prove it."""
    found = rows_that_name(who, model._meta.db_table, "record")
    for lot in model.objects.of(who.campaign_id).filter(pk__in=found):
        record = _without(who, lot.record)
        model.objects.of(who.campaign_id).filter(pk=lot.pk).update(record=record)
    return len(found)


def _without(who: Leaving, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(who, each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(who, each) for each in value]
    return NOBODY if isinstance(value, str) and who.named.is_in(value) else value


def _sides(who: Leaving) -> int:
    """A number instead of a name, since no two sides of a lot are called the same."""
    found = rows_that_name(who, "contests_lotside", "side")
    for number in found:
        LotSide.objects.of(who.campaign_id).filter(pk=number).update(side=f"{NOBODY} {number}")
    return len(found)
