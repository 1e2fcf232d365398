"""Whether a lot on record is what its record says: anyone can run this again, from the file alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hustings.core.contest.drawing.beacon import CHAINS, drawn_by_beacon
from hustings.core.contest.drawing.commit_reveal import reveal
from hustings.core.contest.tie import Tie
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.contest.lot import Lot

WITNESSED = ("device", "called_by", "order", "witnesses", "photo")
"""What a physical lot should say of itself."""


def check_lot(lot: Lot, tie: Tie) -> list[str]:
    """A sentence for each thing that is wrong or missing."""
    if lot.how == "physical":
        return [
            f"The lot for «{lot.step}» does not say its {name}."
            for name in WITNESSED
            if not lot.record.get(name)
        ]
    if lot.how == "handed in":
        return [f"Of the lot for «{lot.step}» no more is known than its outcome."]
    try:
        again = _again(lot, tie)
    except (BadInput, KeyError, TypeError, ValueError, AttributeError) as error:
        said = error.message if isinstance(error, BadInput) else "its record is not complete."
        return [f"The lot for «{lot.step}» does not hold: {said}"]
    wrong = []
    if set(again.chosen) != set(lot.chosen):
        wrong.append(
            f"The lot for «{lot.step}» fell on {', '.join(again.chosen)}, not on {', '.join(lot.chosen)}."
        )
    if again.record["context"] != lot.record.get("context"):
        wrong.append(f"The lot for «{lot.step}» was drawn for something else.")
    return wrong


def check_record(lot: Lot, unit: str = "") -> list[str]:
    """
    The same from the record alone, for a lot that a count has taken: its tie is the lot's own.

    Among many units a lot's step begins with the ``unit``; it may have been drawn under either name.
    """
    record = {"photo": lot.record.get("photo_sha256")} | lot.record
    steps = [lot.step, lot.step.removeprefix(f"{unit}: ")] if unit else [lot.step]
    found: list[str] = []
    for step in steps:
        try:
            tie = Tie(step, lot.among, len(lot.chosen), "", "")
        except ValueError:
            return [
                f"The lot for «{lot.step}» does not hold: it must choose some of several, each named once."
            ]
        found = check_lot(replace(lot, step=step, record=record), tie)
        if not found:
            return []
    return found


def _again(lot: Lot, tie: Tie) -> Lot:
    record: Mapping[str, Any] = lot.record
    if lot.how == "commit-reveal":
        nonces = {side: bytes.fromhex(nonce) for side, nonce in record["nonces"].items()}
        return reveal(record["contest"], tie, record["commitments"], nonces)
    return drawn_by_beacon(
        record["contest"],
        tie,
        CHAINS[record["beacon"]],
        record["round"],
        bytes.fromhex(record["signature"]),
        logged_at=record["logged_at"],
    )
