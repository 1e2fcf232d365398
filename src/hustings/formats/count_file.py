"""
COUNT.json: rules, input, lots and the count itself, so that anyone can count again from the one file.

Written one way only – fields in this order, names in the order of the input, no spaces, one line a field – so that
counting again gives the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hustings.core.contest.caucus.night import findings
from hustings.core.contest.drawing.check import check_record
from hustings.core.contest.lot import LotRefused, Lots
from hustings.core.contest.many import units_of
from hustings.core.contest.methods import METHODS
from hustings.core.contest.reading_lots import lots_of
from hustings.core.errors import BadInput
from hustings.formats.contest.beacon_signature import signature_of
from hustings.formats.contest.json_text import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.core.contest.count import Count
    from hustings.core.contest.lot import Lot

FORMAT = "hustings count 1"
LOT = "lot"
"""The code of what is not known of a lot."""
RANKED = {"irv", "stv"}
"""Their input is ballots, and has no units."""
WORKED_OUT = {"commit-reveal", "beacon"}
NOT_VERIFIED = "The signature of the lot for «{}» was not verified here; where Hustings is installed with «beacon» it can be."
FIELDS = ("format", "method", "rules", "input", "lots", "count", "checks")


@dataclass(frozen=True, slots=True)
class Checks:
    """What the judge says is wrong with the count, and what is odd in the reports it was made of."""

    wrong: tuple[str, ...]
    findings: tuple[tuple[str, str, str], ...]
    """Unit, code and sentence."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One count with all that it was made of."""

    method: str
    rules: Mapping[str, Any]
    said: Mapping[str, Any]
    lots: tuple[Lot, ...]
    count: Count
    checks: Checks | None = None

    def text(self) -> str:
        """The file."""
        values: list[tuple[str, Any]] = [
            ("format", FORMAT),
            ("method", self.method),
            ("rules", self.rules),
            ("input", self.said),
            ("lots", [lot.as_json() for lot in self.lots]),
            ("count", self.count.as_json()),
        ]
        if self.checks is not None:
            found = [list(one) for one in self.checks.findings]
            values.append(("checks", {"wrong": list(self.checks.wrong), "findings": found}))
        lines = [f'"{name}":{_compact(value)}' for name, value in values]
        return "{\n" + ",\n".join(lines) + "\n}\n"


def count_all(
    method: str,
    rules: Mapping[str, Any],
    said: Mapping[str, Any],
    lots: Sequence[Lot] = (),
    *,
    checked: bool = False,
) -> Counted:
    """
    Count, and judge where that is asked for.

    ``LotRefused`` for a lot that anyone can work out and that does not follow; a judged count is made all the same,
    and says so among what is wrong.
    """
    if method not in METHODS:
        raise BadInput(f"There is no method «{method[:60]}»; there are {', '.join(METHODS)}.")
    if rules.get("method") != method:
        raise BadInput(
            f"The rules «{rules.get('name')}» are for {rules.get('method')}, not for {method}."
        )
    counting = METHODS[method]
    count = counting.count(said, rules, Lots(lots))
    checks = None
    bent, missing = checked_lots(method, said, lots)
    if bent and not checked:
        raise LotRefused(bent[0])
    if checked:
        odd = findings(said, rules, Lots(lots)) if method == "caucus" else []
        checks = Checks(
            (*counting.check(said, rules, Lots(lots), count), *bent),
            (*((unit, one.check, one.sentence) for unit, one in odd), *missing),
        )
    return Counted(method, rules, said, tuple(lots), count, checks)


def checked_lots(
    method: str, said: Mapping[str, Any], lots: Sequence[Lot]
) -> tuple[list[str], list[tuple[str, str, str]]]:
    """
    What is wrong with the lots on record, and what of them is not known; those in the reports are among them.

    A lot that anyone can work out again is wrong where it does not follow; of one that was drawn by hand only what a
    witness would ask for can be missing.
    """
    units = [] if method in RANKED else units_of(said) or [said]
    reports = units if method == "caucus" else []
    names = sorted((one.get("unit", "") for one in units), key=len, reverse=True)
    of = [
        (next((name for name in names if name and lot.step.startswith(f"{name}: ")), ""), lot)
        for lot in lots
    ]
    of += [(one.get("unit", ""), lot) for one in reports for lot in lots_of(one.get("lots") or [])]
    wrong: list[str] = []
    missing: list[tuple[str, str, str]] = []
    for unit, lot in of:
        found = check_record(lot, unit)
        if lot.how not in WORKED_OUT:
            missing += [(unit, LOT, sentence) for sentence in found]
            continue
        wrong += found
        verdict = signature_of(lot) if lot.how == "beacon" and not found else "verified"
        if verdict == "wrong":
            wrong.append(f"The signature of the lot for «{lot.step}» is not the beacon's.")
        elif verdict == "not verified":
            missing.append((unit, LOT, NOT_VERIFIED.format(lot.step)))
    return wrong, missing


def parts_that_differ(counted: Counted, raw: bytes) -> tuple[str, ...]:
    """The fields in which a count file and what came of it are not the same; none where only its writing is another."""
    theirs, ours = json.loads(raw), json.loads(counted.text())
    return tuple(name for name in FIELDS if theirs.get(name) != ours.get(name))


def replay(raw: bytes, where: str) -> tuple[Counted, bool]:
    """Count again from the file alone; whether that gives the same bytes."""
    file = read_json(raw, where)
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        raise BadInput(f"This is no count; its «format» must be «{FORMAT}».", where=where)
    for name in FIELDS[:-1]:
        if name not in file:
            raise BadInput(f"«{name}» is missing.", where=where)
    if unknown := sorted(set(file) - set(FIELDS)):
        raise BadInput(f"«{unknown[0][:60]}» means nothing here.", where=where)
    if not isinstance(file["method"], str) or not all(
        isinstance(file[name], dict) for name in ("rules", "input", "count")
    ):
        raise BadInput(
            "«method» must be text, and «rules», «input» and «count» values by name.", where=where
        )
    try:
        again = count_all(
            file["method"],
            file["rules"],
            file["input"],
            lots_of(file["lots"]),
            checked="checks" in file,
        )
    except BadInput as error:
        raise BadInput(
            error.message, where=f"{where}, {error.where}" if error.where else where
        ) from error
    return again, again.text().encode("utf-8") == raw


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
