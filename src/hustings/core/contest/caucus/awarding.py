"""
From members to delegates: the raw number, rounding, and what to do when that gives too few or too many.

Everything is compared in parts of a delegate, ``attendance`` of them to one, so that all numbers stay whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.contest.caucus.rules import CaucusRules

MORE, LESS = 1, -1


@dataclass(frozen=True, slots=True)
class Pass:
    """The next ``equal`` groups in order get one delegate more or less; where only ``need`` of them may, by lot."""

    change: int
    equal: tuple[str, ...]
    need: int
    beyond_rule: bool = False

    @property
    def needs_lot(self) -> bool:
        """Whether the rule does not say which of them."""
        return len(self.equal) > self.need


def raw(members: int, delegates: int, attendance: int) -> Fraction:
    """Members × delegates / original attendance."""
    return Fraction(members * delegates, attendance)


def rounded(number: Fraction, up_from: Fraction) -> int:
    """Rounded up where the rest is ``up_from`` or more."""
    return number.numerator // number.denominator + (number % 1 >= up_from)


def next_pass(
    awarded: Mapping[str, int],
    exact: Mapping[str, Fraction],
    delegates: int,
    rules: CaucusRules,
) -> Pass | None:
    """
    Who is next to get or to lose a delegate; nobody where the sum is right, or where nobody may lose one.

    One more goes to who is closest to the next whole number after rounding, one less to who is furthest from it;
    nobody loses an only delegate.
    """
    over = sum(awarded.values()) - delegates
    if over == 0 or not awarded:
        return None
    compared = {group: _cut(number, rules.tie_places) for group, number in exact.items()}
    if over < 0:
        to_next = {group: awarded[group] + 1 - compared[group] for group in awarded}
        closest = min(to_next.values())
        equal = tuple(group for group in awarded if to_next[group] == closest)
        beyond = not rules.further_passes and any(awarded[one] > exact[one] for one in equal)
        return Pass(MORE, equal, min(-over, len(equal)), beyond)
    may_lose = [group for group in awarded if awarded[group] > 1]
    if not may_lose:
        return None
    ahead = {group: awarded[group] - compared[group] for group in may_lose}
    furthest = max(ahead.values())
    equal = tuple(group for group in may_lose if ahead[group] == furthest)
    return Pass(LESS, equal, min(over, len(equal)))


def _cut(number: Fraction, places: int | None) -> Fraction:
    """The number as it is compared: to so many decimal places, half up."""
    if places is None:
        return number
    scale = 10**places
    return Fraction(rounded(number * scale, Fraction(1, 2)), scale)
