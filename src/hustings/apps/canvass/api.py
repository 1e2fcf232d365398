"""
The seam for the phone app: batches of events in, an answer for each.

``POST /w/events/`` with the phone's cookie and ``Content-Type: application/json``::

    {"events": [{…}, …], "people": [{"id": …, "door": …, "forename": …, "surname": …}, …]}

See ``report.py`` for the fields. The answer has one entry for each event, in their order:
``{"id", "status", "message"}`` with status ``stored``, ``known`` (the same came before), ``clash``,
``late`` (the walk is over for this phone; kept until an organiser decides) or ``refused``. The whole answer is 200, or 409 when anything clashed, or 422 when anything was refused; what
is stored is stored in either case.

There is no form token here: a browser lets no other site send this content type with the cookie.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hustings.apps.canvass import access, actions
from hustings.apps.canvass.report import MOST_IN_A_BATCH, report_from_json, somebody_from_json
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import PhoneRequest


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
        batch = _batch(request.body)
        items = batch["events"]
        met = [somebody_from_json(item) for item in batch["people"]]
    except BadInput as error:
        return JsonResponse({"error": str(error)}, status=422)
    reports, answers = [], []
    for item in items:
        try:
            report = report_from_json(item)
        except BadInput as error:
            answers.append({"id": item.get("id"), "status": "refused", "message": str(error)})
        else:
            reports.append(report)
            answers.append({"id": str(report.id)})
    outcomes = {str(outcome.id): outcome for outcome in actions.record(device, reports, met)}
    for answer in answers:
        if "status" not in answer:
            outcome = outcomes[str(answer["id"])]
            answer.update(status=outcome.status, message=outcome.message)
    statuses = {answer["status"] for answer in answers}
    status = 409 if "clash" in statuses else 422 if "refused" in statuses else 200
    return JsonResponse({"events": answers}, status=status)


def _batch(body: bytes) -> dict[str, list[dict[str, Any]]]:
    try:
        batch = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput("This is not JSON.", where="batch") from error
    if not isinstance(batch, dict):
        raise BadInput("A batch is an object with «events».", where="batch")
    lists = {name: batch.get(name, []) for name in ("events", "people")}
    for name, items in lists.items():
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise BadInput(f"«{name}» is a list of objects.", where="batch")
        if len(items) > MOST_IN_A_BATCH:
            raise BadInput(f"Send at most {MOST_IN_A_BATCH} at once.", where=name)
    return lists
