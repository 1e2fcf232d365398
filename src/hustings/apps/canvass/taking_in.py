"""
A file of unsent answers, saved on a phone that could not send them: the same events, taken in by an organiser.

Whichever arrives first, the file or the phone, each event is there once.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hustings.apps.audit.actions import record as audit
from hustings.apps.canvass import access, actions
from hustings.apps.canvass.report import (
    MOST_IN_A_BATCH,
    report_from_json,
    somebody_from_json,
)
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Device
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign

WHAT = "unsent answers"
MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: whose phone it was, how many of each, and why some were refused."""

    device: Device
    new: int
    known: int
    waiting: int
    refused: list[str]


def take_in(campaign: Campaign, content: bytes, *, by: Actor) -> Taken:
    """
    Take in a file that the phone app saved.

    Raises
    ------
    BadInput
        When it is no such file, or of a phone that this campaign does not know.
    """
    file = _read(content)
    public_id = _phone_of(file)
    device = access.phone_by_public_id(campaign, public_id) if public_id else None
    if device is None:
        raise BadInput("No phone of this campaign saved this file.", where="file")
    people = [somebody_from_json(item) for item in _objects(file, "people")]
    counts: Counter[str] = Counter()
    refused: list[str] = []
    reports = []
    for item in _objects(file, "events"):
        try:
            reports.append(report_from_json(item))
        except BadInput as error:
            refused.append(str(error))
    for start in range(0, len(reports), MOST_IN_A_BATCH):
        batch = reports[start : start + MOST_IN_A_BATCH]
        met = {report.met for report in batch if report.met}
        outcomes = actions.record(device, batch, [each for each in people if each.id in met])
        counts.update(outcome.status for outcome in outcomes)
        refused += [outcome.message for outcome in outcomes if outcome.status == "refused"]
    audit(
        by, "phone.take_in", subject="device", subject_id=device.pk,
        count=max(len(reports) + len(refused), 1),
    )  # fmt: skip
    waiting = counts["late"] + counts["clash"]
    return Taken(device, counts["stored"], counts["known"], waiting, refused)


def _read(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise BadInput("This file is larger than any that the phone app saves.", where="file")
    try:
        file = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadInput("This is not a file that the phone app saved.", where="file") from error
    if not isinstance(file, dict) or file.get("what") != WHAT:
        raise BadInput("This is not a file that the phone app saved.", where="file")
    if file.get("version") != 1:
        raise BadInput("A newer app saved this file; update Hustings first.", where="file")
    return file


def _phone_of(file: dict[str, Any]) -> UUID | None:
    phone = file.get("phone")
    try:
        return UUID(str(phone["id"])) if isinstance(phone, dict) else None
    except (KeyError, ValueError):
        return None


def _objects(file: dict[str, Any], name: str) -> list[dict[str, Any]]:
    items = file.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadInput(f"«{name}» of this file is not a list of objects.", where="file")
    return items
