"""Erasing a person from this room: what background work said, and on whose asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from hustings.apps.campaigns.erasing import empty_labels, empty_mentions

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """Finished work only says less; what still waits to be done names nobody but by number."""
    return {
        "jobs_job": empty_labels(who, "jobs_job", "asked_label")
        + sum(empty_mentions(who, "jobs_job", column) for column in ("note", "result", "error")),
        "django_tasks_database_dbtaskresult": _traces(who),
    }


def _traces(who: Leaving) -> int:
    """Tasks stand outside the wall; this campaign's are known by their first argument."""
    emptied = 0
    tasks = DBTaskResult.objects.filter(~Q(traceback=""))
    for task in tasks.iterator():
        arguments = task.args_kwargs.get("args", [])
        if str(who.campaign_id) in map(str, arguments) and who.named.is_in(task.traceback):
            task.traceback = ""
            task.save(update_fields=["traceback"])
            emptied += 1
    return emptied
