"""The phone's reply to a question about its answers: from the app as data, from the plain pages as a form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hustings.apps.accounts.access import NotHere
from hustings.apps.canvass import access, asking
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import PhoneRequest

MOST_BYTES = 20_000
"""Of one reply."""


@csrf_exempt
@never_cache
@require_POST
def reply_data(request: PhoneRequest, question_id: int) -> JsonResponse:
    """``{"text": …}``; there is no form token here, since only our own app may send this content type."""
    try:
        device = access.was_let_in(request)
        question = asking.question_of(device, question_id)
    except access.PhoneNotLetIn as error:
        return JsonResponse({"error": str(error)}, status=403)
    except NotHere as error:
        return JsonResponse({"error": str(error)}, status=404)
    if request.content_type != "application/json":
        return JsonResponse({"error": _("Send application/json.")}, status=415)
    try:
        said = json.loads(request.read(MOST_BYTES))
        text = said.get("text") if isinstance(said, dict) else None
        asking.reply(question, text if isinstance(text, str) else "", by=device.actor)
    except (ValueError, RecursionError):
        return JsonResponse({"error": _("This is not JSON.")}, status=422)
    except BadInput as error:
        return JsonResponse({"error": error.message}, status=422)
    return JsonResponse({"questions": asking.for_phone(device)})


@never_cache
@require_POST
def reply(request: PhoneRequest, question_id: int) -> HttpResponse:
    """The same from a plain page."""
    device = access.was_let_in(request)
    question = asking.question_of(device, question_id)
    try:
        asking.reply(question, request.POST.get("text", ""), by=device.actor)
    except BadInput as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("Thank you: your organiser reads it."))
    return redirect("phone:receipt", question.turf_id)
