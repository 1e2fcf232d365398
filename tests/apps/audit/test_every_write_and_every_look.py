"""Every write, and every screen that shows somebody's details, leaves one line in the same transaction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import Person
from hustings.apps.register.models import RegisterEntry
from tests.apps.a_row_of_each import MODELS
from tests.apps.cast import signed_in
from tests.apps.isolation_matrix import CANARY, ROUTES, World
from tests.apps.knocking import IN_A_CAMPAIGN, ON_A_PHONE, a_phone, body, knock_with

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

pytestmark = pytest.mark.trust(11)
SOMEBODY = f"{CANARY}person"
"""The surname of everybody planted: where it stands, somebody's details are shown."""

FORMS: dict[str, Callable[[World], Mapping[str, object]]] = {
    "settings:members": lambda world: {
        "email": "new@example.org",
        "name": "New",
        "role": "observer",
    },
    "phone:door": lambda world: {"whole_door": "no_answer"},
    "phone:add": lambda world: {"forename": "Ada", "surname": SOMEBODY},
    "phone:receipt": lambda world: {},
    "outings:new": lambda world: {"name": "June", "kind": "canvass", "absent": "any"},
    "outings:choose": lambda world: {"absent": "any"},
}
"""What is sent to a screen that takes a form as well, where the matrix only looks at it."""

ASKED_AND_DONE = 2, "who asked for the work is one line, what the work did another"
WHOEVER_IS_ON_IT = 1, "a look at people, or a file that leaves, is written down whoever is on it"
EXCEPTIONS: dict[str, tuple[int, str]] = {
    "outings:cut-again": ASKED_AND_DONE,
    "places:upload": ASKED_AND_DONE,
    "results:csv": WHOEVER_IS_ON_IT,
    "places:doors": WHOEVER_IS_ON_IT,
    "phones:tray": WHOEVER_IS_ON_IT,
    "register:problems": WHOEVER_IS_ON_IT,
    "outings:walk": WHOEVER_IS_ON_IT,
}
"""How many lines instead of one, and why."""


def named(world: World) -> World:
    """The planted world, everybody in it called by one name."""
    with tenant(world.campaign.pk):
        Person.objects.update(surname=SOMEBODY, name_key=SOMEBODY.lower())
        RegisterEntry.objects.update(surname=SOMEBODY)
    return world


def held(campaign: Campaign) -> list[Any]:
    """All that the campaign holds, but the lines themselves."""
    tables = [m._meta.db_table for m in MODELS if m is not AuditLine]
    parts = [f"select md5(coalesce(string_agg(t::text, '' order by t::text), '')) from {t} t" for t in tables]  # noqa: S608 # fmt: skip
    parts += [
        f"select md5(string_agg(t::text, '' order by id)) from {table} t where {column} = '{campaign.pk}'"  # noqa: S608
        for table, column in (("accounts_membership", "campaign_id"), ("campaigns_campaign", "id"))
    ]
    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts))
        return cursor.fetchall()


def told(
    client: Client, name: str, world: World, send: Mapping[str, object] | None
) -> tuple[int, bool, bool, list[str]]:
    """Status, whether anything changed, whether somebody was shown, and the verbs of the new lines."""
    before = held(world.campaign)
    with tenant(world.campaign.pk):
        newest = AuditLine.objects.order_by("-id").values_list("id", flat=True).first() or 0
    route = ROUTES[name]
    arguments = dict(route.arguments(world))
    if send is None:
        answer = knock_with(client, name, world.campaign, arguments, route.send(world))
    else:
        answer = knock_with(client, name, world.campaign, arguments, send, method="post")
    text = body(answer)
    shown = SOMEBODY in text or "application/pdf" in text
    with tenant(world.campaign.pk):
        lines = (
            AuditLine.objects.filter(id__gt=newest).order_by("id").values_list("verb", flat=True)
        )
        return answer.status_code, held(world.campaign) != before, shown, list(lines)


def knocker(name: str, world: World, alice: Membership) -> Client:
    return a_phone(world.rows["token"]) if name in ON_A_PHONE else signed_in(alice)


@pytest.mark.parametrize("name", [*IN_A_CAMPAIGN, *ON_A_PHONE])
def test_what_changes_something_or_shows_somebody_leaves_one_line(
    name: str, world: World, alice: Membership
) -> None:
    status, changed, shown, lines = told(knocker(name, named(world), alice), name, world, None)

    assert status < 400 or name == "phone:events"
    expected = EXCEPTIONS.get(name, (1 if changed or shown else 0, ""))[0]
    assert len(lines) == expected, (changed, shown, lines)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_form_that_changes_something_leaves_one_line(
    name: str, world: World, alice: Membership
) -> None:
    client = knocker(name, named(world), alice)
    page = body(knock_with(client, name, world.campaign, dict(ROUTES[name].arguments(world)), {}))
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    send = {**dict(hidden), **FORMS[name](world)}

    status, changed, _shown, lines = told(client, name, world, send)

    assert status == 302
    assert changed
    assert len(lines) == EXCEPTIONS.get(f"{name} (form)", (1, ""))[0], lines
