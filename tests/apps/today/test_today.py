"""The first page says what needs somebody, who is out and what came back, each with its number and age."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.canvass.letting_in import let_phones_in
from hustings.apps.canvass.models import LastSync, LateReport
from hustings.apps.followups.queries import Counts
from hustings.apps.jobs.models import Job
from hustings.apps.outings.handing_out import check_out, return_turf
from hustings.apps.outings.models import Checkout, Turf
from hustings.apps.statements.models import Matter as StatementMatter
from hustings.apps.today import matters, queries
from hustings.apps.today.matters import Unconfirmed, what_needs_me
from hustings.apps.today.needs import of_follow_ups
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.apps.cast import SETUP, member, signed_in
from tests.apps.planted import campaign, planted, planted_rivals, rivals, rivals_world, world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

__all__ = ["campaign", "planted", "planted_rivals", "rivals", "rivals_world", "world"]

MOST_QUERIES = 12


@pytest.fixture
def ada(db: None) -> Iterator[Membership]:
    """Organises for a campaign of her own, which has nothing yet."""
    seaside = create_campaign("seaside", "Seaside")
    with tenant(seaside.pk):
        yield member(seaside, "Ada", "organiser")


def said(campaign: Campaign, by: Membership) -> dict[str, int]:
    return {each.sentence: each.number for each in what_needs_me(campaign, by)}


def page(client: Client, campaign: Campaign, name: str = "") -> str:
    return client.get(f"/c/{campaign.slug}/today/{name}").content.decode()


def test_a_newcomer_is_told_what_to_do_first_and_each_step_ticks_itself(ada: Membership) -> None:
    empty = ada.campaign
    client = signed_in(ada)
    first = page(client, empty)
    assert "Nothing waits for you." in first
    assert "Nobody is out." in first
    assert first.count("is-done") == 0
    assert queries.set_up(empty) == (False,) * 6
    turf = a_walk(empty, [91, 92], code="QQQQQQ")
    assert queries.set_up(empty) == (False, True, True, False, False, False)
    assert page(client, empty).count("is-done") == 2
    check_out(empty, turf.pk, "Tom", by=SETUP)
    assert queries.set_up(empty) == (False, True, True, False, False, True)
    assert "first-steps" not in page(client, empty)  # they know the way


def test_what_waits_is_a_sentence_with_its_number_and_when_the_oldest_began(
    ada: Membership,
) -> None:
    empty, now = ada.campaign, timezone.now()
    assert said(empty, ada) == {}
    turf = a_walk(empty, [91, 92], code="QQQQQQ")
    asks, _token = canvass.ask_for_walk(turf, "Tom")
    Job.objects.create(
        campaign=empty, kind="turf.cut", asked_kind="member", asked_label="Ada", error="no",
        finished_at=now,
    )  # fmt: skip
    StatementMatter.objects.create(
        campaign=empty, why="other", words="x", due_at=now + timedelta(hours=3), opened_by="Ada"
    )
    StatementMatter.objects.create(
        campaign=empty, why="other", words="x", due_at=now + timedelta(hours=30), opened_by="Ada"
    )
    LateReport.objects.create(
        campaign=empty, report_id="0" * 32, device=asks, turf=turf, content={}, digest=b"x"
    )
    Checkout.objects.create(
        campaign=empty, turf=turf, holder="Tom", made_by="Ada", expires_at=now - timedelta(hours=2)
    )
    assert said(empty, ada) == {
        "1 phone asks to be let in.": 1,
        "1 walk is still out after its time.": 1,
        "1 matter wants an answer within a day.": 1,
        "1 report waits for your decision.": 1,
        "1 piece of background work failed.": 1,
    }
    overdue = next(one for one in what_needs_me(empty, ada) if "after its time" in one.sentence)
    assert overdue.since == now - timedelta(hours=2)
    let_phones_in(empty, [asks], by=ada.actor)
    assert "1 phone asks to be let in." not in said(empty, ada)
    Job.objects.create(campaign=empty, kind="turf.cut", asked_kind="member", asked_label="Ada")
    assert "1 piece of background work failed." not in said(empty, ada)


def test_who_is_out_stands_with_the_last_sign_of_life_and_the_doors_that_are_done(
    ada: Membership,
) -> None:
    empty = ada.campaign
    turf = a_walk(empty, [91, 92, 93], code="QQQQQQ")
    phone = a_phone(turf, "Tom", ada)
    canvass.record(phone, [a_report(turf, 91, occurred_at=timezone.now())])
    out, back = queries.walks(empty)
    assert [(walk.holder, walk.done, walk.doors, walk.missing) for walk in out] == [
        ("Tom", 1, 3, 0)
    ]
    assert out[0].heard_at is not None
    assert back == []
    later = timezone.now() + timedelta(minutes=5)
    LastSync.objects.update_or_create(
        campaign=empty, device=phone, defaults={"at": later, "first": 1, "newest": 4, "unsent": 3}
    )
    ((walk,), _back) = queries.walks(empty)
    assert (walk.heard_at, walk.missing) == (later, 3)
    return_turf(empty, turf.pk, by=SETUP)
    out, (walk,) = queries.walks(empty)
    assert out == []
    assert (walk.holder, walk.done, walk.contacts, walk.nobody_in) == ("Tom", 1, 0, 1)
    Turf.objects.filter(pk=turf.pk).update(returned_at=timezone.now() - timedelta(days=2))
    assert queries.walks(empty) == ([], [])


def test_the_part_that_is_asked_for_anew_is_not_sent_again_while_nothing_changed(
    ada: Membership,
) -> None:
    empty, client = ada.campaign, signed_in(ada)
    address = f"/c/{empty.slug}/today/now/"
    first = client.get(address)
    assert (first.status_code, "What needs you now" in first.content.decode()) == (200, True)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    check_out(empty, a_walk(empty, [91], code="QQQQQQ").pk, "Tom", by=SETUP)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_oldest_is_since_the_day_on_which_it_was_due_in_the_campaigns_zone(
    ada: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada.campaign.time_zone = "America/New_York"
    due = date(2026, 6, 13)
    monkeypatch.setattr(
        "hustings.apps.today.needs.counts", lambda _campaign: Counts(late=1, first_due=due)
    )

    (late, _nobodys) = of_follow_ups(ada.campaign, ada)

    assert late.since is not None
    assert timezone.localtime(late.since, ZoneInfo("America/New_York")).date() == due


def test_a_room_below_says_who_has_not_confirmed_and_without_one_nothing_is_claimed(
    ada: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(ada)
    monkeypatch.setattr(matters, "UNCONFIRMED", [])
    assert "Not confirmed yet" not in page(client, ada.campaign)
    soon = timezone.now() + timedelta(hours=3)

    @matters.unconfirmed
    def a_room(_campaign: Campaign, _member: Membership) -> list[Unconfirmed]:
        return [
            Unconfirmed("Zoe", "Sunday", soon + timedelta(days=1), "Sunday, 14:00", "/x/"),
            Unconfirmed("Vera", "Saturday", soon, "Saturday, 14:00", "/y/"),
        ]

    shown = page(client, ada.campaign)
    assert shown.index("Vera") < shown.index("Zoe")
    assert 'href="/y/"' in shown
    monkeypatch.setattr(matters, "UNCONFIRMED", [lambda _campaign, _member: []])
    assert "No confirmation is missing." in page(client, ada.campaign)


def test_organisers_land_there_and_others_do_not_see_it(campaign: Campaign) -> None:
    alice = signed_in(member(campaign, "Alice", "organiser"))
    assert alice.get(f"/c/{campaign.slug}/")["Location"] == f"/c/{campaign.slug}/today/"
    for name, role in (("Bob", "canvasser"), ("Olive", "observer"), ("Petra", "press")):
        client = signed_in(member(campaign, name, role))
        for path in ("", "now/"):
            assert client.get(f"/c/{campaign.slug}/today/{path}").status_code == 403
        assert "/today/" not in client.get(f"/c/{campaign.slug}/").headers.get("Location", "")
