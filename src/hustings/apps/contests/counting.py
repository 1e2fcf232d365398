"""
The count of what was reported, by the contest's own rules: of one unit, or of all of them together.

The same report under the same rules is counted once in a process, so that asking again every second costs nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from hustings.core.contest.caucus.count import count_report
from hustings.core.contest.caucus.outcomes import is_an_outcome
from hustings.core.contest.caucus.report import Report as Said
from hustings.core.contest.caucus.rules import CaucusRules
from hustings.core.contest.lot import Lot as CoreLot
from hustings.core.contest.lot import Lots
from hustings.core.contest.methods import METHODS
from hustings.core.contest.reading_lots import lots_of
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from hustings.core.contest.count import Count
    from hustings.core.contest.tie import Tie

MOST_KEPT = 16_384
"""So many counts of units are kept: several nights of 1,681 precincts, each with a few corrections."""
RULE, REPORTED = "rule", "reported"


@dataclass(frozen=True, slots=True)
class Counted:
    """
    Whole delegates, and state delegates where their worth is known; neither may be changed by who gets it.

    ``by`` says whether they come from our own count by the rule, or from the delegates that were read out.
    ``problem`` is why nothing could be counted; ``differs`` is that what was read out is no outcome of the rule.
    ``lots_used`` are the steps whose lots decided something.
    """

    delegates: Mapping[str, int] = field(default_factory=dict)
    state: Mapping[str, Fraction] = field(default_factory=dict)
    by: str = RULE
    open: int = 0
    tie: Tie | None = None
    flags: tuple[str, ...] = ()
    problem: str = ""
    differs: bool = False
    lots_used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """
    A count that has no delegates of its own: who has the seat, pledged delegates, what is equal.

    ``problem`` is why nothing could be counted; it stands among the ``flags`` too.
    """

    elected: str | None = None
    awarded: Mapping[str, int] = field(default_factory=dict)
    tie: Tie | None = None
    flags: tuple[str, ...] = ()
    problem: str = ""
    lots_used: tuple[str, ...] = ()


class _LotsThatFit(Lots):
    """The lots on record, of which a count is handed those that fit; why the others do not is kept."""

    def __init__(self, lots: Sequence[CoreLot], misfits: dict[str, str]) -> None:
        super().__init__(lots)
        self.misfits = misfits
        self.newest: CoreLot | None = None

    def for_tie(self, tie: Tie) -> CoreLot | None:
        """None for a lot that was drawn among others, as after a correction: the tie is open again."""
        try:
            lot = super().for_tie(tie)
        except BadInput as error:
            self.misfits[tie.step] = str(error)
            return None
        self.newest = lot or self.newest
        return lot

    def unused(self) -> tuple[CoreLot, ...]:
        """None: what nothing asks for is told of and left aside."""
        return ()

    @property
    def used(self) -> tuple[str, ...]:
        """The steps whose lots decided something."""
        return tuple(lot.step for lot in self.all if lot.step in self._used)

    def left_aside(self, *, open_tie: bool) -> tuple[str, ...]:
        """A sentence for each that decided nothing; while a tie is open, later ones may still be asked for."""
        if open_tie:
            return tuple(self.misfits.values())
        unasked = (lot for lot in super().unused() if lot.step not in self.misfits)
        return (
            *self.misfits.values(),
            *(f"There is a lot for «{lot.step}», but nothing is equal there." for lot in unasked),
        )


def _counted(lots: Sequence[CoreLot], count: Callable[[Lots], Count]) -> tuple[Count, _LotsThatFit]:
    """The count with the lots that fit; one whose cards say otherwise is left out like one drawn among others."""
    left, misfits = tuple(lots), dict[str, str]()
    while True:
        drawn = _LotsThatFit(left, misfits)
        try:
            return count(drawn), drawn
        except BadInput as error:
            wrong = drawn.newest
            if wrong is None:
                raise
            misfits[wrong.step] = str(error)
            left = tuple(lot for lot in left if lot is not wrong)


def count_unit(said: Mapping[str, Any], rules: str) -> Counted:
    """The count of this unit under ``rules`` (as JSON text)."""
    return _count(json.dumps(said), rules)


@lru_cache(maxsize=MOST_KEPT)
def _count(said: str, rules: str) -> Counted:
    values = json.loads(said)
    if values.get("delegates") is None:
        return Counted(problem="How many delegates this unit elects is not known.")
    try:
        counted = _by_the_rule(values, _rules(rules)) if values["final"] else _as_read_out(values)
    except BadInput as error:
        return Counted(problem=str(error))
    return counted


def count_whole(
    method: str, said: Mapping[str, Any], rules: str, lots: Sequence[Mapping[str, Any]] = ()
) -> Whole:
    """A seat, a members' ballot or delegates in proportion; a lot that does not fit is told of and left aside."""
    return _whole(method, json.dumps(said), rules, json.dumps(list(lots)))


@lru_cache(maxsize=MOST_KEPT)
def _whole(method: str, said: str, rules: str, lots: str) -> Whole:
    values, by = json.loads(said), json.loads(rules)
    try:
        count, drawn = _counted(
            lots_of(json.loads(lots)), lambda handed: METHODS[method].count(values, by, handed)
        )
    except BadInput as error:
        return Whole(flags=(error.message,), problem=error.message)
    result = count.result
    return Whole(
        elected=result.get("elected"),
        awarded=dict(result.get("awarded", {})),
        tie=count.tie,
        flags=(*count.flags, *drawn.left_aside(open_tie=count.tie is not None)),
        lots_used=drawn.used,
    )


@lru_cache(maxsize=256)
def _rules(rules: str) -> CaucusRules:
    return CaucusRules.read(json.loads(rules))


def _by_the_rule(values: dict[str, Any], rules: CaucusRules) -> Counted:
    """A lot that does not fit, as after a correction, is told of and left aside; nothing else is."""
    report = Said.read(values)
    if sum(report.first.values()) > report.attendance:
        raise BadInput(
            f"The first alignment has {sum(report.first.values())} people, but only {report.attendance} attended."
        )
    count, drawn = _counted(report.lots, lambda handed: count_report(report, rules, handed))
    rate = report.rate
    awarded: Mapping[str, int] = count.result["awarded"]
    return Counted(
        delegates=dict(awarded),
        state={} if rate is None else {name: n * rate for name, n in awarded.items()},
        open=count.result["open"],
        tie=count.tie,
        flags=(*count.flags, *drawn.left_aside(open_tie=count.tie is not None)),
        lots_used=drawn.used,
        differs=report.awarded is not None and not is_an_outcome(report, rules, report.awarded),
    )


def _as_read_out(values: dict[str, Any]) -> Counted:
    """Where no alignment was reported, the delegates that were read out, and that it is so."""
    awarded = values.get("awarded")
    if awarded is None:
        return Counted(problem="Only the first alignment is reported so far.")
    report = Said.read({**values, "attendance": values["attendance"] or 0})
    flags: tuple[str, ...] = ()
    if (total := sum(awarded.values())) != report.delegates:
        flags = (f"{total} delegates were read out, but the unit elects {report.delegates}.",)
    rate = report.rate
    return Counted(
        delegates=dict(awarded),
        state={} if rate is None else {name: n * rate for name, n in awarded.items()},
        by=REPORTED,
        flags=flags,
    )
