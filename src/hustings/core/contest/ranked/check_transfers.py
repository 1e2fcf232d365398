"""Judges what is said to have gone from whom to whom: it is what two rounds, or two stages, differ by."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Moved = Mapping[str, Mapping[str, Any]]


def wrong_between_rounds(rounds: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Of a run-off: ``transfers`` of a round, by whom they come from, run to the next."""
    for now, then in pairwise(rounds):
        moved: Moved = now["transfers"]
        if strangers := sorted(set(moved) - set(now["elected"]) - set(now["eliminated"])):
            yield f"round {now['round']}: {strangers[0]} neither won nor went out, and gives votes."
        for name, held in now["tally"].items():
            gone = sum(map(Fraction, moved.get(name, {}).values()), Fraction(0))
            if Fraction(held) - gone + _to(moved, name) != Fraction(then["tally"].get(name, 0)):
                yield f"round {now['round']}: the transfers from and to {name} are not what its votes differ by."
        for nobody, before, after in (
            ("exhausted", _sum(now["inactive"]), _sum(then["inactive"])),
            ("residual surplus", now["residual surplus"], then["residual surplus"]),
        ):
            if _to(moved, nobody) != Fraction(after) - Fraction(before):
                yield f"round {now['round']}: the transfers to «{nobody}» are not what it grows by."
    if rounds and any(rounds[-1]["transfers"].values()):
        yield f"round {rounds[-1]['round']}: votes go on after the last round."


def wrong_between_stages(stages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Of a transferable vote: ``transfers`` of a stage are of its one candidate, from the stage before."""
    for before, now in pairwise(stages):
        moved = now["transfers"]
        others = [name for name in now["totals"] if name != now["candidate"]]
        found = {
            name: Fraction(now["totals"].get(name, 0)) - Fraction(before["totals"].get(name, 0))
            for name in others
        }
        found["non-transferable"] = Fraction(now["non-transferable"]) - Fraction(
            before["non-transferable"]
        )
        for name, grown in found.items():
            if Fraction(moved.get(name, 0)) != grown:
                yield f"stage {now['stage']}: {moved.get(name, 0)} are said to go to {name}, which has {grown} more."


def _to(moved: Moved, name: str) -> Fraction:
    return sum((Fraction(each.get(name, 0)) for each in moved.values()), Fraction(0))


def _sum(numbers: Mapping[str, Any]) -> Fraction:
    return sum(map(Fraction, numbers.values()), Fraction(0))
