"""What a count did, step by step: the numbers, the rule and where it is written, as text and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Number = int | Fraction | str
"""A whole number, an exact fraction, or a word where there is none ("elected")."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its ``name``, what was decided in a ``sentence``, the numbers by candidate or group, and the rule."""

    name: str
    sentence: str
    numbers: tuple[tuple[str, Number], ...] = ()
    rule: str = ""

    def as_json(self) -> dict[str, Any]:
        """Fractions are written "7/5", whole numbers as numbers."""
        return {
            "name": self.name,
            "sentence": self.sentence,
            "numbers": [[who, exact(number)] for who, number in self.numbers],
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class Transcript:
    """The steps of one count, in order."""

    steps: tuple[Step, ...] = ()

    def as_json(self) -> list[dict[str, Any]]:
        """The steps as a count file holds them."""
        return [step.as_json() for step in self.steps]

    def as_text(self) -> str:
        """The steps to read from a sheet of paper."""
        lines: list[str] = []
        for place, step in enumerate(self.steps, 1):
            lines.append(f"{place}. {step.name}: {step.sentence}")
            width = max((len(who) for who, _ in step.numbers), default=0)
            lines += [f"     {who:<{width}}  {shown(number)}" for who, number in step.numbers]
            if step.rule:
                lines.append(f"     [{step.rule}]")
        return "\n".join(lines)


def exact(number: Number) -> int | str:
    """``number`` as JSON holds it without losing anything."""
    if isinstance(number, Fraction):
        return number.numerator if number.denominator == 1 else str(number)
    return number


def shown(number: Number) -> str:
    """``number`` to read: a fraction with four digits cut off, and said exactly beside it."""
    if isinstance(number, Fraction) and number.denominator != 1:
        sign, size = "-" if number < 0 else "", abs(number)
        return f"{sign}{size.numerator // size.denominator}.{int(size % 1 * 10_000):04d} ({number})"
    return str(number)
