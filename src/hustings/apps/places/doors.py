"""
Making doors out of addresses, many at a time.

The seam for whoever brings addresses in: :func:`make_doors` takes what is typed and gives each address its
door, new or known.
"""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from hustings.core.places.address import number_key, parse_address, street_key
from hustings.formats.copy_text import copy_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


BATCH = 20_000


class TypedAddress(NamedTuple):
    """An address as a register has it; ``key`` is the household's ``address_key``, ``district`` empty if not known."""

    key: str
    address: str
    postcode: str
    uprn: str
    district: str = ""


_STAGE = """
create temp table typed_door (
    address_key text, address text, street text, street_key text, number text, number_key text, house int,
    unit text, postcode text, uprn text, district text, floor smallint
) on commit drop
"""

# A building is where there are units: several doors of one street, number and postcode.
_BUILDINGS = """
insert into places_building (campaign_id, street_key, number_key, postcode, name, access_note, hazard_note)
select %(campaign)s, street_key, number_key, postcode, min(number || ' ' || street), '', ''
from typed_door where unit <> '' and street_key <> ''
group by street_key, number_key, postcode
on conflict (campaign_id, street_key, number_key, postcode) do nothing
"""

# Looked up door by door, and planned for any campaign (hence the subquery): the planner knows nothing of
# buildings that this transaction made.
_DOORS = """
insert into places_door (campaign_id, address_key, address, street, street_key, number, house, unit, postcode,
    district, uprn, building_id, floor, staircase, precision, placed_from)
select %(campaign)s, t.address_key, t.address, t.street, t.street_key, t.number, t.house, t.unit, t.postcode,
    t.district, t.uprn, case when t.unit <> '' then (
        select b.id from places_building b where b.campaign_id = (select %(campaign)s::uuid)
        and b.street_key = t.street_key and b.number_key = t.number_key and b.postcode = t.postcode
    ) end, t.floor, 0, 0, ''
from typed_door t
on conflict (campaign_id, address_key) do nothing
"""


def door_line(typed: TypedAddress) -> str:
    """An address, read, as a line for :func:`make_read_doors`; needs no database."""
    said = parse_address(typed.address)
    return copy_line(
        (
            typed.key, typed.address, said.street, street_key(said.street), said.number,
            number_key(said.number), said.house, said.unit, typed.postcode, typed.uprn,
            typed.district, said.floor,
        )
    )  # fmt: skip


def make_doors(campaign_id: UUID, addresses: Iterable[TypedAddress]) -> int:
    """
    A door for each address that has none yet; returns how many were new.

    In the caller's transaction and campaign. Doors that are there stay as they are, placed or not.
    """
    return make_read_doors(campaign_id, map(door_line, addresses))


def make_read_doors(campaign_id: UUID, lines: Iterable[str]) -> int:
    """:func:`make_doors` for addresses that were read before."""
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists typed_door")
        cursor.execute(_STAGE)
        # Batch by batch: the addresses may be read from this very connection, which is busy during a copy.
        for batch in batched(lines, BATCH):
            with cursor.copy("copy typed_door from stdin") as copy:
                copy.write("".join(batch))
        cursor.execute(_BUILDINGS, {"campaign": campaign_id})
        cursor.execute(_DOORS, {"campaign": campaign_id})
        return int(cursor.rowcount)
