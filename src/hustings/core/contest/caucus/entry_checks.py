"""
The ten checks of one unit's report, V1 to V10: on the phone while it is typed, on the server when it comes.

A finding never changes a number. ``tests/core/contest/entry_cases.json`` holds this and the phone's own checks equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.contest.caucus.count import count_report
from hustings.core.contest.caucus.outcomes import is_an_outcome
from hustings.core.contest.caucus.rules import ADD_DELEGATES
from hustings.core.contest.lot import Lots
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hustings.core.contest.caucus.report import Report, Reported
    from hustings.core.contest.caucus.rules import CaucusRules
    from hustings.core.contest.count import Count


@dataclass(frozen=True, slots=True)
class Finding:
    """``check`` is the stable code; ``names`` are groups (units for V8) and ``numbers`` what the sentence is made of."""

    check: str
    sentence: str
    names: tuple[str, ...] = ()
    numbers: tuple[tuple[str, int], ...] = ()


def entry_checks(
    report: Report, rules: CaucusRules, neighbours: Sequence[Report] = ()
) -> tuple[Finding, ...]:
    """What is odd in ``report``, in the order of the codes."""
    counted = by_lots_on_record(report, rules)
    return (
        *final_is_not_more_than_first(report),
        *viable_groups_kept_their_members(report, rules),
        *awards_add_up(report, rules),
        *only_viable_groups_are_awarded(report, rules),
        *awards_are_what_the_rule_gives(report, rules, counted),
        *lots_are_on_record(counted),
        *state_delegates_follow_from_awards(report),
        *row_is_no_copy(report, neighbours),
        *groups_are_not_more_than_delegates(report, rules),
        *attendance_is_not_more_than_eligible(report),
    )


def by_lots_on_record(report: Report, rules: CaucusRules) -> Count | BadInput:
    """The count by the lots that stand in the report, or why those do not fit."""
    try:
        return count_report(report, rules, Lots(report.lots))
    except BadInput as error:
        return error


def final_is_not_more_than_first(report: Report) -> Iterator[Finding]:
    """V1: nobody comes in after the doors were shut."""
    final = sum(report.final.values())
    if final > report.attendance:
        yield Finding(
            "V1",
            f"The final alignment has {final} people, but {report.attendance} attended.",
            (),
            (("final", final), ("attendance", report.attendance)),
        )


def viable_groups_kept_their_members(report: Report, rules: CaucusRules) -> Iterator[Finding]:
    """V2: where the rules lock viable groups, none is smaller at the end."""
    least = _least(report, rules)
    if not rules.locked or least is None or not report.final:
        return
    lost = tuple(
        group
        for group, members in report.first.items()
        if members >= least and report.final.get(group, 0) < members
    )
    if lost:
        yield Finding("V2", f"Viable at first and smaller at the end: {', '.join(lost)}.", lost)


def awards_add_up(report: Report, rules: CaucusRules) -> Iterator[Finding]:
    """V3: as many are awarded as the unit elects."""
    if report.awarded is None:
        return
    awarded, to_award = sum(report.awarded.values()), report.delegates
    if rules.too_many_groups == ADD_DELEGATES:
        if not report.final and awarded > to_award:
            return  # how many groups were viable is not known
        to_award = max(to_award, len(_viable(report, rules)))
    if awarded != to_award:
        yield Finding(
            "V3",
            f"{awarded} delegates are awarded, but the unit elects {to_award}.",
            (),
            (("awarded", awarded), ("delegates", to_award)),
        )


def only_viable_groups_are_awarded(report: Report, rules: CaucusRules) -> Iterator[Finding]:
    """V4: no delegate goes to a group that is not viable at the end, where the end is known."""
    least = _least(report, rules)
    if report.awarded is None or least is None or not report.final:
        return
    small = tuple(
        group
        for group, delegates in report.awarded.items()
        if delegates and report.final.get(group, 0) < least
    )
    if small:
        yield Finding(
            "V4",
            f"Not viable at the end and awarded: {', '.join(small)}.",
            small,
            (("viability", least),),
        )


def awards_are_what_the_rule_gives(
    report: Report, rules: CaucusRules, counted: Count | BadInput
) -> Iterator[Finding]:
    """
    V5: the award is what the rule gives, or one outcome of the lots it asks for.

    Without a final alignment the rule gives nothing, but for one delegate: there the first count is taken.
    """
    if report.awarded is None or not (report.final or report.delegates == 1):
        return
    if isinstance(counted, BadInput) or counted.tie is not None:
        if not is_an_outcome(report, rules, report.awarded):
            yield Finding("V5", "The award is not what the rule gives, however the lot fell.")
        return
    by_rule = {group: number for group, number in counted.result["awarded"].items() if number}
    if by_rule != {group: number for group, number in report.awarded.items() if number}:
        said = ", ".join(f"{group} {number}" for group, number in by_rule.items())
        yield Finding(
            "V5", f"By the rule: {said or 'nobody'}.", tuple(by_rule), tuple(by_rule.items())
        )


def lots_are_on_record(counted: Count | BadInput) -> Iterator[Finding]:
    """V6: where the rule asks for a lot, one is on record, drawn among the right groups."""
    if isinstance(counted, BadInput):
        yield Finding("V6", counted.message)
    elif counted.tie is not None:
        tie = counted.tie
        yield Finding("V6", tie.sentence(), tie.among, (("choose", tie.choose),))


def state_delegates_follow_from_awards(report: Report) -> Iterator[Finding]:
    """V7: state delegates are delegates times the unit's rate, to the places that were printed."""
    if report.awarded is None or report.rate is None or not report.sde:
        return
    rate, awarded = report.rate, report.awarded
    wrong = tuple(
        group
        for group in dict.fromkeys([*report.sde, *awarded])
        if not _printed(
            report.sde.get(group), awarded.get(group, 0) * rate.numerator, rate.denominator
        )
    )
    if wrong:
        yield Finding(
            "V7", f"State delegates are not delegates × {rate}: {', '.join(wrong)}.", wrong
        )


def row_is_no_copy(report: Report, neighbours: Sequence[Report]) -> Iterator[Finding]:
    """V8: no other unit has the same numbers throughout."""
    mine = numbers_of(report)
    if not any(mine[1:3]):
        return
    same = tuple(
        other.unit
        for other in neighbours
        if other.unit != report.unit and numbers_of(other) == mine
    )
    if same:
        yield Finding("V8", f"The same numbers stand in {', '.join(same)}.", same)


def groups_are_not_more_than_delegates(report: Report, rules: CaucusRules) -> Iterator[Finding]:
    """V9: no more viable groups at the end than delegates, where the rules ask for that."""
    groups = _viable(report, rules)
    if rules.too_many_groups != ADD_DELEGATES and len(groups) > report.delegates > 0:
        yield Finding(
            "V9",
            f"{len(groups)} viable groups for {report.delegates} delegates: {', '.join(groups)}.",
            groups,
            (("groups", len(groups)), ("delegates", report.delegates)),
        )


def attendance_is_not_more_than_eligible(report: Report) -> Iterator[Finding]:
    """V10: no more attended than may, and no more aligned at first than attended."""
    if report.eligible is not None and report.attendance > report.eligible:
        yield Finding(
            "V10",
            f"{report.attendance} attended, but only {report.eligible} are eligible.",
            (),
            (("attendance", report.attendance), ("eligible", report.eligible)),
        )
    first = sum(report.first.values())
    if first > report.attendance:
        yield Finding(
            "V10",
            f"The first alignment has {first} people, but {report.attendance} attended.",
            (),
            (("first", first), ("attendance", report.attendance)),
        )


def _least(report: Report, rules: CaucusRules) -> int | None:
    """The viability in people; nothing where there are no groups."""
    if report.delegates == 0:
        return None
    least = rules.least_members(report.delegates, report.attendance)
    return None if least is None else max(least, 1)


def _viable(report: Report, rules: CaucusRules) -> tuple[str, ...]:
    least = _least(report, rules)
    if least is None:
        return ()
    return tuple(group for group, members in report.final.items() if members >= least)


def _printed(printed: Reported | None, numerator: int, denominator: int) -> bool:
    """Whether the exact number, rounded to the places that were printed, is the printed one."""
    if printed is None:
        return numerator == 0
    scale: int = 10**printed.places
    return 2 * abs(printed.value * scale * denominator - numerator * scale) <= denominator


def numbers_of(
    report: Report,
) -> tuple[int, Mapping[str, int], Mapping[str, int], Mapping[str, int]]:
    """What two units would have to share to be copies: attendance, both alignments and the award."""
    return (
        report.attendance,
        _some(report.first),
        _some(report.final),
        _some(report.awarded or {}),
    )


def _some(table: Mapping[str, int]) -> dict[str, int]:
    return {name: number for name, number in table.items() if number}
