"""
Which campaign the database shows: the second wall.

Row-level security on every campaign's table compares ``campaign_id`` with the setting
``hustings.campaign`` of the running transaction. Outside :func:`tenant` nothing can be seen.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from hustings.apps.campaigns.prepared import answered

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def tenant(campaign_id: UUID) -> Iterator[None]:
    """
    Show the database one campaign's rows, for one transaction; nests, and restores what was before.

    Callbacks given to ``transaction.on_commit`` run outside: open :func:`tenant` in them again.
    """
    campaign, nested = str(UUID(str(campaign_id))), connection.in_atomic_block
    of_thread = vars(connections[DEFAULT_DB_ALIAS])  # not the proxy, which all threads share
    outer = of_thread.get(SHOWN) if nested else None
    with transaction.atomic():
        if outer == campaign:  # inside the same campaign already: only the savepoint is new
            yield
            return
        before = _show(campaign)
        of_thread[SHOWN] = campaign
        try:
            yield
        finally:
            of_thread[SHOWN] = outer
        # A rollback brings back what was before by itself, and so does the end of a transaction.
        if nested and not connection.needs_rollback:
            _show(before)


@contextlib.contextmanager
def inside(campaign_id: UUID) -> Iterator[None]:
    """
    The same without a savepoint of its own where the campaign is shown already, as in a request.

    For what writes nothing before all that can be refused was asked, and for what nobody goes on after when it
    is refused: there a savepoint has nothing to take back that the end of the request would not.
    """
    if connection.in_atomic_block and vars(connections[DEFAULT_DB_ALIAS]).get(SHOWN) == str(
        UUID(str(campaign_id))
    ):
        yield
        return
    with tenant(campaign_id):
        yield


SHOWN = "hustings_shown"
"""What the innermost :func:`tenant` of a connection shows, kept with the connection."""


def current_campaign_id() -> UUID | None:
    """The campaign whose rows this transaction sees; None when it sees none."""
    with connection.cursor() as cursor:
        cursor.execute("select nullif(current_setting('hustings.campaign', true), '')")
        row = cursor.fetchone()
    return UUID(row[0]) if row and row[0] else None


_SHOW = """
with before as materialized (select coalesce(current_setting('hustings.campaign', true), '') as shown)
select shown, set_config('hustings.campaign', %(campaign)s::text, true) from before
"""


def _show(campaign: str) -> str:
    """What was shown before."""
    # "true" ends with the transaction. With "false" a pooled connection would carry one campaign's
    # view into another person's request.
    [(before, _now)] = answered(_SHOW, {"campaign": campaign})
    return str(before)
