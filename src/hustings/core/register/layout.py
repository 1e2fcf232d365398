"""A layout: what the columns of one source mean. Declared, not programmed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["register", "update", "absent", "contacts"]
"""
``register``: entries. ``update``: entries with a column that says what happens to each.
``absent``: absent votes by elector number. ``contacts``: telephone and e-mail of people on the register.
"""

FIELDS = frozenset(
    {
        # who: by elector number (whole or in parts), or by an id of the file's own
        "number", "number_prefix", "number_part", "number_suffix", "file_id",
        "surname", "forename", "middle", "name_suffix", "full_name",
        # what the authority says
        "markers", "attains", "born", "born_year", "status", "party", "gender", "registered_on",
        "district", "ward", "change",
        # where (the lines of an address are declared apart)
        "postcode", "postcode_plus", "uprn",
        # absent votes
        "absent_kind", "expires",
        # contacts
        "phone", "email", "consent", "consent_source", "consent_on",
    }
)  # fmt: skip
"""Every meaning a column can have, besides being part of the address."""

NEEDED: dict[Kind, tuple[frozenset[str], ...]] = {
    "register": (frozenset({"number", "number_part", "file_id"}),),
    "update": (frozenset({"number", "number_part", "file_id"}), frozenset({"change"})),
    "absent": (frozenset({"number", "number_part", "file_id"}), frozenset({"absent_kind"})),
    "contacts": (
        frozenset({"phone", "email"}),
        frozenset({"number", "number_part", "file_id", "full_name", "surname"}),
    ),
}
"""For each kind, sets of meanings of which one must be there."""


@dataclass(frozen=True, slots=True)
class Layout:
    """
    What the columns of one source mean.

    Parameters
    ----------
    name, title, source
        Its name on the command line, its name for people, and where the facts were read.
    kind
        What a file in this layout holds.
    columns
        Column name to meaning (one of ``FIELDS``).
    lines
        The lines of the address; each is the columns that are joined by a space to make it.
    header
        The column names in order, for files without a header row; empty where the file names its own.
    also
        Other names a column goes by in other years: other name to the name used here.
    dates
        Shapes of dates, tried in turn.
    statuses
        Code of a status to ``active``, ``inactive`` or ``removed``; empty where every row is registered.
    markers
        The franchise markers this source uses, one letter each; empty where it has none.
    country
        Two letters; says how a postcode is written. Empty: not known.
    required
        Columns a header must have to be taken for this layout; empty for all of ``columns``.
    """

    name: str
    title: str
    source: str
    kind: Kind
    columns: dict[str, str]
    lines: tuple[tuple[str, ...], ...] = ()
    header: tuple[str, ...] = ()
    also: dict[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    statuses: dict[str, str] = field(default_factory=dict)
    markers: frozenset[str] = frozenset()
    country: str = ""
    required: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        unknown = set(self.columns.values()) - FIELDS
        if unknown:
            raise ValueError(f"layout {self.name}: no such meaning: {', '.join(sorted(unknown))}")
        twice = [m for m in set(self.columns.values()) if list(self.columns.values()).count(m) > 1]
        if set(twice) - {"phone", "email"}:
            raise ValueError(f"layout {self.name}: two columns mean {', '.join(sorted(twice))}")
        for one_of in NEEDED[self.kind]:
            if not one_of & set(self.columns.values()):
                raise ValueError(
                    f"layout {self.name}: a file of this kind needs a column for"
                    f" {' or '.join(sorted(one_of))}"
                )

    @property
    def used(self) -> frozenset[str]:
        """Every column name this layout reads."""
        return frozenset(self.columns) | {name for line in self.lines for name in line}
