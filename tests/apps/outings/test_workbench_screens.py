"""The workbench's screen: everything by the list alone, what a step does shown first, others' steps told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import actions, areas, moving_doors, plan_steps, sources, walk_list
from hustings.apps.outings.choosing_doors import FACE, STREET, Chosen, doors_chosen
from hustings.apps.outings.models import AtWorkbench, Cut, PlanStep, Turf, TurfDoor
from hustings.apps.outings.universe import Choice
from tests.apps.cast import SETUP, member, signed_in
from tests.apps.outings.planting import STEP, a_town, town_streets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def cut(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cut]:
    """A draft of four walks of twenty doors, a street each."""
    monkeypatch.setattr(sources, "street_network", lambda campaign: town_streets())
    with tenant(campaign.pk):
        a_town(campaign)
        action = actions.plan_action(campaign, "Saturday canvass", Choice(), by=SETUP)
        made = actions.ask_for_cut(
            campaign, action.pk, units="doors", size=20, by=SETUP, cross_districts=True
        )
        made.refresh_from_db()
        yield made


def at(cut: Cut, name: str = "workbench") -> str:
    return reverse(f"outings:{name}", kwargs={"slug": cut.campaign.slug, "cut_id": cut.pk})


def doors_of(cut: Cut, number: int) -> list[int]:
    rows = TurfDoor.objects.of(cut.campaign_id).filter(turf__cut=cut, turf__number=number)
    return list(rows.order_by("stop").values_list("door_id", flat=True))


def test_the_page_lists_the_doors_of_a_walk_with_why_each_is_there(
    alice_signed_in: Client, cut: Cut
) -> None:
    said = alice_signed_in.get(at(cut), {"walk": 1}).content.decode()

    assert said.count('name="door"') == 20
    assert said.count("Why here?") == 20
    assert "Lock walk 1" in said


def test_the_page_asks_the_database_a_fixed_number_of_questions(
    alice_signed_in: Client, cut: Cut
) -> None:
    alice_signed_in.get(at(cut), {"walk": 1})
    with CaptureQueriesContext(connection) as page:
        alice_signed_in.get(at(cut), {"walk": 1})
    with CaptureQueriesContext(connection) as news:
        alice_signed_in.get(at(cut, "workbench-news"), {"seen": 0})
    with CaptureQueriesContext(connection) as preview:
        alice_signed_in.post(
            at(cut, "workbench-preview"), {"door": doors_of(cut, 1)[:2], "to": "2", "walk": "1"},
            headers={"HX-Request": "true"},
        )  # fmt: skip

    counts = {
        name: len(found) for name, found in (("page", page), ("news", news), ("preview", preview))
    }
    assert max(counts.values()) <= 22, counts


def test_a_preview_is_a_fragment_and_writes_nothing(alice_signed_in: Client, cut: Cut) -> None:
    form = {"door": doors_of(cut, 1)[:2], "to": "2", "walk": "1", "seen": "0"}

    fragment = alice_signed_in.post(
        at(cut, "workbench-preview"), form, headers={"HX-Request": "true"}
    ).content.decode()
    whole = alice_signed_in.post(at(cut, "workbench-preview"), form).content.decode()

    assert "2 doors would move" in fragment
    assert "<html" not in fragment
    assert "2 doors would move" in whole
    assert whole.count(" checked") == 2
    assert not PlanStep.objects.of(cut.campaign_id).exists()


def test_a_step_is_made_and_undone_by_the_form_alone(alice_signed_in: Client, cut: Cut) -> None:
    doors = doors_of(cut, 1)
    alice_signed_in.post(
        at(cut, "workbench-step"), {"door": doors[:2], "to": "2", "walk": "1", "seen": "0"}
    )
    assert doors_of(cut, 1) != doors

    said = alice_signed_in.post(
        at(cut, "workbench-step"), {"do": "undo", "walk": "1", "seen": "1"}, follow=True
    ).content.decode()

    assert doors_of(cut, 1) == doors
    assert "Undone" in said


def test_two_organisers_at_one_walk_the_second_is_told_and_keeps_the_choice(
    alice_signed_in: Client, campaign: Campaign, cut: Cut
) -> None:
    anna = signed_in(member(campaign, "Anna", "organiser"))
    mine, theirs = doors_of(cut, 1)[:3], doors_of(cut, 1)[2:5]
    anna.post(at(cut, "workbench-step"), {"door": theirs, "to": "3", "walk": "1", "seen": "0"})

    form = {"door": mine, "to": "2", "walk": "1", "seen": "0"}
    told = alice_signed_in.post(at(cut, "workbench-step"), form)

    said = told.content.decode()
    assert told.status_code == 409
    assert "Anna moved doors (3) from walk 1 to walk 3" in said
    for door in mine:
        assert f'name="door" value="{door}"' in said
    again = alice_signed_in.post(
        at(cut, "workbench-step"), {**form, "spare": "1", "merge_with": "1"}, follow=True
    )
    assert "moved doors (2)" in again.content.decode()
    assert mine[2] in doors_of(cut, 3)
    assert set(mine[:2]) <= set(doors_of(cut, 2))


def test_all_of_mine_all_the_same_takes_those_that_the_other_moved_too(
    alice_signed_in: Client, campaign: Campaign, cut: Cut
) -> None:
    anna = signed_in(member(campaign, "Anna", "organiser"))
    mine = doors_of(cut, 1)[:3]
    anna.post(at(cut, "workbench-step"), {"door": mine[2:], "to": "3", "walk": "1", "seen": "0"})

    alice_signed_in.post(
        at(cut, "workbench-step"), {"door": mine, "to": "2", "walk": "1", "seen": "0", "spare": "1"}
    )

    assert set(mine) <= set(doors_of(cut, 2))


def test_a_merge_that_clashes_keeps_its_walks_ticked_and_its_buttons_send_it_again(
    alice_signed_in: Client, campaign: Campaign, cut: Cut
) -> None:
    for number in (1, 2, 3):
        keep = doors_of(cut, number)[3:]
        moving_doors.move(campaign, cut.pk, keep, 4, seen=99, by=SETUP)
    Turf.objects.of(campaign).filter(cut=cut, number__lt=4).update(flags=["remnant"])
    seen = plan_steps.change_of(cut)
    moving_doors.lock(campaign, cut.pk, 4, locked=True, seen=seen, by=SETUP)
    moving_doors.move(campaign, cut.pk, doors_of(cut, 1)[:1], 2, seen=99, by=SETUP)
    Turf.objects.of(campaign).filter(cut=cut, number__lt=4).update(flags=["remnant"])

    form = {"do": "merge", "small": ["1", "2"], "seen": str(seen), "walk": "3"}
    told = alice_signed_in.post(at(cut, "workbench-step"), form)

    said = told.content.decode()
    assert told.status_code == 409
    assert said.count(" checked") == 2
    assert said.count('form="merge"') == 3
    assert 'form="move"' not in said
    sent = said[said.index('id="merge"') :]
    assert 'name="walk" value="3"' in sent[: sent.index("</form>")]
    alice_signed_in.post(at(cut, "workbench-step"), {**form, "spare": str(seen + 2)})
    assert PlanStep.objects.of(campaign).filter(what=PlanStep.What.MERGE).count() == 1


def test_a_merge_that_is_refused_keeps_its_walks_ticked(alice_signed_in: Client, cut: Cut) -> None:
    Turf.objects.of(cut.campaign_id).filter(cut=cut).update(flags=["remnant"])

    told = alice_signed_in.post(
        at(cut, "workbench-step"), {"do": "merge", "small": ["1", "2"], "seen": "0", "walk": "3"}
    )

    assert told.status_code == 422
    assert told.content.decode().count(" checked") == 2


def test_a_walk_that_was_typed_is_still_where_the_doors_go_after_a_clash(
    alice_signed_in: Client, campaign: Campaign, cut: Cut, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk_list, "A_PAGE", 2)
    doors = doors_of(cut, 1)
    moving_doors.move(campaign, cut.pk, doors[:1], 3, seen=0, by=SETUP)

    told = alice_signed_in.post(
        at(cut, "workbench-step"),
        {"door": doors[1:3], "to": "2", "to_number": "4", "walk": "1", "seen": "0"},
    )

    said = told.content.decode()
    assert told.status_code == 409
    field = said[said.index('name="to_number"') :]
    assert 'value="4"' in field[: field.index(">")]


def test_a_preview_says_for_which_look_it_was_asked(alice_signed_in: Client, cut: Cut) -> None:
    form = {"door": doors_of(cut, 1)[:2], "to": "2", "walk": "1", "asked": "7"}

    said = alice_signed_in.post(
        at(cut, "workbench-preview"), form, headers={"HX-Request": "true"}
    ).content.decode()

    assert 'data-asked="7"' in said


def test_numbers_that_no_row_can_have_choose_nothing(alice_signed_in: Client, cut: Cut) -> None:
    for many in ("9" * 19, "9" * 5000):
        for form in (
            {"door": many, "to": "2", "walk": "1"},
            {"door": doors_of(cut, 1)[0], "to": many, "walk": "1"},
            {"do": "merge", "small": [many, "1"]},
            {"door": doors_of(cut, 1)[0], "to": "2", "walk": "1", "spare": many},
        ):
            for name in ("workbench-preview", "workbench-step"):
                said = alice_signed_in.post(at(cut, name), {"seen": "99", **form})
                assert said.status_code in {200, 302, 422}, (name, form)
        assert alice_signed_in.post(at(cut, "workbench-areas"), {"remove": many}).status_code != 500
        assert alice_signed_in.post(at(cut, "workbench-pins"), {"lift": many}).status_code != 500
        assert alice_signed_in.get(at(cut, "cut-pack"), {"walk": many}).status_code != 500


def test_the_news_tell_the_newest_and_read_no_walk_as_it_was(
    alice_signed_in: Client, cut: Cut
) -> None:
    for turn in range(22):
        moving_doors.lock(cut.campaign, cut.pk, 1, locked=turn % 2 == 0, seen=99, by=SETUP)

    with CaptureQueriesContext(connection) as asked:
        said = alice_signed_in.get(at(cut, "workbench-news"), {"seen": 0}).content.decode()

    assert said.count("<li>") == 20
    assert "locked walk 1" in said
    assert '"outings_planstep"."before"' not in str(asked.captured_queries)
    assert len(asked) <= 22


def test_who_else_is_here_is_shown_until_a_while_after_they_left(
    alice_signed_in: Client, campaign: Campaign, cut: Cut
) -> None:
    anna = signed_in(member(campaign, "Anna", "organiser"))
    anna.get(at(cut))

    assert "Anna" in alice_signed_in.get(at(cut, "workbench-news")).content.decode()
    AtWorkbench.objects.of(campaign).filter(name="Anna").update(
        seen_at=timezone.now() - timezone.timedelta(minutes=1)
    )
    assert "Anna" not in alice_signed_in.get(at(cut, "workbench-news")).content.decode()
    assert not AtWorkbench.objects.of(campaign).filter(name="Anna").exists()


def test_the_news_say_what_was_done_since_the_page_was_drawn(
    alice_signed_in: Client, cut: Cut
) -> None:
    moving_doors.move(cut.campaign, cut.pk, doors_of(cut, 1)[:2], 2, seen=0, by=SETUP)

    assert (
        "from walk 1 to walk 2"
        in alice_signed_in.get(at(cut, "workbench-news"), {"seen": 0}).content.decode()
    )
    assert (
        "Since you opened"
        not in alice_signed_in.get(at(cut, "workbench-news"), {"seen": 1}).content.decode()
    )


def test_a_door_stands_for_its_side_of_the_street_or_for_its_street(cut: Cut) -> None:
    doors = doors_of(cut, 1)

    street = doors_chosen(cut, Chosen(frozenset(doors[:1]), STREET))
    face = doors_chosen(cut, Chosen(frozenset(doors[:1]), FACE))

    assert street == set(doors)
    assert doors[0] in face
    assert face <= set(doors)


def test_an_area_chooses_what_of_a_walk_lies_inside(alice_signed_in: Client, cut: Cut) -> None:
    left = "\n".join(
        f"{lon * STEP}, {lat * STEP}" for lon, lat in ((0, -1), (5.5, -1), (5.5, 99), (0, 99))
    )
    alice_signed_in.post(at(cut, "workbench-areas"), {"name": "West end", "corners": left})
    [area] = areas.areas_of(cut.campaign)

    assert len(doors_chosen(cut, Chosen(frozenset(), area=area.pk, walk=1))) == 5
    assert len(doors_chosen(cut, Chosen(frozenset(), area=area.pk))) == 20
    alice_signed_in.post(at(cut, "workbench-areas"), {"remove": area.pk})
    assert areas.areas_of(cut.campaign) == []


def test_who_only_hands_walks_out_sees_no_workbench(bob: Membership, cut: Cut) -> None:
    assert signed_in(bob).get(at(cut)).status_code in {403, 404}


def test_a_rival_sees_nothing(charlie_signed_in: Client, cut: Cut) -> None:
    assert charlie_signed_in.get(at(cut)).status_code == 404
