"""Erasing a person from this room: private words, parties that are persons, and who read, asked and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import (
    NOBODY,
    empty_labels,
    empty_mentions,
    rows_that_name,
)
from hustings.apps.statements.models import Party, Salted

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """Records and the log stay and still verify: what they hold of private words is a salted hash."""
    named = rows_that_name(who, "statements_party", "name", "telephone")
    Party.objects.of(who.campaign_id).filter(pk__in=named).update(name=NOBODY, telephone="")
    private = rows_that_name(who, "statements_salted", "words")
    Salted.objects.of(who.campaign_id).filter(pk__in=private).delete()
    return {
        "statements_matter": empty_mentions(who, "statements_matter", "words")
        + empty_labels(who, "statements_matter", "opened_by"),
        "statements_matterstep": empty_mentions(who, "statements_matterstep", "reason")
        + empty_labels(who, "statements_matterstep", "owner_name", "by"),
        "statements_party": len(named),
        "statements_salted": len(private),
        "statements_meeting": empty_mentions(who, "statements_meeting", "read_with")
        + empty_labels(who, "statements_meeting", "read_by", "read_with"),
        "statements_countdown": empty_labels(who, "statements_countdown", "asked_by", "ended_by"),
    }
