"""After a test that really committed nothing is left, whatever the walls and triggers say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg.conninfo
import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from psycopg import sql

from hustings.apps.campaigns.tenancy import tenant
from hustings.postgres import server
from tests.apps.isolation_matrix import PLANTERS, World
from tests.emptying import ADMINISTRATOR, as_filled, empty

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_everything_is_gone_with_its_pages(campaign: Campaign) -> None:
    """Asked by the administrator, whom no wall keeps from seeing what is there."""
    if connection.settings_dict["HOST"]:
        return  # Django's own TRUNCATE, on a server that somebody named
    world = World(campaign)
    with tenant(world.campaign.pk):
        for plant in PLANTERS:
            plant(world)
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    embedded = server(settings.POSTGRES_FOLDER, throwaway=settings.POSTGRES_THROWAWAY).ensure()
    name = str(connection.settings_dict["NAME"])

    written = empty(embedded, name, tables)

    assert len(written) > 100
    for _ in range(
        5
    ):  # pages that somebody who was just starting might have read stay until the next time
        if not empty(embedded, name, tables):
            break
    address = psycopg.conninfo.make_conninfo("", **embedded.parameters(ADMINISTRATOR, name))
    with psycopg.connect(address, autocommit=True) as administrator:
        left = {
            table: rows
            for table in tables
            if (
                rows := administrator.execute(
                    sql.SQL("select count(*), pg_relation_size({}::regclass) from {}").format(
                        sql.Literal(table), sql.Identifier(table)
                    )
                ).fetchone()
            )
            != (0, 0)
        }
    assert left == {}
    assert empty(embedded, name, tables) == []


def test_whoever_touches_what_django_fills_is_noticed() -> None:
    marks = [as_filled()]
    assert marks == [as_filled()]
    permission = Permission.objects.earliest("pk")
    permission.save()
    marks.append(as_filled())
    permission.delete()
    marks.append(as_filled())
    ContentType.objects.create(app_label="tests", model="one more")
    marks.append(as_filled())

    assert len(set(marks)) == 4


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_django_fills_stands_before_each_test(turn: str) -> None:
    """Whatever the test before did to it."""
    assert Permission.objects.count() == 4 * ContentType.objects.count() > 400
    assert not ContentType.objects.filter(app_label="tests").exists()
    Permission.objects.all().delete()
