"""
The seam for the phone app: batches of events in, an answer for each; and what changed on a walk.

``POST /w/events/`` with the phone's cookie and ``Content-Type: application/json``::

    {"events": [{…}, …], "people": [{"id": …, "door": …, "forename": …, "surname": …}, …],
     "sent_at": …, "first": 1, "newest": 57, "unsent": 3, "app": …, "format": 2, "device": …}

See ``report.py`` for the fields, and ``docs/reference/data.md``. The answer has one entry for each event,
in their order: ``{"id", "status", "message"}``, and the numbers of people who were erased. It is 200, or
409 when anything clashed, or 422 when anything was refused; what is stored is stored in either case.

There is no form token here: a browser lets no other site send this content type with the cookie.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.canvass import access, actions, changes
from hustings.apps.canvass.report import (
    MOST_IN_A_BATCH,
    OLDEST_FORMAT,
    report_from_json,
    somebody_from_json,
    told_from_json,
)
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Device
    from hustings.apps.accounts.requests import PhoneRequest
    from hustings.apps.canvass.actions import Outcome
    from hustings.apps.canvass.report import Somebody

MOST_BYTES = 10 * 1024 * 1024
"""Of one batch."""
FULL = {"53100", "53200"}
"""What the database says when its disk or its memory is full."""


class TooMuch(BadInput):
    """More than one batch may hold; nothing of it was taken in."""


@csrf_exempt
@never_cache
@require_POST
def events(request: PhoneRequest) -> JsonResponse:
    """Take a batch in."""
    try:
        device = access.was_let_in(request)
    except access.PhoneNotLetIn as error:
        return JsonResponse({"error": str(error)}, status=403)
    if request.content_type != "application/json":
        return JsonResponse({"error": "Send application/json."}, status=415)
    try:
        batch = _batch(request)
    except TooMuch as error:
        return JsonResponse({"error": str(error), **_limits(0)}, status=413)
    except BadInput as error:
        return JsonResponse({"error": str(error)}, status=422)
    if (sender := batch.get("device")) is not None and sender != str(device.public_id):
        return JsonResponse(
            {"error": "This batch is another phone's: only that one can send it."}, status=403
        )
    if _is_too_old(batch):
        sentence = "This app is too old to be understood here. Load it again; what is unsent stays."
        return JsonResponse({"error": sentence}, status=426)
    try:
        return _answer(device, batch)
    except OperationalError as error:
        # Nothing was taken in: an answer of 500 or more takes the whole request back.
        state = getattr(error.__cause__, "sqlstate", None)
        sentence = "The server could not keep this. It stays on the phone; send it again later."
        return JsonResponse({"error": sentence}, status=507 if state in FULL else 503)


def _answer(device: Device, batch: dict[str, Any]) -> JsonResponse:
    ahead = actions.heard_from(device, told_from_json(batch))
    taken = batch["events"][:MOST_IN_A_BATCH]
    reports, answers = [], []
    for item in taken:
        try:
            report = report_from_json(item)
        except BadInput as error:
            answers.append({"id": item.get("id"), "status": "refused", "message": str(error)})
        else:
            reports.append(report)
            answers.append({"id": item.get("id"), "report": report.id})
    recorded = actions.record(device, reports, _met(batch["people"]), ahead=ahead)
    outcomes: dict[object, Outcome] = {outcome.id: outcome for outcome in recorded}
    for answer in answers:
        if "report" in answer:
            outcome = outcomes[answer.pop("report")]
            answer.update(status=outcome.status, message=outcome.message)
    said: dict[str, Any] = {
        "events": answers, "erased": changes.erased_since(device), "at": timezone.now(),
    }  # fmt: skip
    statuses = {answer["status"] for answer in answers}
    status = 409 if "clash" in statuses else 422 if "refused" in statuses else 200
    if len(batch["events"]) > len(taken):
        sentence = f"Only the first {len(taken)} were taken in: send the others again."
        said |= {"error": sentence, **_limits(len(taken))}
        status = 413
    return JsonResponse(said, status=status)


def _met(items: list[dict[str, Any]]) -> list[Somebody]:
    """Those that can be read; an event that names another is refused by itself."""
    met = []
    for item in items:
        with contextlib.suppress(BadInput):
            met.append(somebody_from_json(item))
    return met


@never_cache
@require_GET
def walk_changes(request: PhoneRequest, turf_id: int) -> HttpResponse:
    """
    What changed on this phone's walk since ``?since=POSITION``; 304 while nothing did.

    A phone whose walk is over, or whose leave was taken back, is told that, and nothing else of the walk.
    """
    try:
        device = access.was_let_in(request)
    except access.PhoneNotLetIn as error:
        return JsonResponse({"error": str(error)}, status=403)
    mark = changes.mark_of(device, turf_id)
    if mark is None:
        return JsonResponse({"error": "This phone never carried that walk."}, status=404)
    asked = request.GET.get("since", "0")
    since = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    if request.headers.get("If-None-Match") == mark.etag:
        response = HttpResponse(status=304)
    else:
        response = JsonResponse(changes.changes_since(device, turf_id, mark, since))
    response["ETag"] = mark.etag
    return response


def _limits(resume_at: int) -> dict[str, int]:
    """Where to go on, counted from 0, and how much at once."""
    return {"resume_at": resume_at, "most_events": MOST_IN_A_BATCH, "most_bytes": MOST_BYTES}


def _is_too_old(batch: dict[str, Any]) -> bool:
    made_in = batch.get("format")
    return isinstance(made_in, int) and made_in < OLDEST_FORMAT


def _batch(request: PhoneRequest) -> dict[str, Any]:
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise TooMuch("This is more than 10 MB: send fewer events at once.", where="batch")
    try:
        batch = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput("This is not JSON.", where="batch") from error
    if not isinstance(batch, dict):
        raise BadInput("A batch is an object with «events».", where="batch")
    for name in ("events", "people"):
        items = batch.setdefault(name, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise BadInput(f"«{name}» is a list of objects.", where="batch")
    if len(batch["people"]) > MOST_IN_A_BATCH:
        raise TooMuch(f"Send at most {MOST_IN_A_BATCH} people at once.", where="people")
    return batch
