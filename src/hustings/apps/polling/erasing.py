"""Erasing a person from polling days: what was told of their number, their promises, and who told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from hustings.apps.campaigns.erasing import empty_labels, empty_mentions, rows_that_name
from hustings.apps.polling.models import Promise, VotedMark

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """A mark of somebody who is erased goes; a district's count of who voted goes down by one."""
    named = rows_that_name(who, "polling_votedmark", "number")
    marks = VotedMark.objects.of(who.campaign_id).filter(
        Q(number__in=who.named.numbers) | Q(pk__in=named)
    )
    promises = Promise.objects.of(who.campaign_id).filter(person_id=who.person_id)
    return {
        "polling_votedmark": marks.delete()[0]
        + empty_labels(who, "polling_votedmark", "told_by", "withdrawn_by"),
        "polling_promise": promises.delete()[0]
        + empty_mentions(who, "polling_promise", "source")
        + empty_labels(who, "polling_promise", "told_by", "withdrawn_by"),
        "polling_knock": empty_labels(who, "polling_knock", "begun_by"),
        "polling_pollingday": empty_mentions(who, "polling_pollingday", "name")
        + empty_labels(who, "polling_pollingday", "opened_by", "ended_by"),
    }
