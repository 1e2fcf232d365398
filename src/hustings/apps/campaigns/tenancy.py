"""
Which campaign the database shows: the second wall.

Row-level security on every campaign's table compares ``campaign_id`` with the setting
``hustings.campaign`` of the running transaction. Outside :func:`tenant` nothing can be seen.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def tenant(campaign_id: UUID) -> Iterator[None]:
    """
    Show the database one campaign's rows, for one transaction; nests, and restores what was before.

    Callbacks given to ``transaction.on_commit`` run outside: open :func:`tenant` in them again.
    """
    with transaction.atomic():
        before = current_campaign_id()
        _show(str(UUID(str(campaign_id))))
        yield
        if not connection.needs_rollback:  # a rollback brings back what was before by itself
            _show(str(before) if before else "")


def current_campaign_id() -> UUID | None:
    """The campaign whose rows this transaction sees; None when it sees none."""
    with connection.cursor() as cursor:
        cursor.execute("select nullif(current_setting('hustings.campaign', true), '')")
        row = cursor.fetchone()
    return UUID(row[0]) if row and row[0] else None


def _show(campaign: str) -> None:
    # "true" ends with the transaction. With "false" a pooled connection would carry one campaign's
    # view into another person's request.
    with connection.cursor() as cursor:
        cursor.execute("select set_config('hustings.campaign', %s, true)", [campaign])
