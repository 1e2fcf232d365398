"""
What was heard: a record, whose words it holds, and how well that is known.

*signed* by them stands above *called back* (we rang a number we knew, and a second person listened), that above
*published* by them, and that above *told* by someone.
What was merely told never changes where anything stands; only the first two are a word that may be announced.
A report counts for what it says only where we made it ourselves: what another campaign reports of a third was
told to us.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import digest
from hustings.core.ledger.records import check_record

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGNED, CALLED_BACK, PUBLISHED, TOLD = "signed", "called_back", "published", "told"
GRADE = {SIGNED: 3, CALLED_BACK: 2, PUBLISHED: 1, TOLD: 0}


@dataclass(frozen=True, slots=True)
class Heard:
    """
    One record that was heard.

    ``name`` is the hash of the record that we hold, ``said`` the words themselves: the record, or what a report
    says somebody said. ``by`` is whose words they are.
    """

    name: str
    said: dict[str, Any]
    by: str
    evidence: str

    @classmethod
    def of(cls, record: Any, us: str) -> Heard:
        """The record as the node ``us`` heard it; its proof was verified before."""
        check_record(record)
        if record["type"] == "report":
            evidence = record["evidence"] if record["issuer"] == us else TOLD
            return cls(digest(record), record["record"], record["by"], evidence)
        return cls(digest(record), record, record["issuer"], SIGNED)

    @property
    def counts(self) -> bool:
        """Whether it changes where things stand."""
        return self.evidence != TOLD

    @property
    def is_their_word(self) -> bool:
        """Whether it may be quoted as theirs."""
        return self.evidence in (SIGNED, CALLED_BACK)

    @property
    def rank(self) -> tuple[int, str, str]:
        """Of two words of one party the higher counts: better known first, then later, then by name."""
        return GRADE[self.evidence], self.said["created"], self.name


def hear(records: Iterable[Any], us: str) -> tuple[list[Heard], list[str]]:
    """Each record once, whatever the order and however often it came; and why the others were passed over."""
    heard: dict[str, Heard] = {}
    passed: set[str] = set()
    for record in records:
        try:
            one = Heard.of(record, us)
        except BadInput as error:
            passed.add(error.message)
        else:
            heard[one.name] = one
    return [heard[name] for name in sorted(heard)], sorted(passed)
