"""
Erasing a person from this room: names in what a line adds, and the names of members and phones.

The lines stay, with numbers in the place of names: who did what may have to be proved. They are for
good, so the database's own function does it, for a person whose erasure stands in the same transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.campaigns.erasing import NOBODY, rows_that_name

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """Lines that name them, emptied of that."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select erase_from_audit(%s, %s, %s, %s, %s, %s)",
            [
                who.person_id,
                rows_that_name(who, "audit_auditline", "detail"),
                [str(number) for number in who.members],
                list(who.public_ids),
                list(who.labels),
                NOBODY,
            ],
        )
        return {"audit_auditline": cursor.fetchone()[0]}
