"""No address asks the database more than a dozen questions; those that still do stand in a list that only shrinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.apps.cast import signed_in
from tests.apps.isolation_matrix import ROUTES, World
from tests.apps.knocking import a_phone, body, knock
from tests.apps.planted import campaign, planted, world

if TYPE_CHECKING:
    from typing import Any

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

__all__ = ["campaign", "planted", "world"]
MOST = 12
STILL_MORE: dict[str, tuple[int, str]] = {
    "erasure:erase": (
        300,
        "what would go is found by erasing it from every table and taking that back, so that nothing is forgotten",
    ),
}
"""How many an address needs that needs more, and why. Nothing is added here; what needs fewer is corrected or goes."""
READ = sorted(
    name for name, route in ROUTES.items() if route.method == "get" and not route.open_to_all
)


@pytest.mark.parametrize("name", READ)
def test_an_address_asks_a_dozen_questions_at_most(
    name: str, world: World, campaign: Campaign, alice: Membership
) -> None:
    client = a_phone(world.rows["token"]) if ROUTES[name].phone else signed_in(alice)
    knock(client, name, world, campaign)
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        body(knock(client, name, world, campaign))

    questions = without_the_tests_own(asked)
    most, why = STILL_MORE.get(name, (MOST, ""))
    assert len(questions) <= most, "\n".join([f"{name} asks {len(questions)}:", *questions])
    assert not why or len(questions) == most, (
        f"{name} asks {len(questions)} now: say so in the list."
    )


def test_the_list_of_those_that_ask_more_names_such_only() -> None:
    assert STILL_MORE.keys() <= set(READ)
    assert all(number > MOST and why for number, why in STILL_MORE.values())


def without_the_tests_own(asked: list[str]) -> list[str]:
    """
    Without what is asked here only, because a transaction is open around every test.

    A request's own transaction is a savepoint then, and which campaign was shown before is said again at its end.
    """
    found, deep = [], 0
    for sql, following in zip(asked, [*asked[1:], ""], strict=True):
        outermost = deep == 1 and following.startswith("RELEASE")
        if sql.startswith("SAVEPOINT"):
            deep += 1
            if deep == 1:
                continue
        elif sql.startswith(("RELEASE", "ROLLBACK TO")):
            deep -= 1
            if not deep:
                continue
        elif outermost and "set_config" in sql:
            continue
        found.append(sql)
    return found
