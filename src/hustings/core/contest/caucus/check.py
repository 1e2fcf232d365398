"""
Judges the count of a caucus by what must hold of it, without sharing code with what counted.

An award follows the rule exactly where it adds up, moves from the rounded numbers in one direction only, and nobody
who got a delegate stands behind somebody who did not.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hustings.core.contest.count import Count
    from hustings.core.contest.lot import Lots


def check(said: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots, count: Count) -> list[str]:
    """A sentence for each thing that is wrong with ``count``."""
    room = _Room(said, rules)
    wrong = list(_beside(said, room, count))
    if room.delegates == 0 or room.people == 0:
        return [*wrong, *_nobody(count), *_open(count, 0)]
    drawn = {
        lot["step"]: lot for lot in [*(one.as_json() for one in lots.all), *said.get("lots", [])]
    }
    if room.share is None:
        return [*wrong, *_the_one(room, count, drawn), *_rate(room, count)]
    return [*wrong, *_groups(room, count, drawn)]


def _beside(said: Mapping[str, Any], room: _Room, count: Count) -> Iterator[str]:
    """What the count says of the room itself."""
    least = None if room.share is None else ceil(room.share * room.people)
    as_said = {
        "unit": said.get("unit", ""), "delegates": room.delegates, "attendance": room.people,
        "viability": least, "kind": str(said.get("kind", "precinct")).casefold(),
    }  # fmt: skip
    for field, value in as_said.items():
        if count.result[field] != value:
            yield f"«{field}» is {value}, not {count.result[field]}."
    if (room.rate is not None) != ("sde" in count.result):
        yield "State delegates are said though their worth is not known, or the other way round."


class _Room:
    """The numbers again, read from the input as it stands."""

    def __init__(self, said: Mapping[str, Any], rules: Mapping[str, Any]) -> None:
        first = said.get("first") or {}
        attended = said.get("attendance")
        self.delegates: int = said["delegates"]
        self.people: int = sum(first.values()) if attended is None else attended
        self.first: Mapping[str, int] = first
        self.final: Mapping[str, int] = said.get("final") or {}
        self.adds: bool = rules.get("too_many_groups") == "add delegates"
        self.places: int | None = rules.get("tie_places")
        self.up_from = Fraction(rules.get("round_up_from", "1/2"))
        self.rate = said.get("rate")
        row = next(
            r for r in rules["viability"] if self.delegates <= r.get("up_to", self.delegates)
        )
        self.share = None if row["share"] == "most members" else Fraction(row["share"])

    def viable(self, members: int) -> bool:
        """Whether so many are a share of the room that is large enough."""
        return (
            self.share is not None and members > 0 and Fraction(members, self.people) >= self.share
        )

    def quota(self, group: str) -> Fraction:
        """The delegates that the group would have if they could be divided."""
        return Fraction(self.final.get(group, 0) * self.delegates, self.people)

    def seen(self, number: Fraction) -> Fraction:
        """The number as two of them are compared."""
        if self.places is None:
            return number
        unit = Fraction(1, 10**self.places)
        return (number / unit + Fraction(1, 2)).__floor__() * unit


def _nobody(count: Count) -> list[str]:
    awarded: Mapping[str, int] = count.result["awarded"]
    return ["Somebody is elected where nobody can be."] if any(awarded.values()) else []


def _open(count: Count, expected: int) -> list[str]:
    """Whether as many are said to be open as hang on something that nobody has decided."""
    said = count.result["open"]
    return (
        [] if said == expected else [f"{said} delegates are said to be open, but {expected} are."]
    )


def _the_one(room: _Room, count: Count, drawn: Mapping[str, Any]) -> Iterator[str]:
    awarded: Mapping[str, int] = count.result["awarded"]
    groups = room.final if any(room.final.values()) else room.first
    most = max(groups.values(), default=0)
    equal = {group for group, members in groups.items() if members == most and most}
    winners = [group for group, delegates in awarded.items() if delegates]
    if count.tie is not None:
        if winners or set(count.tie.among) != equal or len(equal) < 2 or count.tie.choose != 1:
            yield "The tie for the one delegate is not among those with the most members."
        yield from _open(count, 1)
        return
    yield from _open(count, 0 if equal else 1)
    if not equal:
        yield from ["Somebody is elected, but nobody was there."] if winners else []
        return
    if sum(awarded.values()) != 1 or not set(winners) <= equal:
        yield "The one delegate is not with those who have the most members."
    if len(equal) > 1 and not any(
        set(lot["among"]) == equal and set(lot["chosen"]) == set(winners) for lot in drawn.values()
    ):
        yield "The one delegate was awarded among equals without a lot that fell so."


def _groups(room: _Room, count: Count, drawn: Mapping[str, Any]) -> Iterator[str]:
    awarded: Mapping[str, int] = count.result["awarded"]
    viable = {group for group, members in room.final.items() if room.viable(members)}
    for group in sorted(set(awarded) - viable):
        if awarded[group]:
            yield f"{group} is awarded a delegate and is not viable."
    if not viable:
        yield from _open(count, room.delegates)
        return
    if count.tie is not None and not awarded:
        yield from _may_not_stay(room, viable, set(count.tie.among), count.tie.choose)
        yield from _open(count, room.delegates)
        return
    standing = {group for group in viable if group in awarded}
    yield from _stayed(room, viable, standing, drawn)
    yield from _total(room, count, len(standing))
    if any(awarded[group] < 1 for group in standing) and count.tie is None:
        yield "A viable group has no delegate."
    yield from _rate(room, count)
    if count.tie is not None:
        yield from _fair_tie(room, awarded, standing, count)
    else:
        yield from _in_order(room, awarded, standing, drawn)


def _stayed(
    room: _Room, viable: set[str], standing: set[str], drawn: Mapping[str, Any]
) -> Iterator[str]:
    """Who had to realign was among the smallest, and a lot fell on them where others were as small."""
    left = viable - standing
    if not left:
        if len(viable) > room.delegates and not room.adds:
            yield f"{len(viable)} groups stand for {room.delegates} delegates."
        return
    if room.adds or len(standing) != room.delegates:
        yield f"{', '.join(sorted(left))} had to realign, though the rule does not ask for that."
        return
    smallest, largest = min(room.final[g] for g in standing), max(room.final[g] for g in left)
    if largest > smallest:
        yield "A larger group had to realign while a smaller one stands."
    elif largest == smallest:
        equal = {group for group in viable if room.final[group] == largest}
        if not any(
            set(lot["among"]) == equal and set(lot["chosen"]) == equal & left
            for lot in drawn.values()
        ):
            yield "A group had to realign among equals without a lot."


def _may_not_stay(room: _Room, viable: set[str], among: set[str], choose: int) -> Iterator[str]:
    size = {room.final[group] for group in among}
    smaller = {group for group in viable if room.final[group] < min(size)}
    same = {group for group in viable if room.final[group] in size}
    if len(size) != 1 or among != same or len(viable) - len(smaller) - choose != room.delegates:
        yield "The tie for who must realign is not among the smallest groups."


def _total(room: _Room, count: Count, groups: int) -> Iterator[str]:
    total = sum(count.result["awarded"].values()) + count.result["open"]
    expected = max(room.delegates, groups) if room.adds else room.delegates
    if total != expected:
        yield f"{total} delegates are awarded or hang on a lot, but the unit elects {expected}."


def _rate(room: _Room, count: Count) -> Iterator[str]:
    if room.rate is None:
        return
    rate = (
        Fraction(room.rate["state_delegates"], room.rate["county_delegates"])
        if isinstance(room.rate, dict)
        else Fraction(room.rate)
    )
    if set(count.result.get("sde", {})) != set(count.result["awarded"]):
        yield "State delegates are not said of exactly those who have delegates."
        return
    for group, sde in count.result.get("sde", {}).items():
        if Fraction(sde) != rate * count.result["awarded"][group]:
            yield f"The state delegates of {group} are not its delegates × {rate}."


def _near(room: _Room, group: str) -> int:
    """What rounding alone gives, and at least the one that every viable group has."""
    quota = room.quota(group)
    return max(1, (quota + 1 - room.up_from).__floor__())


def _in_order(
    room: _Room, awarded: Mapping[str, int], standing: set[str], drawn: Mapping[str, Any]
) -> Iterator[str]:
    near = {group: _near(room, group) for group in standing}
    over = sum(near.values()) - room.delegates
    for group in sorted(standing):
        moved = awarded[group] - near[group]
        if moved and (moved > 0) == (over >= 0):
            yield f"{group} was moved from {near[group]} to {awarded[group]} against the direction."
            return
    for gained in standing:
        for other in standing - {gained}:
            yield from _pair(room, awarded, near, (gained, other), drawn, over)


def _pair(
    room: _Room,
    awarded: Mapping[str, int],
    near: Mapping[str, int],
    pair: tuple[str, str],
    drawn: Mapping[str, Any],
    over: int,
) -> Iterator[str]:
    """The first of the two was moved; then it stood no further back than the second, which was not."""
    moved, other = pair
    ahead_moved = awarded[moved] - room.seen(room.quota(moved))
    ahead_other = awarded[other] - room.seen(room.quota(other))
    if over < 0 and awarded[moved] > near[moved]:
        behind, equal = ahead_moved > ahead_other + 1, ahead_moved == ahead_other + 1
    elif over > 0 and awarded[moved] < near[moved] and awarded[other] > 1:
        behind, equal = ahead_moved + 1 < ahead_other, ahead_moved + 1 == ahead_other
    else:
        return
    if behind:
        yield f"{moved} was moved before {other}, which was nearer."
    elif equal and not any(
        moved in lot["chosen"] and other in lot["among"] and other not in lot["chosen"]
        for lot in drawn.values()
    ):
        yield f"{moved} and {other} are equal, and no lot for them is on record."


def _fair_tie(
    room: _Room, awarded: Mapping[str, int], standing: set[str], count: Count
) -> Iterator[str]:
    """Those who draw stand exactly alike, whatever the lot says; nobody else stands so."""
    tie = count.tie
    if tie is None:
        return
    among = set(tie.among)
    ahead = {group: awarded[group] - room.seen(room.quota(group)) for group in standing}
    level = {ahead[group] for group in among & standing}
    if not among <= standing or len(level) != 1:
        yield "The tie is among groups that are not equal."
        return
    (here,) = level
    loses = "loses" in tie.fate
    hanging = len(among) - tie.choose if loses else tie.choose
    if count.result["open"] != hanging:
        yield "The lot is for another number of delegates than is left."
    for group in sorted(standing - among):
        if loses and awarded[group] > 1 and ahead[group] >= here + 1:
            yield f"{group} is as far ahead as those who draw, and draws not."
        if not loses and ahead[group] <= here:
            yield f"{group} is as near as those who draw, and draws not."
