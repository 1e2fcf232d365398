"""
Which version of another campaign's design counts, and which is refused.

Versions only count up. One that is known already may come again; the same number with other content is shown to be
two-faced, and a lower number than one we have is old: both are refused, and the records are the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_OF_THE_RECORD = ("id", "created", "proof")


class NotNewer(BadInput):
    """A version that must not take the place of one that is known; ``known`` is the hash of its content."""

    def __init__(self, message: str, known: Edition) -> None:
        super().__init__(message)
        self.known = known


@dataclass(frozen=True, slots=True)
class Edition:
    """One version: whose, of which design, its number, and the hash of all it says but when and under which id."""

    issuer: str
    design: str
    version: int
    content: str

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Edition:
        """The edition that a record of the type ``release`` is; ``BadInput`` where it names no design."""
        if not is_edition(record):
            raise BadInput("This release does not say which design it is a version of.")
        bare = {name: part for name, part in record.items() if name not in _OF_THE_RECORD}
        return cls(record["issuer"], record["design"], record["version"], digest(bare))

    @property
    def series(self) -> tuple[str, str]:
        """What versions follow one another in."""
        return self.issuer, self.design


def is_edition(record: Mapping[str, Any]) -> bool:
    """Whether a release names the design that it is a version of."""
    return bool(record.get("design") and record.get("title"))


def check_next(new: Edition, known: Iterable[Edition]) -> None:
    """Nothing, if ``new`` may be taken in beside what is known; :class:`NotNewer` otherwise."""
    mine = sorted((one for one in known if one.series == new.series), key=lambda one: one.version)
    if any(one == new for one in mine):
        return
    for one in mine:
        if one.version == new.version:
            raise NotNewer(
                f"They gave version {new.version} of this out before, with other content. Ask them which is true.",
                one,
            )
    if mine and mine[-1].version > new.version:
        raise NotNewer(
            f"This is version {new.version}, and version {mine[-1].version} is here already: an older one takes nothing back.",
            mine[-1],
        )


def newest(known: Iterable[Edition]) -> dict[tuple[str, str], int]:
    """The highest version of each design."""
    found: dict[tuple[str, str], int] = {}
    for one in known:
        found[one.series] = max(one.version, found.get(one.series, one.version))
    return found
