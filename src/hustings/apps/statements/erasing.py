"""Erasing a person from this room: private words, parties that are persons, and who read, asked and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.campaigns.erasing import (
    NOBODY,
    empty_labels,
    empty_mentions,
    rows_that_name,
)
from hustings.apps.statements.models import Party, Record, Salted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.campaigns.erasing import Leaving

STAYS_INSIDE = ("draft", "expectation", "report")


def erase(who: Leaving) -> dict[str, int]:
    """The log stays and still verifies: what it holds of private words is a salted hash."""
    named = rows_that_name(who, "statements_party", "name", "telephone")
    Party.objects.of(who.campaign_id).filter(pk__in=named).update(name=NOBODY, telephone="")
    private = rows_that_name(who, "statements_salted", "words")
    Salted.objects.of(who.campaign_id).filter(pk__in=private).delete()
    return {
        "statements_matter": empty_mentions(who, "statements_matter", "words")
        + empty_labels(who, "statements_matter", "opened_by"),
        "statements_matterstep": empty_mentions(who, "statements_matterstep", "reason")
        + empty_labels(who, "statements_matterstep", "owner_name", "by"),
        "statements_record": _forget_records(who),
        "statements_refusal": empty_mentions(who, "statements_refusal", "text"),
        "statements_party": len(named),
        "statements_salted": len(private),
        "statements_meeting": empty_mentions(who, "statements_meeting", "read_with")
        + empty_labels(who, "statements_meeting", "read_by", "read_with"),
        "statements_countdown": empty_labels(who, "statements_countdown", "asked_by", "ended_by"),
    }


def _forget_records(who: Leaving) -> int:
    """Drafts, hopes and what was merely told, where they name the person; the database lets no others go."""
    found = [
        row.pk
        for row in Record.objects.of(who.campaign_id).filter(kind__in=STAYS_INSIDE)
        if any(who.named.is_in(text) for text in _texts(row.said))
    ]
    if not found:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("select erase_from_records(%s, %s)", [who.person_id, found])
        return int(cursor.fetchone()[0])


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list):
        for part in said.values() if isinstance(said, dict) else said:
            yield from _texts(part)
