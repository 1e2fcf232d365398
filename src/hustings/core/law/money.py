"""An amount of money: whole minor units and a currency, never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hustings.core.errors import BadInput

NO_CURRENCY = "XXX"
"""The code that ISO 4217 keeps for no currency: that of a sum of nothing."""

_DIGITS = {"BHD": 3, "CLP": 0, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3, "TND": 3,
           "VND": 0}  # fmt: skip
"""Currencies whose minor unit is not a hundredth, by ISO 4217."""

_WRITTEN = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))? ([A-Z]{3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Money:
    """
    An amount of 0 or more.

    >>> str(Money.written("16140.00 USD") + Money.written("8,282 USD"))
    '24,422.00 USD'
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int or self.minor < 0:
            raise BadInput(f"«{self.minor}» is no amount; write whole minor units, 0 or more.")
        if not re.fullmatch(r"[A-Z]{3}", self.currency):
            raise BadInput(f"«{self.currency[:10]}» is no currency; write three letters, like GBP.")

    @classmethod
    def written(cls, text: str) -> Money:
        """The amount in words like ``500.00 GBP``."""
        found = _WRITTEN.fullmatch(text)
        digits = _DIGITS.get(found[3], 2) if found else 0
        if not found or len(found[2] or "") > digits:
            raise BadInput(f"«{text[:40]}» is no amount of money; write for example 500.00 GBP.")
        return cls(int(found[1].replace(",", "") + (found[2] or "").ljust(digits, "0")), found[3])

    def __add__(self, other: Money) -> Money:
        if not self.comparable(other):
            raise BadInput(f"{self} and {other} cannot be added; give both in one currency.")
        return Money(self.minor + other.minor, self.currency if self.minor else other.currency)

    def comparable(self, other: Money) -> bool:
        """Whether the two can be compared; nothing is nothing in every currency."""
        return self.currency == other.currency or not self.minor or not other.minor

    def __str__(self) -> str:
        digits = _DIGITS.get(self.currency, 2)
        whole, part = divmod(self.minor, 10**digits)
        return f"{whole:,}{f'.{part:0{digits}}' if digits else ''} {self.currency}"
