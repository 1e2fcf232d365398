"""
Two walls, and each alone keeps strangers out; take a piece out of the one that is left and the tests notice.

A *mutant* is this program with one piece of a wall missing. There are three kinds.

- The second wall is down (the database is asked as the owner, whom row-level security does not bind) and at
  one place in the code, one call of ``rows.of(campaign)``, the filter is taken out.
- The same with one statement of hand-written SQL, whose ``campaign_id = …`` is taken out.
- The first wall is down (a query without any filter) and the policy of one table is opened.

A mutant of the first two kinds is killed when the matrix of addresses, knocked on by an organiser and a phone
of another campaign, is answered otherwise than by the whole program (a canary is shown, a 404 becomes a page,
a stranger's row is written), or a statement finds more rows than it did. Where neither is so, nothing was let
through: the rows were narrowed already by a row of the campaign, and the filter is a second lock on the same
door; such a place is no mutant. A mutant of the third kind is killed when the query shows another campaign's
row.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.db import connection
from django.test import Client

from hustings.apps.campaigns.rows import CampaignQuerySet
from hustings.apps.campaigns.tenancy import tenant
from tests.apps.a_row_of_each import MODELS, a_row_of_each
from tests.apps.cast import signed_in
from tests.apps.isolation_matrix import CANARY, ROUTES, World
from tests.apps.knocking import (
    IN_A_CAMPAIGN,
    ON_A_PHONE,
    a_phone,
    body,
    knock_with,
    undone,
    with_one_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.plugin import DjangoDbBlocker

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

OF = CampaignQuerySet.of
SOURCE = Path(__file__).parents[2] / "src/hustings/apps"
Site = str
"""A place that asks for one campaign's rows: file and line, or the statement."""
BY_HAND = re.compile(r"((?:\w+\.)?campaign_id) = (%s|%\(\w+\)s)")
"""In hand-written SQL; Django's own has quotes."""


@pytest.fixture
def as_the_owner(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The second wall is down: the owner of the tables is not bound by their policies."""
    from django.conf import settings

    def become(role: str) -> None:
        with django_db_blocker.unblock():
            connection.close()
            connection.settings_dict["USER"] = role

    become(settings.OWNER_ROLE)
    yield
    become(settings.WEB_ROLE)


def site_of_the_caller() -> Site:
    """File and line of our code that asked for one campaign's rows."""
    frame = sys._getframe(2)
    while not (file := frame.f_code.co_filename).startswith(str(SOURCE)):
        if frame.f_back is None:
            return "not ours"
        frame = frame.f_back
    return f"{file.removeprefix(str(SOURCE))}:{frame.f_lineno}"


def plain(text: str) -> str:
    """Without what differs between any two answers."""
    text = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', r"\1", text)
    text = re.sub(r"'Expires': '[^']+'", "", text)
    text = re.sub(r"('Location': '[^']*?[/=])\d+", r"\1", text)  # a new row's number
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)


def digest_of(campaign: Campaign) -> list[Any]:
    """All rows of a campaign, in short; the second wall must be down."""
    with connection.cursor() as cursor:
        cursor.execute("select * from pg_temp.all_rows(%s)", [campaign.pk])
        # The server may read the tables side by side, and then tells them in any order.
        return sorted(cursor.fetchall())


def plan_the_digest() -> None:
    """A function over every table, asked thousands of times: its plan is kept, whatever is rolled back."""
    parts = " union all ".join(
        f"select '{model._meta.db_table}', md5(coalesce(string_agg(t::text, '' order by id::text), '')) "  # noqa: S608  # our own names
        f"from {model._meta.db_table} t where campaign_id = asked"
        for model in MODELS
    )
    with connection.cursor() as cursor:
        cursor.execute("set local plan_cache_mode = force_generic_plan")
        cursor.execute(
            "create function pg_temp.all_rows(asked uuid) returns table (name text, held text) "
            f"language plpgsql as $$ begin return query {parts}; end $$"
        )


class Answer(NamedTuple):
    """One request's: what is told, what Alice's campaign holds then, how many rows each statement found."""

    status: int
    text: str
    held: list[Any]
    found: list[int]


class Stranger:
    """
    Charlie at his own campaign's addresses, at the desk and on a phone.

    He asks with his own ids, with Alice's, and with his own but one of Alice's.
    """

    def __init__(self, world: World, own: World, charlie: Membership) -> None:
        self.world, self.own = world, own
        plan_the_digest()
        self.desk = signed_in(charlie).cookies
        self.phone = a_phone(own.rows["token"]).cookies
        self.asked: dict[tuple[str, str], tuple[dict[str, Any], dict[str, Any]]] = {}
        for name in (*IN_A_CAMPAIGN, *ON_A_PHONE):
            route = ROUTES[name]
            for which in (world, own):
                self.asked[name, str(which.campaign)] = (
                    dict(route.arguments(which)), dict(route.send(which))
                )  # fmt: skip
            for key, arguments, send in with_one_of(name, own, world):
                self.asked[name, key] = arguments, send

    def answer(self, request: tuple[str, str]) -> Answer:
        """What he is told, what Alice's campaign holds afterwards, and how many rows were found for it."""
        name, _which = request
        arguments, send = self.asked[request]
        if "file" in send:
            send["file"].seek(0)
        client = Client()
        client.cookies.update(self.phone if name in ON_A_PHONE else self.desk)
        found: list[int] = []

        def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            result = execute(sql, params, many, context)
            found.append(context["cursor"].rowcount)
            return result

        with undone():
            try:
                with connection.execute_wrapper(counted):
                    response = knock_with(client, name, self.own.campaign, arguments, send)
                    text = plain(body(response))
                # A refusal outside any campaign takes the whole transaction back.
                held = [] if connection.needs_rollback else digest_of(self.world.campaign)
            except Exception as error:  # noqa: BLE001  # a mutant may break down: that too is noticed
                return Answer(500, repr(error), [], [])
        return Answer(response.status_code, text, held, found)


@contextmanager
def second_wall_up() -> Iterator[None]:
    """The owner is bound by the policies too."""
    with undone(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for model in MODELS:
            cursor.execute(f"alter table {model._meta.db_table} force row level security")
        yield


@pytest.mark.trust(1, 2, 10)
@pytest.mark.slow
def test_the_first_wall_lets_through_not_a_row_more_than_the_second(
    as_the_owner: None, world: World, rivals_world: World, charlie: Membership
) -> None:
    stranger = Stranger(world, rivals_world, charlie)
    with second_wall_up():
        behind_both = {request: stranger.answer(request) for request in stranger.asked}
    before, differ = digest_of(world.campaign), []

    for request in stranger.asked:
        answer = stranger.answer(request)
        assert CANARY not in answer.text, request
        assert answer.status < 500, f"{request}: {answer.text[:300]}"
        assert answer.held in ([], before), request
        if (answer.status, answer.found) != (
            behind_both[request].status,
            behind_both[request].found,
        ):
            differ.append(request)
    assert differ == []


@contextmanager
def watched(ask: Callable[[Site], bool], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """At each place that asks for one campaign's rows, ``ask`` says whether the filter stays."""

    def of(rows: Any, campaign: Any) -> Any:
        return OF(rows, campaign) if ask(site_of_the_caller()) else rows.all()

    def by_hand(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if isinstance(sql, str) and BY_HAND.search(sql) and not ask(sql):
            sql = BY_HAND.sub(r"(\2)::text is not null", sql)
        return execute(sql, params, many, context)

    with monkeypatch.context() as here, connection.execute_wrapper(by_hand):
        here.setattr(CampaignQuerySet, "of", of)
        yield


def let_through(
    stranger: Stranger,
    site: Site,
    requests: list[tuple[str, str]],
    whole: dict[tuple[str, str], Answer],
    monkeypatch: pytest.MonkeyPatch,
) -> bool:
    """Whether the mutant without the filter at that place answers any of them otherwise."""
    with watched(lambda asked: asked != site, monkeypatch):
        return any(stranger.answer(request) != whole[request] for request in requests)


@pytest.mark.trust(10)
@pytest.mark.slow
def test_the_matrix_fails_when_a_filter_is_taken_out(
    as_the_owner: None,
    world: World,
    rivals_world: World,
    charlie: Membership,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stranger = Stranger(world, rivals_world, charlie)
    sites: defaultdict[Site, dict[tuple[str, str], None]] = defaultdict(dict)
    answers = {}
    for request in stranger.asked:

        def note(site: Site, request: tuple[str, str] = request) -> bool:
            sites[site][request] = None
            return True

        with watched(note, monkeypatch):
            answers[request] = stranger.answer(request)
    # What differs by itself (a link made anew) proves nothing.
    steady = {r: answer for r, answer in answers.items() if stranger.answer(r) == answer}
    assert len(steady) > 0.95 * len(answers), sorted(set(answers) - set(steady))

    killed = [
        site
        for site, requests in sites.items()
        if let_through(stranger, site, [r for r in requests if r in steady], steady, monkeypatch)
    ]

    assert len(killed) >= 30


@pytest.mark.trust(4, 10)
@pytest.mark.slow
def test_a_forgotten_filter_shows_strangers_when_a_tables_policy_is_open(
    as_the_owner: None, campaign: Campaign, rivals: Campaign
) -> None:
    with connection.cursor() as cursor:
        for model in MODELS:  # the owner is bound too, until the test's transaction is taken back
            cursor.execute(f"alter table {model._meta.db_table} force row level security")
        with tenant(campaign.pk):
            a_row_of_each(campaign)
        cursor.execute("set constraints all immediate")
        unnoticed = []
        for model in MODELS:
            with tenant(rivals.pk):
                assert model.objects.count() == 0, model
            with undone():
                cursor.execute(f"alter policy same_campaign on {model._meta.db_table} using (true)")
                with tenant(rivals.pk):
                    if not model.objects.exists():
                        unnoticed.append(model)
                if not model.objects.exists():
                    unnoticed.append(model)

    assert unnoticed == []
    assert len(MODELS) >= 20
