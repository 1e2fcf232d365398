"""A fact: what may be known about an act, of which kind, and the sentence that asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Literal

from hustings.core.errors import BadInput
from hustings.core.law.money import Money

if TYPE_CHECKING:
    from hustings.core.law.condition import Condition

Kind = Literal[
    "yes-no", "choice", "country", "money", "count", "date", "moment", "clock", "text"
]  # fmt: skip
Value = bool | str | int | Money | date | datetime | time

WANTED: dict[Kind, str] = {
    "yes-no": "yes or no",
    "choice": "one of {choices}",
    "country": "a country in two letters, like GB",
    "money": "an amount with its currency, like 500.00 GBP",
    "count": "a whole number, 0 or more",
    "date": "a date between 1880 and 2200",
    "moment": "a date and time between 1880 and 2200, in the zone of the place and not in UTC",
    "clock": "a time of day",
    "text": "a text, empty where there is none",
}
"""What a value of each kind looks like, for the sentence that refuses another."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a total: the amount counts where every test holds."""

    amount: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """
    What may be known about an act.

    Parameters
    ----------
    act, name
        Whose fact it is, and its name there.
    question
        The sentence that asks for it.
    choices
        Of a choice: everything it can be.
    governs
        Of a country: its law applies to the act.
    total
        Of money that nobody enters: the parts it is the sum of.
    """

    act: str
    name: str
    kind: Kind
    question: str
    choices: tuple[str, ...] = ()
    governs: bool = False
    total: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        where = f"fact {self.act}.{self.name}"
        if self.kind not in WANTED:
            raise BadInput(f"there is no kind {self.kind!r}.", where=where)
        if bool(self.choices) != (self.kind == "choice"):
            raise BadInput("a choice, and nothing else, has choices.", where=where)
        if self.governs and self.kind != "country":
            raise BadInput("only a country governs.", where=where)
        if self.total and self.kind != "money":
            raise BadInput("only money is a total.", where=where)
        if not self.total and not self.question.endswith("?"):
            raise BadInput("it needs a question that ends with «?».", where=where)

    def accepted(self, value: object) -> Value:
        """
        The value, once it is seen to be of this kind.

        Raises
        ------
        BadInput
            It is not; nothing is converted or guessed.
        """
        if self.total:
            raise BadInput(f"«{self.name}» is worked out and cannot be given.", where=self.act)
        if _is(self, value):
            return value  # type: ignore[return-value]  # seen by _is
        wanted = WANTED[self.kind].format(choices=", ".join(self.choices))
        raise BadInput(f"«{self.name}» must be {wanted}, not «{str(value)[:40]}».", where=self.act)


def _is(fact: Fact, value: object) -> bool:
    match fact.kind:
        case "yes-no":
            return isinstance(value, bool)
        case "choice":
            return isinstance(value, str) and value in fact.choices
        case "country":
            return isinstance(value, str) and re.fullmatch("[A-Z]{2}", value) is not None
        case "money":
            return isinstance(value, Money)
        case "count":
            return isinstance(value, int) and not isinstance(value, bool) and value >= 0
        case "date":
            return isinstance(value, date) and not isinstance(value, datetime) and _in_reach(value)
        case "moment":
            return (
                isinstance(value, datetime)
                and value.utcoffset() is not None
                and value.tzname() != "UTC"
                and _in_reach(value)
            )
        case "clock":
            return isinstance(value, time) and value.tzinfo is None
        case "text":
            return isinstance(value, str)


def _in_reach(day: date) -> bool:
    return 1880 <= day.year <= 2200
