"""PLAN.csv: ``door_id, turf, stop``, every door once, stops 1… in walking order."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hustings.core.errors import BadInput
from hustings.core.turf.plan import Plan
from hustings.formats.doors_csv import open_text, rows_of, whole_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

COLUMNS = ("door_id", "turf", "stop")
LARGEST = 2_000_000_000


@dataclass(frozen=True, slots=True, eq=False)
class PlanFile:
    """The rows of a plan as they stand in the file: nothing is checked against the doors yet."""

    ids: list[str]
    turf: NDArray[np.int32]
    stop: NDArray[np.int32]

    def on(self, ids: Sequence[str]) -> Plan:
        """
        The plan in the order of these doors; turf 0 and stop 0 where the file does not name a door.

        Doors of the file that are not among ``ids`` are passed over. Of a door that comes twice the
        last row counts; :meth:`repeated` and :meth:`unknown` tell of both.
        """
        turf, stop = np.zeros(len(ids), np.int32), np.zeros(len(ids), np.int32)
        place = {door_id: at for at, door_id in enumerate(ids)}
        for row, door_id in enumerate(self.ids):
            at = place.get(door_id)
            if at is not None:
                turf[at], stop[at] = self.turf[row], self.stop[row]
        return Plan(turf, stop)

    def repeated(self) -> list[str]:
        """Ids that come more than once."""
        return [door_id for door_id, times in Counter(self.ids).items() if times > 1]

    def unknown(self, ids: Sequence[str]) -> list[str]:
        """Ids of the file that are not among the doors."""
        known = set(ids)
        return [door_id for door_id in self.ids if door_id not in known]


def read_plan(path: Path | str) -> PlanFile:
    """
    Read PLAN.csv.

    Raises
    ------
    BadInput
        With file, row and field when it is no plan at all. A plan that forgets a door or names one
        twice is read all the same: judging it is the judge's business.
    """
    name = str(path)
    ids: list[str] = []
    turfs: list[int] = []
    stops: list[int] = []
    with open_text(path) as file:
        rows = rows_of(file, name, COLUMNS)
        header = next(rows)[1]
        at_id, at_turf, at_stop = (header.index(column) for column in COLUMNS)
        for line, row in rows:
            ids.append(row[at_id].strip())
            turfs.append(_number(row[at_turf], f"{name}, row {line}, turf"))
            stops.append(_number(row[at_stop], f"{name}, row {line}, stop"))
    return PlanFile(ids, np.array(turfs, np.int32), np.array(stops, np.int32))


def _number(text: str, where: str) -> int:
    text = text.strip()
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LARGEST:
        raise BadInput(f"«{text[:40]}» is no number; write 1, 2, 3 …", where=where)
    return int(text)


def write_plan(path: Path | str, ids: Sequence[str], plan: Plan) -> None:
    """Write a plan turf by turf in walking order; the file appears whole or not at all."""
    order = np.lexsort((plan.stop, plan.turf))
    with whole_file(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((ids[at], plan.turf[at], plan.stop[at]) for at in order)
