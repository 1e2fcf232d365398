"""Which layout a table is in, or what else it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput
from hustings.core.register.dates import EVERY_SHAPE, parse_date
from hustings.core.register.header import column_key
from hustings.core.register.mapping import guess_columns
from hustings.formats.register.layouts import all_layouts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.core.register.layout import Layout
    from hustings.core.register.mapping import Guess
    from hustings.formats.register.table import Table

_STATIONS = (
    "a polling-station export of {who}: it says at which station each property votes and holds no"
    " electors. Ask the electoral registration officer for the full register in data form"
)
_FOREIGN: tuple[tuple[frozenset[str], str], ...] = tuple(
    (frozenset(columns.split()), what)
    for columns, what in (
        ("houseid housenumber pollingstationname pollingstationnumber", _STATIONS.format(who="Idox Eros")),
        ("pollingvenueid pollingstationname pollingdistrictid", _STATIONS.format(who="Halarose")),
        ("propertyurn pollingplaceid pollingplacename", _STATIONS.format(who="Xpress (Democracy Club)")),
        ("propertynumber streetname pollingplaceid pollingdistrictreference", _STATIONS.format(who="Xpress (web lookup)")),
        ("add1 postcode stationcode placename", _STATIONS.format(who="Democracy Counts (stations)")),
        ("add1 postcode stationcode uprn", _STATIONS.format(who="Democracy Counts (districts)")),
        ("add1 placename pollingstationid stationcode", _STATIONS.format(who="Democracy Counts (stations)")),
        ("prouprn premid premname", _STATIONS.format(who="the Electoral Office for Northern Ireland")),
        ("address uprn postcode pollingstation", _STATIONS.format(who="a council (addresses with stations)")),
        ("internalcouncilid address postcode lng lat", _STATIONS.format(who="a council (list of stations)")),
        ("strandid ward code electoradd1", _STATIONS.format(who="a council (street index)")),
        ("electornumber electornumberprefix marked", "a marked register: it says who was given a ballot paper. Marked registers cannot be imported yet"),
        ("uprn pollingdistrict street lat lon", "an address file with coordinates. Import it with: hustings places import"),
        ("lon lat number street", "an address file with coordinates. Import it with: hustings places import"),
        ("ncid electionlbl votingmethod", "a voting history. Histories cannot be imported yet; the voter file itself can"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recognised:
    """The layout a table is in and the header to read it by; no layout: map it by hand from ``guesses``."""

    layout: Layout | None
    header: tuple[str, ...]
    has_header: bool
    guesses: tuple[Guess, ...] = ()


def recognise(table: Table, layout: Layout | None = None) -> Recognised:
    """
    The layout of a table; ``layout`` if the user named one, once it is seen to fit.

    Raises
    ------
    BadInput
        It is something else that we know by name, or does not fit the named layout.
    """
    keys = frozenset(column_key(name) for name in table.first)
    if layout is not None:
        if missing := _missing(layout, keys):
            if not (layout.header and _fits_without_header(layout, table)):
                raise BadInput(
                    f"The file is not in the layout {layout.name}: it has no column"
                    f" {', '.join(sorted(missing))}.",
                    where=table.where,
                )
            return Recognised(layout, layout.header, has_header=False)
        return Recognised(layout, table.first, has_header=True)
    best = max(
        (known for known in all_layouts() if not _missing(known, keys)),
        key=lambda known: _found(known, keys),
        default=None,
    )
    if best:
        return Recognised(best, table.first, has_header=True)
    if other := something_else(table):
        raise BadInput(f"This is {other}.", where=table.where)
    bare = [known for known in all_layouts() if known.header and _fits_without_header(known, table)]
    if len(bare) == 1:
        return Recognised(bare[0], bare[0].header, has_header=False)
    return Recognised(None, table.first, True, tuple(guess_columns(table.first, table.sample)))


def something_else(table: Table) -> str:
    """What the table is, in words, where we know it by name and it is no register; else empty."""
    keys = frozenset(column_key(name) for name in table.first)
    return next((what for columns, what in _FOREIGN if columns <= keys), "")


def _also(layout: Layout) -> dict[str, str]:
    return {column_key(other): column_key(name) for other, name in layout.also.items()}


def _known_as(layout: Layout, keys: frozenset[str]) -> frozenset[str]:
    also = _also(layout)
    return frozenset(also.get(key, key) for key in keys)


def _missing(layout: Layout, keys: frozenset[str]) -> set[str]:
    """Columns the layout needs and the header has not."""
    have = _known_as(layout, keys)
    lines = [{column_key(name) for name in line} for line in layout.lines]
    missing = {
        name
        for name in (layout.required or frozenset(layout.columns))
        if column_key(name) not in have
    }
    if layout.lines and not layout.required and not any(line & have for line in lines):
        missing |= set(layout.lines[0])
    return missing


def _found(layout: Layout, keys: frozenset[str]) -> tuple[int, int]:
    have = _known_as(layout, keys)
    found = sum(1 for name in layout.used if column_key(name) in have)
    return found, -len(layout.used)


def _fits_without_header(layout: Layout, table: Table) -> bool:
    """Whether a file without a header has this layout's shape: its width, its dates, its statuses."""
    header = [column_key(name) for name in layout.header]
    rows: list[Sequence[str]] = [table.first, *table.sample[:20]]
    if any(len(row) != len(header) for row in rows[:-1]):
        return False
    tests = 0
    for name, meaning in layout.columns.items():
        at = header.index(column_key(name))
        cells = [row[at].strip() for row in rows if len(row) == len(header) and row[at].strip()]
        if not cells:
            continue
        if meaning in ("born", "registered_on", "attains"):
            tests += 1
            if not all(parse_date(cell, layout.dates or EVERY_SHAPE) for cell in cells):
                return False
        elif meaning == "status" and layout.statuses:
            tests += 1
            if not all(
                cell.casefold() in {s.casefold() for s in layout.statuses} for cell in cells
            ):
                return False
        elif meaning == "postcode":
            tests += 1
            if not all(cell[:5].isdigit() for cell in cells):
                return False
    return tests > 0
