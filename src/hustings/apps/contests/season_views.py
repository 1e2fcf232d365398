"""Standings over the contests of a year: a page, JSON and CSV."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.contests import live, season, season_files
from hustings.apps.contests.board import EXACT, ROUNDED_FIRST, Of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.core.contest.standings import Column

MOST_COLUMNS = 4
"""So many have a column of their own in the calendar of delegates; a telephone shows no more."""
MOST_NAMED = 8
NONE = Fraction(0)
OF = {kind: what for what, kind in season.KIND_OF.items()}


@dataclass(frozen=True, slots=True)
class Number:
    """Somebody and what they have, as text."""

    name: str
    number: str
    share: str | None = None
    rounded_first: str | None = None
    length: float = 0.0


@dataclass(frozen=True, slots=True)
class Sum:
    """One kind added up: ``contests`` of them are in it."""

    kind: str
    title: str
    contests: int
    definitions: tuple[str, ...]
    rows: tuple[Number, ...]
    whole: str
    exact_only: bool


@require_GET
@gzip_page
def page(request: CampaignRequest) -> HttpResponse:
    """Each contest with what is counted there, the sums of like things, and delegates over the calendar."""
    found = _season(request)
    columns = season.columns_of(found, MOST_COLUMNS)
    context = {
        "season": found,
        "may_plan": request.member.may(Right.CONTESTS),
        "sums": [_sum(kind, column, found.names) for kind, column in found.sums.columns.items()],
        "lines": [_line(line) for line in found.lines],
        "columns": [found.names.get(code, code) for code in columns],
        "calendar": [
            {
                "contest": line.contest,
                "cells": [
                    (
                        live.shown(Of.PLEDGED, line.delegates[code]) if code in line.delegates else "",
                        live.shown(Of.PLEDGED, line.so_far.get(code, NONE)),
                    )
                    for code in columns
                ],
            }
            for line in found.lines
            if line.delegates
        ],
        "without_delegates": sum(not line.delegates for line in found.lines),
    }  # fmt: skip
    return render(request, "contests/season.html", context)


@require_GET
@gzip_page
def as_json(request: CampaignRequest) -> JsonResponse:
    """For programs."""
    return JsonResponse(season_files.as_json(_season(request)))


@require_GET
def as_csv(request: CampaignRequest) -> HttpResponse:
    """To keep."""
    found = _season(request)
    response = HttpResponse(season_files.as_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="standings-{found.year}.csv"'
    return response


def _season(request: CampaignRequest) -> season.Season:
    require(request.member, Right.SEE_CONTESTS)
    return season.season_of(request.campaign, request.GET.get("year", ""))


def _sum(kind: str, column: Column, names: Mapping[str, str]) -> Sum:
    shares, what = column.shares(), OF[kind]
    longest = max(column.sums.values(), default=0)
    rows = tuple(
        Number(
            names.get(code, code), live.shown(what, column.sums[code]), shares[EXACT][code],
            shares[ROUNDED_FIRST][code],
            round(float(100 * column.sums[code] / longest), 2) if longest else 0.0,
        )
        for code in column.sums
    )  # fmt: skip
    whole = live.shown(what, sum(column.sums.values(), NONE))
    exact_only = all(number.denominator == 1 for number in column.sums.values())
    return Sum(
        kind, str(season.TITLES[kind]), len(column.contests), column.definitions, rows, whole,
        exact_only,
    )  # fmt: skip


def _line(line: season.Line) -> dict[str, Any]:
    return {
        "contest": line.contest,
        "reporting": line.reporting,
        "units": line.units,
        "counted": [
            (str(season.TITLES[kind]), _numbers(totals.what, totals.numbers, line.names), totals)
            for kind, totals in line.counted.items()
        ],
        "not_added": [
            (str(totals.what.label), _numbers(totals.what, totals.numbers, line.names))
            for totals in line.not_added
        ],
    }


def _numbers(
    what: Of, numbers: Mapping[str, Fraction], names: Mapping[str, str]
) -> tuple[list[Number], int]:
    """The largest, and how many more there are."""
    codes = season.ranked(numbers)
    shown = [Number(names.get(code, code), live.shown(what, numbers[code])) for code in codes]
    return shown[:MOST_NAMED], max(len(shown) - MOST_NAMED, 0)
