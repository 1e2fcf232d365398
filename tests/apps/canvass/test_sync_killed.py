"""The server killed within a batch, and a database that cannot write: all of it or nothing, and then all."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from psycopg.errors import DiskFull

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass.models import (
    CanvassEvent,
    DoorStanding,
    LastSync,
    LateReport,
    Received,
    RefusedReport,
    Visit,
    WalkMark,
)
from hustings.apps.people.models import DoNotContact, Person, PersonStanding
from tests.apps.canvass.away import Phone, Street, ago
from tests.apps.killing import killed_at

WRITTEN = (
    CanvassEvent, DoorStanding, Visit, LateReport, RefusedReport, LastSync, Received, WalkMark,
    Person, PersonStanding, DoNotContact,
)  # fmt: skip


def a_batch(tom: Phone) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Something of every kind: counts, waits, is refused, meets somebody, stops contact."""
    met = "01890a5d-ac96-774b-bcce-b302099a8001"
    events = [
        tom.heard(0, "answered"), tom.heard(1), tom.heard(2, "do_not_contact", person=tom.street.people[2]),
        tom.heard(3, "refused", met=met), tom.heard(0, occurred_at=ago(days=60)),
        {**tom.heard(1), "door": 10**6},
    ]  # fmt: skip
    people = [{"id": met, "door": tom.street.doors[3], "surname": "New"}]
    return events, {"people": people, "sent_at": ago(), "newest": 6}


def rows(street: Street) -> dict[str, int]:
    with tenant(street.campaign.pk):
        return {model.__name__: model.objects.count() for model in WRITTEN}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_batch_killed_at_any_statement_is_all_or_nothing_and_nothing_lost() -> None:
    street = Street(create_campaign("riverside", "Riverside"))
    tom = street.phone("Tom")
    events, more = a_batch(tom)
    empty = rows(street)
    statement, killed = 0, True
    while killed:
        statement += 1
        killed = killed_at(statement, lambda: tom.send(*events, **more))
        if killed:
            assert rows(street) == empty, statement
    whole = rows(street)

    assert statement > 20
    assert whole["CanvassEvent"] == 4
    assert tom.statuses(*events, **more) == ["known"] * 4 + ["late", "refused"]
    assert rows(street) == whole


@pytest.mark.django_db
def test_a_statement_that_fails_takes_the_whole_batch_back_and_the_next_try_stores_it(
    campaign: Any,
) -> None:
    street = Street(campaign)
    tom = street.phone("Tom")
    events, more = a_batch(tom)
    empty = rows(street)
    failed = 0
    for nth in range(1, 200):
        wrote = 0

        def full(
            execute: Any, sql: str, params: Any, many: bool, context: Any, at: int = nth
        ) -> Any:
            nonlocal wrote
            wrote += "insert into" in sql.lower() or sql.lower().startswith("update")
            if wrote == at:
                wrote += 1
                raise OperationalError("no space left") from DiskFull("no space left")
            return execute(sql, params, many, context)

        with connection.execute_wrapper(full):
            answer = tom.send(*events, **more)
        if wrote < nth:
            break
        failed += 1
        assert (answer.status_code, "events" in answer.json()) == (507, False), nth
        assert rows(street) == empty, nth

    assert failed > 10
    assert [each["status"] for each in answer.json()["events"]] == ["stored"] * 4 + [
        "late", "refused",
    ]  # fmt: skip
    assert rows(street)["CanvassEvent"] == 4
