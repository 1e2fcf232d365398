"""
One row of a register, read: cells in, one clean entry out, every problem told.

This runs once a row for a million rows, so what can be decided once for the file is decided in the constructor,
and what repeats from row to row (an address, a date, a district) is remembered.
"""

from __future__ import annotations

import json
import re
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from hustings.core.register.dates import EVERY_SHAPE, parse_date
from hustings.core.register.header import column_key
from hustings.core.register.names import ANONYMOUS, fold, split_name
from hustings.core.register.numbers import ElectorNumber, join
from hustings.core.register.problems import ProblemKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hustings.core.register.layout import Layout

LONGEST_CELL = 1000
"""Characters. No name or address line comes near; a lost quote passes it within a few rows."""

CHANGES = {
    "created": "add", "added": "add", "add": "add", "new": "add", "addition": "add", "a": "add", "n": "add",
    "amended": "change", "changed": "change", "change": "change", "modified": "change",
    "edited": "change", "m": "change", "c": "change", "e": "change",
    "deleted": "remove", "removed": "remove", "delete": "remove", "remove": "remove",
    "deletion": "remove", "d": "remove",
}  # fmt: skip
"""What a change column may say, folded."""

_LOST = re.compile(r"\ufffd|(?<=\w)\?(?=\w)|\?(?=[a-z])")
_GB_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_US_ZIP = re.compile(r"([0-9]{5})-?([0-9]{4})?")


class CleanRow(NamedTuple):
    """
    One entry as it goes into the register; ``None`` where the file is silent.

    ``change`` is ``add``, ``change`` or ``remove`` where the row says so, else empty.
    Dates are ISO text. ``address`` is its lines joined by ", "; ``address_key`` is the same folded, with the postcode. ``facts`` is a JSON object of what else was mapped.
    ``new_address`` is false where the row before has the same address, as most rows of a register do.
    """

    row: int
    number: str
    change: str
    surname: str
    forename: str
    name_key: str
    district: str
    markers: str
    attains: str | None
    born: str | None
    born_year: str | None
    address: str
    address_key: str
    postcode: str
    uprn: str | None
    facts: str | None
    new_address: bool


class Word(NamedTuple):
    """A tidied name and its key; ``plain`` when nothing about it needs a second look."""

    text: str
    key: str
    plain: bool


UNKNOWN_WORD = Word("", "", plain=False)


class Columns:
    """Where in a row each meaning stands, for one layout and one header."""

    def __init__(self, layout: Layout, header: Sequence[str]) -> None:
        also = {column_key(other): column_key(name) for other, name in layout.also.items()}
        place: dict[str, int] = {}
        for position, name in enumerate(header):
            key = column_key(name)
            place.setdefault(also.get(key, key), position)
        self.width = len(header)
        self.place = {
            meaning: place[column_key(name)]
            for name, meaning in layout.columns.items()
            if column_key(name) in place
        }
        self.lines = tuple(
            tuple(place[column_key(name)] for name in line if column_key(name) in place)
            for line in layout.lines
        )
        self.lines = tuple(line for line in self.lines if line)

    def getter(self, meaning: str) -> Callable[[Sequence[str]], str] | None:
        """Takes the cell of that meaning out of a row; nothing if the file has no such column."""
        at = self.place.get(meaning)
        return None if at is None else itemgetter(at)

    def fits(self, cells: Sequence[str]) -> bool:
        """Whether the row has the header's number of cells; empty ones at its end are forgiven."""
        return len(cells) == self.width or (
            len(cells) > self.width and not any(cells[self.width :])
        )


class RowCleaner:
    """
    Reads the rows of a register or of an update to one.

    Parameters
    ----------
    layout, header
        What the columns mean, and their names in this file.
    report
        Called with (kind, row, cell) for every problem, at once and in the file's order.
    """

    def __init__(
        self,
        layout: Layout,
        header: Sequence[str],
        report: Callable[[ProblemKind, int, str], None],
    ) -> None:
        self.layout = layout
        self.report = report
        self.columns = columns = Columns(layout, header)
        self._dates = layout.dates or EVERY_SHAPE
        self._seen_dates: dict[str, str | None] = {}
        self._seen_facts: dict[tuple[str, ...], str | None] = {}
        self._statuses = {fold(code): state for code, state in layout.statuses.items()}
        get = columns.getter
        self._file_id, self._number = get("file_id"), get("number")
        self._prefix, self._part, self._suffix = (
            get("number_prefix"), get("number_part"), get("number_suffix")
        )  # fmt: skip
        self._full_name, self._surname, self._forename = (
            get("full_name"), get("surname"), get("forename")
        )  # fmt: skip
        self._middle, self._name_suffix = get("middle"), get("name_suffix")
        self._change, self._status = get("change"), get("status")
        self._markers, self._district = get("markers"), get("district")
        self._attains, self._born, self._year = get("attains"), get("born"), get("born_year")
        self._postcode, self._plus = get("postcode"), get("postcode_plus")
        self._uprn = get("uprn")
        kept = [m for m in ("party", "gender", "status", "registered_on", "ward") if get(m)]
        self._fact_names = tuple(kept)
        self._fact_places = tuple(columns.place[m] for m in kept)
        self._address_places = tuple(
            dict.fromkeys(
                [at for line in columns.lines for at in line]
                + [columns.place[m] for m in ("postcode", "postcode_plus") if m in columns.place]
            )
        )
        self._words: dict[str, Word] = {}
        self._two_names: tuple[int, int] | None = None
        if (
            self._surname
            and self._forename
            and not (self._middle or self._name_suffix or self._full_name)
        ):
            self._two_names = (columns.place["surname"], columns.place["forename"])
        self._last_raw: tuple[str, ...] = ()
        self._last_address: tuple[str, str, str, bool] = ("", "", "", False)

    def __call__(self, row: int, cells: Sequence[str]) -> CleanRow | None:
        """The entry on this row, or nothing if it must be left out; the problems go to ``report``."""
        report = self.report
        if len(cells) != self.columns.width and not self.columns.fits(cells):
            report(ProblemKind.ROW_WIDTH, row, str(len(cells)))
            return None
        if len("".join(cells)) > LONGEST_CELL and len(max(cells, key=len)) > LONGEST_CELL:
            report(ProblemKind.CELL_TOO_LONG, row, max(cells, key=len)[:40])
            return None
        number, district = self.identity(row, cells)
        if not number:
            return None
        change = ""
        if self._change:
            said = self._change(cells)
            change = CHANGES.get(fold(said), "")
            if not change:
                report(ProblemKind.CHANGE_UNKNOWN, row, said)
                return None
        facts = None
        if self._fact_names:
            facts = self.facts(cells)
        if self._status and self._statuses:
            said = " ".join(self._status(cells).split())
            state = self._statuses.get(fold(said))
            if state == "removed":
                change = "remove"
            elif state is None:
                report(ProblemKind.STATUS_UNKNOWN, row, said)
        if self._two_names:
            last = self._words.get(cells[self._two_names[0]]) or self.word(
                cells[self._two_names[0]]
            )
            first = self._words.get(cells[self._two_names[1]]) or self.word(
                cells[self._two_names[1]]
            )
        else:
            last = first = UNKNOWN_WORD
        if last.plain and first.plain:
            surname, forename, name_key = last.text, first.text, f"{last.key} {first.key}"
        else:
            surname, forename = self.names(row, cells, quiet=change == "remove")
            name_key = fold(f"{surname} {forename}")
        if self._district:
            district = " ".join(self._district(cells).split()) or district
        markers = "".join(self._markers(cells).split()).upper() if self._markers else ""
        if markers and self.layout.markers and not self.layout.markers.issuperset(markers):
            report(ProblemKind.MARKER_UNKNOWN, row, markers)
        raw = tuple([cells[at] for at in self._address_places])
        new_address = raw != self._last_raw
        if new_address:
            self._last_raw, self._last_address = raw, self.address(cells)
        address, address_key, postcode, odd = self._last_address
        if odd:
            report(ProblemKind.POSTCODE_ODD, row, postcode)
        if not address and surname and change != "remove":
            report(ProblemKind.NO_ADDRESS, row, "")
        year = self._year(cells).strip() if self._year else ""
        return CleanRow(
            row,
            number,
            change,
            surname,
            forename,
            name_key,
            district,
            markers,
            self.date(row, self._attains(cells)) if self._attains else None,
            self.date(row, self._born(cells)) if self._born else None,
            year if len(year) == 4 and year.isdigit() else None,
            address,
            address_key,
            postcode,
            (self._uprn(cells).strip() or None) if self._uprn else None,
            facts,
            new_address,
        )

    def identity(self, row: int, cells: Sequence[str]) -> tuple[str, str]:
        """What the entry is found by again, and its district as far as that says it; empty if unreadable."""
        if self._file_id:
            number = "".join(self._file_id(cells).split())
            if not number:
                self.report(ProblemKind.NO_NUMBER, row, "")
            elif len(number) > 40:
                self.report(ProblemKind.NUMBER_UNREADABLE, row, number[:40])
                number = ""
            return number, ""
        if self._part:
            prefix = self._prefix(cells).strip().upper() if self._prefix else ""
            part, suffix = self._part(cells), self._suffix(cells) if self._suffix else ""
            # The shape of nearly every row, without building a value for it.
            if part.isdigit() and part.isascii() and part[0] != "0" and len(part) < 10:
                if suffix in ("", "0"):
                    return (f"{prefix}-{part}" if prefix else part), prefix
                if suffix.isdigit() and suffix.isascii() and suffix[0] != "0":
                    return join(prefix, part, suffix), prefix
            said, found = f"{prefix} {part} {suffix}".strip(), None
            if part.strip():
                found = ElectorNumber.of_parts(prefix, part, suffix)
        else:
            said = self._number(cells).strip() if self._number else ""
            found = ElectorNumber.parse(said)
        if found is None:
            kind = ProblemKind.NUMBER_UNREADABLE if said else ProblemKind.NO_NUMBER
            self.report(kind, row, said[:40])
            return "", ""
        return str(found), found.district

    def word(self, cell: str) -> Word:
        """One name's cell, tidied and folded, and remembered: names come again and again."""
        if len(self._words) > 200_000:
            self._words.clear()
        text = " ".join(cell.split())
        key = fold(text)
        plain = bool(key) and "?" not in text and "\ufffd" not in text
        plain = plain and text.casefold() not in ANONYMOUS
        self._words[cell] = Word(text, key, plain)
        return self._words[cell]

    def names(self, row: int, cells: Sequence[str], *, quiet: bool) -> tuple[str, str]:
        """Surname and forenames; both empty for an anonymous entry."""
        surname = " ".join(self._surname(cells).split()) if self._surname else ""
        forename = " ".join(self._forename(cells).split()) if self._forename else ""
        if self._full_name and not surname:
            whole = " ".join(self._full_name(cells).split())
            if whole.casefold() in ANONYMOUS:
                return "", ""
            surname, forename = split_name(whole)
        if self._middle and (middle := " ".join(self._middle(cells).split())):
            forename = f"{forename} {middle}".strip()
        if self._name_suffix and (late := " ".join(self._name_suffix(cells).split())):
            surname = f"{surname} {late}".strip()
        if not surname:
            if forename.casefold() in ANONYMOUS:
                return "", ""
            if not forename:
                if not quiet:
                    self.report(ProblemKind.NO_NAME, row, "")
                return "", ""
        elif not forename and surname.casefold() in ANONYMOUS:
            return "", ""
        if ("?" in surname or "?" in forename or "\ufffd" in surname or "\ufffd" in forename) and (
            _LOST.search(f"{surname} {forename}")
        ):
            self.report(ProblemKind.LETTER_LOST, row, f"{surname} {forename}"[:80])
        return surname, forename

    def address(self, cells: Sequence[str]) -> tuple[str, str, str, bool]:
        """The address in one line, its key, the postcode, and whether the postcode looks odd."""
        postcode, odd = "", False
        if self._postcode:
            plus = self._plus(cells).strip() if self._plus else ""
            postcode, odd = clean_postcode(self._postcode(cells), plus, self.layout.country)
        lines = []
        bare = postcode.replace(" ", "")
        for places in self.columns.lines:
            if len(places) == 1:
                line = cells[places[0]]
                if not line:
                    continue
                line = " ".join(line.split())
            else:
                line = " ".join(" ".join([cells[at] for at in places]).split())
            if line and not (
                bare and line[-1].upper() == bare[-1] and line.replace(" ", "").upper() == bare
            ):
                lines.append(line)
        address = ", ".join(lines)
        key = address_key(address, bare)
        return address, key, postcode, odd

    def date(self, row: int, text: str) -> str | None:
        """ISO text of the date in a cell; nothing, and a problem, where it cannot be read."""
        text = text.strip()
        if not text:
            return None
        if text not in self._seen_dates:
            if len(self._seen_dates) > 100_000:
                self._seen_dates.clear()
            found = parse_date(text, self._dates)
            self._seen_dates[text] = found.isoformat() if found else None
        iso = self._seen_dates[text]
        if iso is None:
            self.report(ProblemKind.DATE_UNREADABLE, row, text[:40])
        return iso

    def facts(self, cells: Sequence[str]) -> str | None:
        """The mapped columns that have no place of their own, as a JSON object; nothing if all are empty."""
        values = tuple([cells[at] for at in self._fact_places])
        if values not in self._seen_facts:
            if len(self._seen_facts) > 100_000:
                self._seen_facts.clear()
            pairs = {
                name: value
                for name, cell in zip(self._fact_names, values, strict=True)
                if (value := " ".join(cell.split()))
            }
            if when := parse_date(pairs.get("registered_on", ""), self._dates):
                pairs["registered_on"] = when.isoformat()
            self._seen_facts[values] = json.dumps(pairs, ensure_ascii=False) if pairs else None
        return self._seen_facts[values]


def address_key(address: str, postcode: str) -> str:
    """What two ways of writing one address have in common; empty without an address."""
    if not address:
        return ""
    return f"{fold(address.replace(',', ' '))}|{postcode.replace(' ', '')}"


def clean_postcode(text: str, plus: str = "", country: str = "") -> tuple[str, bool]:
    """The postcode as it is written in its country, and whether it has an odd shape."""
    text = "".join(text.split()).upper()
    if not text:
        return "", False
    if country != "US" and _GB_POSTCODE.fullmatch(text):
        return f"{text[:-3]} {text[-3:]}", False
    if country != "GB" and (zip_code := _US_ZIP.fullmatch(text)):
        late = zip_code[2] or (plus if len(plus) == 4 and plus.isdigit() else "")
        return (f"{zip_code[1]}-{late}" if late and late != "0000" else zip_code[1]), False
    return text, country in ("GB", "US")
