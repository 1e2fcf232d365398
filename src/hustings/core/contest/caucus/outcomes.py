"""Whether an award is what the rule gives, by one outcome or other of the lots it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.core.contest.caucus.count import THE_ONE, TOO_MANY_GROUPS, count_report
from hustings.core.contest.lot import Lot, Lots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hustings.core.contest.caucus.report import Report
    from hustings.core.contest.caucus.rules import CaucusRules
    from hustings.core.contest.tie import Tie


def every_outcome(report: Report, rules: CaucusRules) -> Iterator[dict[str, int]]:
    """All awards that the rule allows; one where no lot is needed."""
    waiting: list[tuple[Lot, ...]] = [()]
    while waiting:
        lots = waiting.pop()
        count = count_report(report, rules, Lots(lots))
        if count.tie is None:
            yield dict(count.result["awarded"])
            continue
        tie = count.tie
        waiting += [(*lots, Lot(tie.step, tie.among, chosen)) for chosen in tie.outcomes()]


def is_an_outcome(report: Report, rules: CaucusRules, awarded: Mapping[str, int]) -> bool:
    """Whether ``awarded`` is one of them, found without trying them all: it says itself how each lot fell."""
    lots: tuple[Lot, ...] = ()
    while True:
        count = count_report(report, rules, Lots(lots))
        found: Mapping[str, int] = count.result["awarded"]
        if count.tie is None:
            return _without_none(found) == _without_none(awarded)
        chosen = tuple(group for group in count.tie.among if _met(count.tie, group, found, awarded))
        if len(chosen) != count.tie.choose:
            return False
        lots = (*lots, Lot(count.tie.step, count.tie.among, chosen))


def _met(tie: Tie, group: str, certain: Mapping[str, int], awarded: Mapping[str, int]) -> bool:
    """Whether the award shows this group among those that the lot fell on."""
    has = awarded.get(group, 0)
    if tie.step == TOO_MANY_GROUPS:
        return has == 0
    if tie.step == THE_ONE or tie.fate.startswith("gets"):
        return has > certain.get(group, 0)
    return has == certain.get(group, 0)


def _without_none(awarded: Mapping[str, int]) -> dict[str, int]:
    return {group: delegates for group, delegates in awarded.items() if delegates}
