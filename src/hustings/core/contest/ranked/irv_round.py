"""What one round of an instant run-off showed and did, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hustings.core.contest.transcript import Step, exact, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.core.contest.ranked.rules import Rules

REASONS = ("exhausted", "overvotes", "repeated", "skipped", "final surplus")
"""Why a ballot counts for nobody; ``final surplus`` is what the last winners had too much."""

EXHAUSTED = "exhausted"
RESIDUAL = "residual surplus"
"""What cannot be passed on since it is less than the smallest unit."""


@dataclass(slots=True)
class Round:
    """What one round showed and did; numbers are units, ``transfers`` run from this round to the next."""

    number: int
    threshold: Fraction
    tally: dict[int, int]
    inactive: dict[str, int]
    residual: int
    elected: list[int] = field(default_factory=list)
    eliminated: list[int] = field(default_factory=list)
    transfers: dict[int, dict[int | str, int]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def as_json(done: Round, names: Sequence[str], unit: int) -> dict[str, Any]:
    """For the count file; numbers are votes, exact."""

    def number(units: int | Fraction) -> int | str:
        return exact(Fraction(units) / unit)

    def to(target: int | str) -> str:
        return target if isinstance(target, str) else names[target]

    return {
        "round": done.number,
        "threshold": number(done.threshold),
        "tally": {names[place]: number(votes) for place, votes in done.tally.items()},
        "inactive": {reason: number(votes) for reason, votes in done.inactive.items()},
        RESIDUAL: number(done.residual),
        "elected": [names[place] for place in done.elected],
        "eliminated": [names[place] for place in done.eliminated],
        "transfers": {
            names[place]: {to(target): number(votes) for target, votes in moved.items()}
            for place, moved in done.transfers.items()
        },
    }


def as_step(done: Round, names: Sequence[str], unit: int, prefix: str, rules: Rules) -> Step:
    """For the transcript."""
    said = [f"{shown(done.threshold / unit)} votes elect.", *done.said]
    if done.elected:
        said.append(f"Elected: {', '.join(names[place] for place in done.elected)}.")
    if done.eliminated:
        said.append(f"Eliminated: {', '.join(names[place] for place in done.eliminated)}.")
    numbers = sorted(done.tally.items(), key=lambda item: (-item[1], item[0]))
    inactive = sum(done.inactive.values()) + done.residual
    return Step(
        f"{prefix}round {done.number}".capitalize(),
        " ".join(said),
        (
            *((names[place], Fraction(votes, unit)) for place, votes in numbers),
            ("in no pile", Fraction(inactive, unit)),
        ),
        rules.cited("election" if done.elected else "elimination" if done.eliminated else "round"),
    )
