"""A draft beside live walks, usual roads and locks: what a new cut keeps, and what publishing takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import (
    actions,
    areas,
    handing_out,
    moving_doors,
    publishing,
    publishing_beside,
    sources,
)
from hustings.apps.outings.models import Cut, Turf, TurfDoor
from hustings.apps.outings.publishing import NotNow
from hustings.apps.outings.universe import Choice
from hustings.apps.places.models import Door
from tests.apps.cast import SETUP
from tests.apps.outings.planting import a_town, town_streets, turfs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def live(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cut]:
    """A published cut of four walks; Bob has the first."""
    monkeypatch.setattr(sources, "street_network", lambda campaign: town_streets())
    with tenant(campaign.pk):
        a_town(campaign)
        action = actions.plan_action(campaign, "Saturday canvass", Choice(), by=SETUP)
        made = cut_of(campaign, action.pk)
        publishing.publish(campaign, made.pk, by=SETUP)
        handing_out.check_out(campaign, turfs_of(made)[0].pk, "Bob", by=SETUP)
        yield made


def cut_of(campaign: Campaign, action_id: int, **more: object) -> Cut:
    made = actions.ask_for_cut(
        campaign, action_id, units="doors", size=20, by=SETUP, cross_districts=True, **more
    )
    made.refresh_from_db()
    assert made.numbers is not None
    return made


def rows_of(cut: Cut) -> list[tuple[object, ...]]:
    """A cut's walks and doors as they stand in the database."""
    doors = TurfDoor.objects.of(cut.campaign_id).filter(turf__cut=cut).order_by("turf_id", "stop")
    return list(doors.values_list("turf_id", "door_id", "stop", "live", "taken_at"))


def test_a_draft_beside_says_which_of_its_doors_are_live_and_touches_none_of_them(
    live: Cut, alice_signed_in: Client
) -> None:
    before = rows_of(live)

    draft = cut_of(live.campaign, live.action_id, beside=True)

    assert draft.numbers is not None
    assert draft.numbers["doors"] == 80
    walks = publishing_beside.live_elsewhere(draft)
    assert sum(walk.doors for walk in walks) == 80
    assert [walk.holder for walk in walks if not walk.is_free] == ["Bob"]
    page = reverse("outings:cut-page", kwargs={"slug": live.campaign.slug, "cut_id": draft.pk})
    assert (
        "Doors of this draft are in live walks already"
        in alice_signed_in.get(page).content.decode()
    )
    assert rows_of(live) == before


def test_publishing_in_place_of_walks_that_nobody_has_leaves_who_is_out_alone(live: Cut) -> None:
    out = turfs_of(live)[0]
    held = [row for row in rows_of(live) if row[0] == out.pk]
    draft = cut_of(live.campaign, live.action_id, beside=True)

    publishing_beside.publish_instead(live.campaign, draft.pk, by=SETUP)

    assert [row for row in rows_of(live) if row[0] == out.pk] == held
    states = [turf.state for turf in turfs_of(live)]
    assert states == [Turf.State.CHECKED_OUT, *[Turf.State.RETIRED] * 3]
    doors = TurfDoor.objects.of(live.campaign).filter(live=True)
    assert doors.count() == doors.values("door_id").distinct().count() == 80
    assert doors.filter(turf__cut=draft).count() == 60


def test_publishing_in_place_puts_away_only_what_the_draft_replaces_whole(live: Cut) -> None:
    campaign, (first_one, locked, knocked, partly) = live.campaign, turfs_of(live)
    draft = cut_of(campaign, live.action_id, beside=True)
    Turf.objects.of(campaign).filter(pk=locked.pk).update(locked_at=timezone.now())
    tried = TurfDoor.objects.of(campaign).filter(turf=knocked).first()
    assert tried is not None
    handing_out.mark_knocked(knocked, tried.door_id, timezone.now())
    of_partly = TurfDoor.objects.of(campaign).filter(turf=partly).order_by("door_id")
    first = of_partly.values_list("door_id", flat=True)[:1]
    TurfDoor.objects.of(campaign).filter(turf__cut=draft, door_id__in=list(first)).delete()
    handing_out.take_back(campaign, first_one.pk, by=SETUP)
    before = [row for row in rows_of(live) if row[0] != first_one.pk]

    publishing_beside.publish_instead(campaign, draft.pk, by=SETUP)

    assert [row for row in rows_of(live) if row[0] != first_one.pk] == before
    assert [turf.state for turf in turfs_of(live)] == [
        Turf.State.RETIRED, *[Turf.State.PUBLISHED] * 3
    ]  # fmt: skip
    held = TurfDoor.objects.of(campaign).filter(live=True)
    assert held.count() == held.values("door_id").distinct().count() == 80
    assert held.filter(turf__cut=draft).count() == 20


def test_publishing_what_is_free_takes_only_doors_of_no_live_walk(live: Cut) -> None:
    handing_out.retire(live.campaign, turfs_of(live)[3].pk, by=SETUP)
    before = rows_of(live)
    draft = cut_of(live.campaign, live.action_id, beside=True)

    publishing_beside.publish_free(live.campaign, draft.pk, by=SETUP)

    assert rows_of(live) == before
    mine = TurfDoor.objects.of(live.campaign).filter(turf__cut=draft, live=True)
    assert mine.count() == 20


def test_what_a_walk_that_was_put_away_has_keeps_no_draft_from_being_published(live: Cut) -> None:
    campaign = live.campaign
    for turf in turfs_of(live)[2:]:
        handing_out.retire(campaign, turf.pk, by=SETUP)
    draft = cut_of(campaign, live.action_id, beside=True)
    shared = TurfDoor.objects.of(campaign).filter(turf__cut=live, live=True).values("door_id")
    away = TurfDoor.objects.of(campaign).filter(turf__cut=draft, door_id__in=shared)
    Turf.objects.of(campaign).filter(pk__in=away.values("turf_id")).update(
        retired_at=timezone.now()
    )  # as an earlier publishing of the same draft left them

    assert publishing_beside.live_elsewhere(draft) == []
    publishing_beside.publish_free(campaign, draft.pk, by=SETUP)

    assert TurfDoor.objects.of(campaign).filter(turf__cut=draft, live=True).count() == 40


def test_a_draft_without_a_free_door_is_not_published(live: Cut) -> None:
    draft = cut_of(live.campaign, live.action_id, beside=True)

    with pytest.raises(NotNow, match="Every door"):
        publishing_beside.publish_free(live.campaign, draft.pk, by=SETUP)

    draft.refresh_from_db()
    assert draft.state == Cut.State.DRAFT


def test_a_new_cut_changes_nothing_of_who_is_out_or_back(live: Cut) -> None:
    handing_out.retire(live.campaign, turfs_of(live)[3].pk, by=SETUP)
    handing_out.return_turf(live.campaign, turfs_of(live)[0].pk, by=SETUP)
    before = rows_of(live)

    cut_of(live.campaign, live.action_id, previous_id=live.pk)

    assert rows_of(live) == before


def test_a_usual_road_is_in_one_walk_of_every_cut_and_offered_to_the_same_volunteer(
    live: Cut, alice_signed_in: Client
) -> None:
    road = list(
        Door.objects.of(live.campaign).filter(street__in=("Bank Street", "Kirk Street"), house__lte=5)
        .values_list("pk", flat=True)
    )  # fmt: skip
    areas.pin(live.campaign, "Vera", by=SETUP, doors=road)
    areas.pin(live.campaign, "Winston", by=SETUP, street="Mill Lane")

    draft = cut_of(live.campaign, live.action_id, beside=True)

    rows = TurfDoor.objects.of(live.campaign).filter(turf__cut=draft)
    [walk] = set(rows.filter(door_id__in=road).values_list("turf_id", flat=True))
    turf = Turf.objects.get(pk=walk)
    assert turf.meant_for == "Vera"
    assert rows.count() == 80
    lane = Door.objects.of(live.campaign).filter(street="Mill Lane").values("pk")
    [other] = set(rows.filter(door_id__in=lane).values_list("turf__meant_for", flat=True))
    assert other == "Winston"
    handing_out.take_back(live.campaign, turfs_of(live)[0].pk, by=SETUP)
    publishing_beside.publish_instead(live.campaign, draft.pk, by=SETUP)
    page = reverse("outings:walk", kwargs={"slug": live.campaign.slug, "turf_id": walk})
    assert 'value="Vera"' in alice_signed_in.get(page).content.decode()


def test_a_pin_that_was_lifted_is_minded_no_more(live: Cut) -> None:
    pinned = areas.pin(live.campaign, "Vera", by=SETUP, street="Mill Lane")
    areas.lift_pin(live.campaign, pinned.pk, by=SETUP)

    draft = cut_of(live.campaign, live.action_id, beside=True)

    assert not Turf.objects.of(live.campaign).filter(cut=draft).exclude(meant_for="").exists()


def test_a_locked_walk_is_the_same_and_locked_in_the_next_cut(live: Cut) -> None:
    draft = cut_of(live.campaign, live.action_id, beside=True)
    first = turfs_of(draft)[0]
    moving_doors.lock(live.campaign, draft.pk, first.number, locked=True, seen=0, by=SETUP)
    doors = [row[1] for row in rows_of(draft) if row[0] == first.pk]

    again = actions.cut_again(live.campaign, draft, [], by=SETUP)

    same = Turf.objects.of(live.campaign).get(cut=again, number=first.number)
    assert [row[1] for row in rows_of(again) if row[0] == same.pk] == doors
    assert same.locked_at is not None
