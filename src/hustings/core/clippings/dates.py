"""Dates in an article: the one it was published on, and what «yesterday» and «on Monday» mean from there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = (
    "january february march april may june july august september october november december"
).split()
WEEKDAYS = ("monday tuesday wednesday thursday friday saturday sunday").split()
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)\d\d"
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
FULL = re.compile(
    rf"\b(?:(?P<d1>{DAY})\s+(?P<m1>{MONTH}),?\s+(?P<y1>{YEAR})|(?P<m2>{MONTH})\s+(?P<d2>{DAY}),?\s+(?P<y2>{YEAR})"
    rf"|(?P<y3>{YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)|(?P<d4>\d\d?)[/.](?P<m4>\d\d?)[/.](?P<y4>{YEAR}))\b",
    re.I,
)
PARTIAL = re.compile(
    rf"\b(?:(?P<d1>{DAY})\s+(?P<m1>{MONTH})|(?P<m2>{MONTH})\s+(?P<d2>{DAY}))(?![\w-])(?!,?\s+{YEAR})",
    re.I,
)
RELATIVE = re.compile(
    r"\b(?:(?P<ago>yesterday|last night|today|tonight|this (?:morning|afternoon|evening)|tomorrow)"
    rf"|(?:(?P<way>last|next|this|on|by|until|for|from|since|late|early|of)\s+)?(?P<weekday>{WEEKDAY})"
    rf"(?P<dated>,?\s+(?:{DAY}\s+{MONTH}|{MONTH}\s+{DAY})(?![\w-]))?"
    r"(?P<again>s)?(?:\s+(?:morning|afternoon|evening|night|lunchtime))?"
    r"|(?P<span>last|this|next)\s+(?P<unit>week(?:end)?|month|year))\b",
    re.I,
)
AROUND = 300
"""How many characters before and after a weekday are looked at for the time of its sentence."""
DAYS = {"yesterday": -1, "last night": -1, "tomorrow": 1}
COMING = re.compile(
    r"\b(?:will|would|won.t|shall|due to|is to|are to|to be held|planned|plans? to|expected to|hop(?:e|es|ing)|"
    r"(?:is|are) (?:being |holding|coming|speaking|due|hosting|launching|appearing|visiting|showing)|"
    r"scheduled|upcoming|takes? place|ahead of|deadline|shows)\b",
    re.I,
)
GONE = re.compile(
    r"\b(?:said|told|was|were|had|has|have|did|announced|posted|wrote|confirmed|reported|ended|claimed|denied|"
    r"launched|lost|won|took|made|went|came|called|asked|gave|met)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class When:
    """``text[start:end]`` names the days from ``first`` to ``last``, which are the same day mostly."""

    start: int
    end: int
    first: date
    last: date


def iso_date(stamp: str) -> date | None:
    """The day of an ISO 8601 stamp, or nothing."""
    found = re.match(r"\s*(\d{4})-(\d\d)-(\d\d)", stamp)
    return _day(*(int(part) for part in found.groups())) if found else None


def full_dates(text: str) -> Iterator[tuple[int, int, date]]:
    """Dates that carry their year; 7/10/2032 is the seventh of October unless that is no date."""
    for found in FULL.finditer(text):
        parts = {name[0]: value for name, value in found.groupdict().items() if value}
        year, day = int(parts["y"]), int(re.sub(r"\D", "", parts["d"]))
        month = int(parts["m"]) if parts["m"].isdigit() else _month(parts["m"])
        made = _day(year, month, day) or _day(year, day, month)
        if made:
            yield found.start(), found.end(), made


def whens(text: str, published: date | None) -> list[When]:
    """Every date in ``text``; those without a year, and relative ones, counted from ``published``."""
    found = [When(start, end, day, day) for start, end, day in full_dates(text)]
    if published:
        found += _relative(text, published)
        found += _without_year(text, published)
    result: list[When] = []
    for when in sorted(found, key=lambda when: (when.start, -when.end)):
        if not result or when.start >= result[-1].end:
            result.append(when)
    return result


def _without_year(text: str, published: date) -> Iterator[When]:
    for found in PARTIAL.finditer(text):
        parts = {name[0]: value for name, value in found.groupdict().items() if value}
        month = parts["m"]
        if month.islower():
            continue  # «may 5» is not written so
        day = _nearest(published, _month(month), int(re.sub(r"\D", "", parts["d"])))
        if day:
            yield When(found.start(), found.end(), day, day)


def _relative(text: str, published: date) -> Iterator[When]:
    for found in RELATIVE.finditer(text):
        try:
            days = _days(found, text, published)
        except OverflowError:
            continue
        if days:
            yield When(found.start(), found.end(), *days)


def _days(found: re.Match[str], text: str, published: date) -> tuple[date, date] | None:
    if ago := found["ago"]:
        day = published + timedelta(DAYS.get(ago.lower(), 0))
        return day, day
    if weekday := found["weekday"]:
        if weekday.islower() or found["again"]:
            return None
        if found["dated"]:
            partial = [*_without_year(found["dated"], published)]
            return (partial[0].first, partial[0].last) if partial else None
        day = _weekday(weekday, (found["way"] or "").lower(), _sentence(text, found), published)
        return day, day
    step = {"last": -1, "this": 0, "next": 1}[found["span"].lower()]
    return _span(found["unit"].lower(), step, published)


def _span(unit: str, step: int, published: date) -> tuple[date, date]:
    monday = published - timedelta(published.weekday()) + timedelta(7 * step)
    if unit == "week":
        return monday, monday + timedelta(6)
    if unit == "weekend":
        return monday + timedelta(5), monday + timedelta(6)
    if unit == "year":
        return published.replace(published.year + step, 1, 1), date(published.year + step, 12, 31)
    month = published.year * 12 + published.month - 1 + step
    first = date(month // 12, month % 12 + 1, 1)
    return first, date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(1)


def _weekday(name: str, way: str, sentence: tuple[str, str], published: date) -> date:
    back = (published.weekday() - WEEKDAYS.index(name.lower())) % 7
    before, after = sentence
    if way == "last":
        return published - timedelta(back or 7)
    if way in {"next", "by", "until"}:
        return published + timedelta(7 - back)
    coming = [*COMING.finditer(before)]
    gone = [*GONE.finditer(before)]
    nearest = coming and (not gone or coming[-1].start() > gone[-1].start())
    if nearest or (not gone and not coming and COMING.search(after) and not GONE.search(after)):
        return published + timedelta(7 - back)
    return published - timedelta(back)


def _sentence(text: str, found: re.Match[str]) -> tuple[str, str]:
    """What stands before and after within the sentence."""
    before = re.split(r"[.!?;\n\ufffc]\s", text[max(0, found.start() - AROUND) : found.start()])[-1]
    after = re.split(r"[.!?;\n]", text[found.end() : found.end() + AROUND])[0]
    return before, after


def _nearest(published: date, month: int, day: int) -> date | None:
    years = (published.year - 1, published.year, published.year + 1)
    days = [made for year in years if (made := _day(year, month, day))]
    return min(days, key=lambda made: abs(made - published), default=None)


def _month(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
