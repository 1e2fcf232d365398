"""An event as a phone sends it: read, or refused with a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from hustings.apps.contests.models import Report
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Collection

FORMAT = 1
MOST = 10_000_000
"""No count of one unit is larger."""
MOST_LOTS = 20
LONGEST = 300
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
DAYS_AHEAD = 2
"""No clock that is set is further ahead, wherever it is."""


@dataclass(frozen=True, slots=True)
class LotSaid:
    """A lot that was drawn in the room, as it was written down there."""

    id: UUID
    step: str
    among: tuple[str, ...]
    chosen: tuple[str, ...]
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One event; ``practice`` ones are kept, and count nowhere."""

    id: UUID
    practice: bool
    unit_id: int
    phase: str
    numbers: dict[str, Any]
    reported_at: datetime
    corrects: UUID | None
    lots: tuple[LotSaid, ...]


def said_in(item: dict[str, Any], codes: Collection[str], phases: Collection[str]) -> Said:
    """
    The event that ``item`` is, for a contest with these candidates and phases.

    Raises
    ------
    BadInput
        Naming the field.
    """
    phase = item.get("phase")
    if phase not in phases:
        raise BadInput(f"This contest reports {', '.join(phases)}.", where="phase")
    unit_id = item.get("unit")
    if not isinstance(unit_id, int) or isinstance(unit_id, bool) or not 0 < unit_id < 2**63:
        raise BadInput("It must be a unit’s number.", where="unit")
    kind = item.get("kind")
    if kind not in ("report", "practice"):  # no set: it may be a list, of which none can be asked
        raise BadInput("It must be a report or a practice.", where="kind")
    corrects = item.get("corrects")
    return Said(
        id=_uuid(item.get("id"), "id"),
        practice=kind == "practice",
        unit_id=unit_id,
        phase=str(phase),
        numbers=numbers_in(item.get("numbers"), codes, str(phase)),
        reported_at=_moment(item.get("reported_at")),
        corrects=None if corrects is None else _uuid(corrects, "corrects"),
        lots=_lots(item.get("lots", []), codes),
    )


def numbers_in(said: Any, codes: Collection[str], phase: str) -> dict[str, Any]:
    """What is counted, by candidate, with attendance in the first phase and what was spoilt in the final one."""
    if not isinstance(said, dict) or not isinstance(said.get("counts"), dict):
        raise BadInput("It needs «counts», a number for each candidate.", where="numbers")
    strange = sorted(str(code)[:40] for code in said["counts"] if code not in codes)
    if strange:
        raise BadInput(f"{', '.join(strange[:5])} does not stand here.", where="counts")
    counts = {
        code: _whole(said["counts"][code], f"counts of {code}")
        for code in codes
        if code in said["counts"]
    }
    if not counts:
        raise BadInput("No number was filled in.", where="counts")
    found: dict[str, Any] = {"counts": counts}
    if phase != Report.Phase.DELEGATES:
        for name in ("attendance", "spoilt"):
            if said.get(name) is not None:
                found[name] = _whole(said[name], name)
    return found


def _whole(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput("It must be a whole number.", where=where)
    if value < 0:
        raise BadInput(f"It must not be negative: {value}.", where=where)
    if value > MOST:
        raise BadInput(f"It is more than {MOST:,}.", where=where)
    return value


def _uuid(value: Any, where: str) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise BadInput("It is no id.", where=where) from error


def _moment(value: Any) -> datetime:
    found: datetime | None = None
    if isinstance(value, str):
        try:
            found = parse_datetime(value)
        except ValueError:
            found = None
    if found is None or timezone.is_naive(found):
        raise BadInput("It must be a moment with its time zone.", where="reported_at")
    if not is_of_our_time(found):
        raise BadInput(
            f"The clock of this phone says {value}. Set it, and write the report down anew.",
            where="reported_at",
        )
    return found


def is_of_our_time(moment: datetime) -> bool:
    """Whether a clock that is not set, or somebody who means harm, would not say so."""
    return EARLIEST <= moment <= timezone.now() + timedelta(days=DAYS_AHEAD)


def _lots(said: Any, codes: Collection[str]) -> tuple[LotSaid, ...]:
    if not isinstance(said, list) or len(said) > MOST_LOTS:
        raise BadInput(f"It must be a list of at most {MOST_LOTS}.", where="lots")
    return tuple(lot_in(lot, codes) for lot in said)


def lot_in(lot: Any, codes: Collection[str]) -> LotSaid:
    """One lot: which tie, among whom, on whom, and what a witness would ask for."""
    if not isinstance(lot, dict):
        raise BadInput("It must be an object.", where="lots")
    among, chosen = _codes(lot.get("among"), codes), _codes(lot.get("chosen"), codes)
    if not among or not chosen or len(chosen) >= len(among) or not set(chosen) <= set(among):
        raise BadInput("It must say among whom it was drawn, and on whom it fell.", where="lots")
    step = lot.get("step")
    if not isinstance(step, str) or not 0 < len(step) <= LONGEST or not _can_be_kept(step):
        raise BadInput("It must say for which tie it was drawn.", where="lots")
    record = lot.get("record", {})
    if not isinstance(record, dict) or not all(
        isinstance(value, str) and len(value) <= LONGEST and _can_be_kept(name + value)
        for name, value in record.items()
    ):
        raise BadInput(f"Its record must be texts of at most {LONGEST} letters.", where="lots")
    return LotSaid(_uuid(lot.get("id"), "lots"), step, among, chosen, record)


def _can_be_kept(text: str) -> bool:
    """The database keeps no NUL, and half a surrogate is no letter."""
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)


def _codes(said: Any, codes: Collection[str]) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(code in codes for code in said):
        raise BadInput("It names somebody who does not stand here.", where="lots")
    return tuple(dict.fromkeys(said))
