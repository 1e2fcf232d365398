"""Several lists in one question are the lists that each question alone would have given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.campaigns.together import together
from hustings.apps.canvass.models import CanvassEvent, WalkGrant
from hustings.apps.outings.models import Turf, TurfDoor
from hustings.apps.people.models import Household, Person
from tests.apps.a_row_of_each import MODELS
from tests.apps.planted import campaign, planted, world

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from tests.apps.isolation_matrix import World

__all__ = ["campaign", "planted", "world"]


def said(row: Any) -> dict[str, Any]:
    """Everything that a row holds, with what it is of and what was fetched with it."""
    found = {name: value for name, value in vars(row).items() if name != "_state"}
    fetched = {name: said(other) for name, other in row._state.fields_cache.items()}
    return {**found, "fetched": fetched, "types": {k: type(v) for k, v in found.items()}}


def test_every_table_gives_the_same_rows_as_alone(world: World, campaign: Campaign) -> None:
    with tenant(campaign.pk):
        alone = {model: list(model.objects.order_by("pk")) for model in MODELS}
        for start in range(0, len(MODELS), 10):
            some = MODELS[start : start + 10]
            lists = together(*(model.objects.order_by("pk") for model in some))
            for model, rows in zip(some, lists, strict=True):
                assert [said(row) for row in rows] == [said(row) for row in alone[model]], model
    assert sum(map(bool, alone.values())) > len(MODELS) / 2


def test_what_is_fetched_with_a_row_and_worked_out_for_it_is_there(
    world: World, campaign: Campaign
) -> None:
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    heard = CanvassEvent.objects.filter(turf=OuterRef("pk"))
    questions: list[Any] = [
        WalkGrant.objects.of(campaign).select_related("turf__action", "device").order_by("pk"),
        Turf.objects.of(campaign).defer("route").annotate(is_begun=Exists(heard)).order_by("pk"),
        Person.objects.of(campaign).filter(pk__in=[]),
        TurfDoor.objects.of(campaign).values_list("turf").annotate(n=Count("pk")).order_by("turf"),
        Person.objects.of(campaign).order_by("-pk").values_list("surname", flat=True)[:1],
        Person.objects.of(campaign).annotate(home=F("household__address_key")).order_by("pk")[:2],
        Household.objects.of(campaign).order_by("pk").values("pk", "address"),
    ]
    with tenant(campaign.pk):
        alone = [list(rows.all()) for rows in questions]
        with connection.execute_wrapper(note):
            found = together(*questions)

    assert len(asked) == 1
    for one, other in zip(found, alone, strict=True):
        assert [said(x) if hasattr(x, "_state") else x for x in one] == [
            said(x) if hasattr(x, "_state") else x for x in other
        ]
    assert [bool(rows) for rows in found] == [True, True, False, True, True, True, True]
    assert found[0][0].turf.action.name


def test_no_list_is_of_another_campaign(campaign: Campaign, rivals: Campaign) -> None:
    for one in (campaign, rivals):
        with tenant(one.pk):
            Person.objects.create(campaign=one, forename="Ann", surname=one.slug)
    with tenant(campaign.pk):
        people, theirs = together(Person.objects.all(), Person.objects.of(rivals))
    assert {each.campaign_id for each in people} == {campaign.pk}
    assert theirs == []
    assert together(Person.objects.all(), Person.objects.none()) == [[], []]


@pytest.mark.django_db
def test_nothing_is_asked_where_there_can_be_nothing() -> None:
    assert together() == []
    assert together(Person.objects.none()) == [[]]
