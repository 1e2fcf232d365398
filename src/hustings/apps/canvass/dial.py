"""
A report as fine as the dial of its walk lets it be stored: what is finer is gone before anything is written.

Nothing here needs the database. The law that the tests hold: two reports that differ only in what the dial leaves
out are the same report afterwards, down to the digest.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from django.conf.locale import LANG_INFO

from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.report import Report

NOT_KNOWN = "not known"
OUR_APPS = re.compile(r"(phone app|phone page|paper)( \d[\d.]{0,20})?")
"""What our own programs write; anything else could be words about somebody."""


def of_the_door(report: Report) -> Report:
    """The report without a person, and without any words that could name one."""
    return replace(
        report,
        person=None,
        met=None,
        language=_a_language(report.language) if report.kind == Kind.LANGUAGE else "",
        app=report.app if OUR_APPS.fullmatch(report.app) else "",
        more={},
        replaces="",
        wishes="",
        wish_note="",
    )


def same_by_any_dial(report: Report, digest: bytes) -> bool:
    """Whether this digest is of the report as it came, or as a coarser dial kept it."""
    return digest in {report.digest(), of_the_door(report).digest()}


def _a_language(said: str) -> str:
    known = said.strip().casefold()
    return said.strip() if known in _languages() else NOT_KNOWN


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    """Names of languages in English and in themselves, and their codes."""
    names = (
        str(value)
        for code, facts in LANG_INFO.items()
        for value in (code, facts.get("name", ""), facts.get("name_local", ""))
        if value
    )
    return frozenset(name.casefold() for name in names)


class TakenBack(Report):
    """
    What a walk of sums stores of a report that corrects an event from before: that the event is taken back.

    It has no digest, since what replaces the event is in a sum, and could be found by trying.
    """

    def digest(self) -> bytes:
        """Nothing to compare: the same number again is known."""
        return b""


def taken_back(report: Report, door: int) -> TakenBack:
    """The undo of the event that a report corrects: it names the door that the event names."""
    return TakenBack(
        id=report.id, sequence=report.sequence, turf=report.turf, door=door, kind=Kind.UNDO,
        occurred_at=report.occurred_at, corrects=report.corrects,
    )  # fmt: skip
