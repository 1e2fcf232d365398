"""Small registers for tests: nobody in them exists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from pathlib import Path

HEADER = (
    "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector Markers,Elector DOB,"
    "Elector Surname,Elector Forename,PostCode,Address1,Address2,Address3,Address4,Address5,Address6"
)
UPDATE_HEADER = (
    "ChangeTypeID,ElectorNumber,MarkersRegisterText,ElectorDOB,ElectorSurname,ElectorForename,"
    "PropertyAddress1,PropertyAddress2,PropertyAddress3,PropertyAddress4,PropertyAddress5,"
    "PropertyPostCode"
)


def line(
    number: int,
    surname: str = "Liles",
    forename: str = "Pat",
    house: int = 1,
    *,
    suffix: int = 0,
    markers: str = "",
) -> str:
    """One elector of Albert Lane."""
    return (
        f"WA1,{number},{suffix},{markers},,{surname},{forename},E17 4JG,{house} Albert Lane,"
        "Walthamstow,,,,"
    )


def register_file(folder: Path, *lines: str, name: str = "register.csv") -> Path:
    """A register in the 14-column layout."""
    path = folder / name
    path.write_text("\r\n".join([HEADER, *lines]) + "\r\n", encoding="utf-8")
    return path


def update_file(folder: Path, *lines: str, name: str = "update.csv") -> Path:
    """A monthly update."""
    path = folder / name
    path.write_text("\r\n".join([UPDATE_HEADER, *lines]) + "\r\n", encoding="utf-8")
    return path


TABLES = (
    "places_door", "people_household", "people_person", "people_contactpoint", "people_consent",
    "register_registerentry", "register_absentvote",
)  # fmt: skip


def everything(*, ids: bool = True) -> dict[str, list[Any]]:
    """All that imports write, to be compared; without ids, what they mean."""
    held = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select to_jsonb(t)::text from {table} t order by id")  # noqa: S608  # names above
            held[table] = [json.loads(row[0]) for row in cursor.fetchall()]
    if not ids:
        for rows in held.values():
            for row in rows:
                for name in list(row):
                    if name == "id" or name.endswith(("_id", "_at", "_in")):
                        del row[name]
            rows.sort(key=str)
    return held
