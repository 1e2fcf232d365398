"""A tie: who is equal, for what, and how many of them a lot chooses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Tie:
    """
    ``choose`` of ``among`` meet with ``fate``, and the rule does not say which.

    ``step`` names the place within the count ("2: one delegate more"); within one count no two ties have the same.
    ``among`` keeps the order of the input; ``rule`` is the citation that asks for a lot, or that is silent.
    """

    step: str
    among: tuple[str, ...]
    choose: int
    fate: str
    rule: str

    def __post_init__(self) -> None:
        if len(set(self.among)) != len(self.among) or not 0 < self.choose < len(self.among):
            raise ValueError(f"no tie: {self.choose} of {self.among!r}")

    @property
    def possible(self) -> int:
        """How many outcomes there are."""
        return comb(len(self.among), self.choose)

    def outcomes(self) -> Iterator[tuple[str, ...]]:
        """Every set of those who may be chosen, each in the order of the input."""
        return combinations(self.among, self.choose)

    def sentence(self) -> str:
        """The tie in words."""
        names = ", ".join(self.among)
        return f"A lot is needed ({self.step}): {self.choose} of {names} – {self.fate}."

    def as_json(self) -> dict[str, Any]:
        """What a count file holds of it."""
        return {
            "step": self.step,
            "among": list(self.among),
            "choose": self.choose,
            "fate": self.fate,
            "rule": self.rule,
            "outcomes": self.possible,
        }
