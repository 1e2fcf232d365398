"""What can be wrong with one row: a closed list, each kind with a sentence and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation; whoever shows it translates it."""
    return sentence


class ProblemKind(Enum):
    """
    One kind of problem.

    Each member holds: its code, whether the row is left out for it, what is wrong, what to do.
    """

    ROW_WIDTH = (
        "row_width",
        True,
        gettext_noop("The row has another number of cells than the header."),
        gettext_noop(
            "Look for a stray delimiter, quote or line break in this row; a file that ends early"
            " shows here too."
        ),
    )
    NO_NUMBER = (
        "no_number",
        True,
        gettext_noop("The row has no elector number and no id."),
        gettext_noop("Without it the next file could not find this entry again. Ask the source."),
    )
    NUMBER_UNREADABLE = (
        "number_unreadable",
        True,
        gettext_noop("The elector number cannot be read."),
        gettext_noop("It should look like AB-123, AB-123/1 or 123.1."),
    )
    NUMBER_TWICE = (
        "number_twice",
        True,
        gettext_noop("The same elector number or id stands on an earlier row of this file."),
        gettext_noop("The first row counts. Ask the source which one is right."),
    )
    CHANGE_UNKNOWN = (
        "change_unknown",
        True,
        gettext_noop("The row does not say whether it adds, changes or removes."),
        gettext_noop("The change column should say Created, Amended or Deleted."),
    )
    NOT_ON_REGISTER = (
        "not_on_register",
        True,
        gettext_noop("The row speaks of an entry that is not on the register here."),
        gettext_noop("Import the register first, or a newer one."),
    )
    ALREADY_THERE = (
        "already_there",
        False,
        gettext_noop("The row says it is new, but the entry is there already."),
        gettext_noop("Nothing to do: it is treated as a change."),
    )
    NO_NAME = (
        "no_name",
        False,
        gettext_noop("The row has no name and does not say that it is anonymous."),
        gettext_noop("It is kept as an entry without a name."),
    )
    LETTER_LOST = (
        "letter_lost",
        False,
        gettext_noop("A letter of the name was lost before the file came here."),
        gettext_noop("Ask for the file in UTF-8, or correct the name by hand."),
    )
    NO_ADDRESS = (
        "no_address",
        False,
        gettext_noop("The row has no address."),
        gettext_noop("The entry is kept, but has no door."),
    )
    POSTCODE_ODD = (
        "postcode_odd",
        False,
        gettext_noop("The postcode does not have the shape of one."),
        gettext_noop("It is kept as it is, but cannot place a door on the map."),
    )
    DATE_UNREADABLE = (
        "date_unreadable",
        False,
        gettext_noop("A date cannot be read."),
        gettext_noop("The date is left out, the rest of the row is kept."),
    )
    MARKER_UNKNOWN = (
        "marker_unknown",
        False,
        gettext_noop("The franchise marker is not one we know."),
        gettext_noop("It is kept as it is."),
    )
    STATUS_UNKNOWN = (
        "status_unknown",
        False,
        gettext_noop("The voter status is not one the layout knows."),
        gettext_noop("The entry is kept as registered. Check the layout."),
    )
    CELL_TOO_LONG = (
        "cell_too_long",
        True,
        gettext_noop("A cell holds more than 1,000 characters."),
        gettext_noop("Look for a missing quote or line break before this row."),
    )
    KIND_UNKNOWN = (
        "kind_unknown",
        True,
        gettext_noop("The kind of absent vote cannot be read."),
        gettext_noop("It should be postal, proxy or postal proxy."),
    )
    CONTACT_UNREADABLE = (
        "contact_unreadable",
        False,
        gettext_noop("A telephone number or e-mail address cannot be used."),
        gettext_noop("It is left out. Two numbers in one cell are never merged: split the cell."),
    )
    PERSON_NOT_FOUND = (
        "person_not_found",
        True,
        gettext_noop("Nobody of this name at this address is on the register here."),
        gettext_noop("Check the spelling, or add the elector number to the file."),
    )
    PERSON_UNCLEAR = (
        "person_unclear",
        True,
        gettext_noop("More than one person fits this name and address."),
        gettext_noop("Add the elector number to the file."),
    )

    ERASED = (
        "erased",
        True,
        gettext_noop("The row is about somebody who was erased here."),
        gettext_noop(
            "Nothing to do: they stay out. Their name is not kept, only that they stay out."
        ),
    )

    def __init__(self, code: str, leaves_out: bool, sentence: str, advice: str) -> None:
        self.code = code
        self.leaves_out = leaves_out
        self.sentence = sentence
        self.advice = advice

    @classmethod
    def of(cls, code: str) -> ProblemKind:
        """The kind with this code; ``KeyError`` if there is none."""
        return _BY_CODE[code]


_BY_CODE = {kind.code: kind for kind in ProblemKind}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem on one row; ``row`` counts the file's records from 1, the header being row 1."""

    kind: ProblemKind
    row: int
    cell: str = ""
