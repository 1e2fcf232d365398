"""
A request that the database stopped for another's sake: done once more, and else answered with a sentence.

PostgreSQL ends one of two transactions that wait for each other, and takes back all that it did. Doing the request
again is then the first time. It is done again once, where all that was sent is still here; a body that the view has
read away (what phones send) is answered with 503, and stays with whoever sent it.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib.messages.storage import default_storage
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.utils.translation import gettext as _

from hustings.apps.campaigns.stopped import may_go_again, was_stopped

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

log = logging.getLogger(__name__)
AGAIN_AFTER_S = 2
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
NOT_SHOWN_AGAIN = {"csrfmiddlewaretoken"}


class Stopped(HttpResponse):
    """Stands for the answer until the transaction is over, in which nothing can be asked any more."""

    def __init__(self, error: Exception) -> None:
        super().__init__(status=503)
        self.error = error


def stopped(request: HttpRequest, error: Exception) -> Stopped | None:
    """What an error in a view comes to; None where the same would happen again."""
    is_second = getattr(request, "is_done_once_more", False)
    return Stopped(error) if (was_stopped if is_second else may_go_again)(error) else None


def once_more(request: HttpRequest, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """
    What ``act`` answers; where the database stopped it, what it answers the second time.

    Parameters
    ----------
    act
        Opens its own transaction and closes it.
    """
    answer = _acted(request, act)
    if not isinstance(answer, Stopped):
        return answer
    if _is_all_here(request):
        log.warning("%s was stopped and is done once more: %s", request.path, answer.error)
        _begin_anew(request)
        answer = _acted(request, act)
    if not isinstance(answer, Stopped):
        return answer
    if not was_stopped(answer.error):
        raise answer.error
    log.warning("%s was stopped, and says so: %s", request.path, answer.error)
    return try_again(request)


def _acted(request: HttpRequest, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    try:
        return act()
    except DatabaseError as error:  # as it was written for good: what is named is looked for then
        if (answer := stopped(request, error)) is None:
            raise
        return answer


def _is_all_here(request: HttpRequest) -> bool:
    """Whether a view would find what was sent, although one has read it."""
    if request.content_type == "multipart/form-data":
        return not request.FILES  # the fields are kept; a file is read to its end
    try:
        _read = request.body
    except (RawPostDataException, SuspiciousOperation, OSError):
        return False
    return True


def _begin_anew(request: HttpRequest) -> None:
    """Nothing that the first time said is said."""
    request.is_done_once_more = True  # type: ignore[attr-defined]  # ours, and asked for above alone
    if hasattr(request, "_messages"):
        request._messages = default_storage(request)  # as Django's own middleware begins


def try_again(request: HttpRequest) -> HttpResponse:
    """Nothing was done; whoever asked can ask again, with what they had typed."""
    if request.content_type in FORMS or request.method in {"GET", "HEAD"}:
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_SHOWN_AGAIN
            for value in values
        ]
        said = {"typed": typed, "files": bool(request.FILES), "again": request.get_full_path()}
        response = render(request, "503.html", said, status=503)
    else:
        sentence = _("Others changed the same at this moment. Nothing was changed; send it again.")
        response = JsonResponse({"error": sentence}, status=503)
    response["Retry-After"] = str(AGAIN_AFTER_S)
    return response
