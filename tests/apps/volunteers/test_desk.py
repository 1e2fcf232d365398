"""Volunteers at the desk: who came, welcoming, teams, hand-overs, span of control."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.erasure.actions import erase_person
from hustings.apps.volunteers import span, teams, welcoming
from hustings.apps.volunteers.letters import mail_everywhere
from hustings.apps.volunteers.models import Charge, JoinForm, Team, TeamPlace, Volunteer
from hustings.core.errors import BadInput
from tests.apps.cast import member, signed_in
from tests.apps.erasure.somebody import says_something_of_her
from tests.apps.volunteers.cast import a_volunteer
from tests.apps.volunteers.joining import (
    a_form,
    from_abroad,
    open_the_door,
    send,
    volunteers,
)

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


def a_team(campaign: Campaign, by: Membership, lead: Volunteer | None = None, n: int = 0) -> Team:
    """A team with so many people in it."""
    team = teams.make_team(campaign, f"Team {lead}", "Elm Road", by=by.actor)
    teams.hand_over(team, lead=lead, organiser_id=by.pk, by=by.actor)
    for number in range(n):
        teams.put_in(team, a_volunteer(campaign, f"Ned N{number}"), by=by.actor)
    return team


def names_on(page: str) -> set[str]:
    return {name for name in ("Vera Walker", "Wim Waits", "Ximena Xu", "Yan Young") if name in page}


@pytest.fixture
def four(campaign: Campaign, alice: Membership) -> None:
    """One in a team and welcomed, one who waits, one who speaks Spanish and drives, one who left."""
    vera = a_volunteer(campaign, email="vera@example.net", near="Mill Lane")
    teams.put_in(a_team(campaign, alice), vera, by=alice.actor)
    welcoming.welcome(vera, by=alice.actor)
    a_volunteer(campaign, "Wim Waits", near="Mill Hill")
    a_volunteer(campaign, "Ximena Xu", languages=["es", "en"], wishes=["drive"])
    yan = a_volunteer(campaign, "Yan Young")
    signed_in(alice).post(f"/c/{campaign.slug}/volunteers/{yan.pk}/leave/")


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", {"Vera Walker", "Wim Waits", "Ximena Xu"}),
        ("who=new", {"Wim Waits", "Ximena Xu"}),
        ("who=no-team", {"Wim Waits", "Ximena Xu"}),
        ("who=left", {"Yan Young"}),
        ("who=abroad", set()),
        ("area=mill", {"Vera Walker", "Wim Waits"}),
        ("area=elm", {"Vera Walker"}),
        ("language=es", {"Ximena Xu"}),
        ("wish=drive", {"Ximena Xu"}),
        ("wish=drive&language=cy", set()),
        ("page=9", set()),
        ("page=x", {"Vera Walker", "Wim Waits", "Ximena Xu"}),
    ],
)
def test_the_list_shows_who_is_asked_for(
    campaign: Campaign, alice: Membership, asked: str, shown: set[str]
) -> None:
    page = signed_in(alice).get(f"/c/{campaign.slug}/volunteers/?{asked}").content.decode()

    assert names_on(page) == shown


def test_the_list_asks_the_database_as_often_for_fifty_as_for_one(
    campaign: Campaign, alice: Membership
) -> None:
    client = signed_in(alice)
    asked = []
    for more in (1, 49):
        for number in range(more):
            a_volunteer(campaign, f"Ned N{number}", home_country="AU")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/c/{campaign.slug}/volunteers/").status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_a_welcome_is_one_tap_and_is_sent_once(campaign: Campaign, alice: Membership) -> None:
    vera = a_volunteer(campaign, email="vera@example.net")
    client, address = signed_in(alice), f"/c/{campaign.slug}/volunteers/{vera.pk}/welcome/"

    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 422

    assert mail_everywhere() == 1
    assert "/me/" in mail.outbox[0].body


def test_somebody_without_an_address_is_welcomed_by_telephone_and_sent_nothing(
    campaign: Campaign, alice: Membership
) -> None:
    vera = a_volunteer(campaign)

    assert welcoming.welcome(vera, by=alice.actor).kind == "rung"

    assert mail_everywhere() == 0


def test_the_line_goes_from_the_person_to_the_organiser_and_says_who_brought_whom(
    campaign: Campaign, alice: Membership
) -> None:
    lena = a_volunteer(campaign, "Lena Lead")
    vera = a_volunteer(campaign, brought_by=lena)
    teams.put_in(a_team(campaign, alice, lena), vera, by=alice.actor)
    client = signed_in(alice)

    page = client.get(f"/c/{campaign.slug}/volunteers/{vera.pk}/").content.decode()

    line = page[page.index('id="teams"') :]
    places = [
        line.index(word) for word in ("Vera Walker", "Elm Road", "Team", "Lena Lead", "Alice")
    ]
    assert places == sorted(places)
    assert "Brought by" in page
    theirs = client.get(f"/c/{campaign.slug}/volunteers/{lena.pk}/").content.decode()
    assert "Vera Walker" in theirs
    person = client.get(f"/c/{campaign.slug}/people/{vera.person_id}/").content.decode()
    assert "→ Elm Road → Lena Lead → Alice" in person


def test_somebody_who_joined_twice_is_seen_by_the_organiser_alone(
    campaign: Campaign, alice: Membership
) -> None:
    open_the_door(campaign)
    send(campaign, a_form(campaign))
    again = send(campaign, a_form(campaign)).content.decode()

    first, second = volunteers(campaign)
    page = signed_in(alice).get(f"/c/{campaign.slug}/volunteers/{second.pk}/").content.decode()

    assert "already" not in again
    assert f"/volunteers/{first.pk}/" in page
    assert "The same address or number" in page


def test_somebody_may_be_in_several_teams_and_each_place_is_kept_with_its_days(
    campaign: Campaign, alice: Membership
) -> None:
    vera = a_volunteer(campaign)
    one, other = a_team(campaign, alice), a_team(campaign, alice)
    place = teams.put_in(one, vera, by=alice.actor)
    teams.put_in(other, vera, by=alice.actor)
    with pytest.raises(BadInput, match="already"):
        teams.put_in(one, vera, by=alice.actor)

    teams.take_out(place, by=alice.actor)
    teams.put_in(one, vera, by=alice.actor)

    with tenant(campaign.pk):
        rows = TeamPlace.objects.filter(team=one).order_by("pk")
        assert [row.until is None for row in rows] == [False, True]
    with pytest.raises(BadInput, match="already"):
        teams.put_back(place, by=alice.actor)


def test_taking_somebody_out_is_undone(campaign: Campaign, alice: Membership) -> None:
    place = teams.put_in(a_team(campaign, alice), a_volunteer(campaign), by=alice.actor)

    teams.take_out(place, by=alice.actor)
    teams.put_back(place, by=alice.actor)

    with tenant(campaign.pk):
        assert TeamPlace.objects.get(pk=place.pk).until is None


def test_a_hand_over_is_undone_and_both_stay_on_record(
    campaign: Campaign, alice: Membership
) -> None:
    lena, vera = a_volunteer(campaign, "Lena Lead"), a_volunteer(campaign)
    ann = member(campaign, "Ann", "organiser")
    team = a_team(campaign, alice, lena)
    client, address = signed_in(alice), f"/c/{campaign.slug}/volunteers/teams/{team.pk}/"

    client.post(f"{address}hand-over/", {"lead": vera.pk, "organiser": ann.pk})
    assert "Vera Walker" in client.get(address).content.decode()
    client.post(f"{address}hand-back/")

    with tenant(campaign.pk):
        rows = Charge.objects.filter(team=team).order_by("pk")
        now = rows.get(until=None)
        assert (now.lead_id, now.organiser_id) == (lena.pk, alice.pk)
        assert [row.undone_at is None for row in rows] == [True, False]
    client.post(f"{address}hand-over/", {"lead": vera.pk, "organiser": ann.pk})
    client.post(f"{address}hand-back/")
    with tenant(campaign.pk):
        assert Charge.objects.get(team=team, until=None).lead_id == lena.pk


def test_the_same_again_is_no_hand_over(campaign: Campaign, alice: Membership) -> None:
    lena = a_volunteer(campaign, "Lena Lead")
    team = a_team(campaign, alice, lena)

    assert teams.hand_over(team, lead=lena, organiser_id=alice.pk, by=alice.actor) is None


def test_a_closed_team_has_nobody_in_it_and_opened_again_it_is_as_it_was(
    campaign: Campaign, alice: Membership
) -> None:
    lena, vera = a_volunteer(campaign, "Lena L"), a_volunteer(campaign, "Vera V")
    team = a_team(campaign, alice, lena)
    before = teams.put_in(team, vera, by=alice.actor)
    teams.take_out(before, by=alice.actor)
    inside = teams.put_in(team, lena, by=alice.actor)
    client, address = signed_in(alice), f"/c/{campaign.slug}/volunteers/teams/{team.pk}/"

    client.post(f"{address}close/")

    page = client.get(address).content.decode()
    assert "Closed since" in page
    assert "Nobody: it is closed." in page
    with tenant(campaign.pk):
        assert not TeamPlace.objects.filter(team=team, until=None).exists()
        assert not Charge.objects.filter(team=team, until=None).exists()
    for refused in (
        lambda: teams.put_in(team, vera, by=alice.actor),
        lambda: teams.put_back(before, by=alice.actor),
        lambda: teams.hand_over(team, lead=vera, organiser_id=alice.pk, by=alice.actor),
        lambda: teams.hand_back(team, by=alice.actor),
    ):
        with pytest.raises(BadInput, match="This team is closed"):
            refused()
    assert f'value="{team.pk}"' not in client.get(f"/c/{campaign.slug}/volunteers/{vera.pk}/").content.decode()  # fmt: skip
    assert "1 closed team" in client.get(f"/c/{campaign.slug}/volunteers/teams/").content.decode()

    client.post(f"{address}reopen/")

    with tenant(campaign.pk):
        assert [row.pk for row in TeamPlace.objects.filter(team=team, until=None)] == [inside.pk]
        assert Charge.objects.get(team=team, until=None).lead_id == lena.pk
        assert Team.objects.get(pk=team.pk).closed_at is None


def test_what_a_team_was_called_stays_in_the_audit(campaign: Campaign, alice: Membership) -> None:
    team = a_team(campaign, alice)
    was = team.name
    address = f"/c/{campaign.slug}/volunteers/teams/{team.pk}/"

    for _twice in range(2):
        signed_in(alice).post(f"{address}rename/", {"name": "Hill", "area": "Hill Road"})
    empty = signed_in(alice).post(f"{address}rename/", {"name": " ", "area": ""})

    assert empty.status_code == 422
    with tenant(campaign.pk):
        now = Team.objects.get(pk=team.pk)
        assert (now.name, now.area) == ("Hill", "Hill Road")
        line = AuditLine.objects.get(verb="team.rename")
    assert line.detail == {"name": was, "area": "Elm Road"}


@pytest.mark.parametrize("whose", ["lead", "organiser"])
def test_a_team_is_handed_to_nobody_of_another_campaign(
    campaign: Campaign, alice: Membership, charlie: Membership, rivals: Campaign, whose: str
) -> None:
    team = a_team(campaign, alice)
    theirs = a_volunteer(rivals)
    said = {"lead": theirs.pk if whose == "lead" else "", "organiser": charlie.pk if whose == "organiser" else ""}  # fmt: skip

    answer = signed_in(alice).post(
        f"/c/{campaign.slug}/volunteers/teams/{team.pk}/hand-over/", said
    )

    assert answer.status_code == 422
    with tenant(campaign.pk):
        assert Charge.objects.filter(team=team).count() == 1


@pytest.mark.parametrize(("people", "warned"), [(10, False), (11, True)])
def test_a_lead_with_more_than_ten_people_is_a_warning_in_words(
    campaign: Campaign, alice: Membership, people: int, warned: bool
) -> None:
    lena = a_volunteer(campaign, "Lena Lead")
    a_team(campaign, alice, lena, people - 4)
    second = a_team(campaign, alice, lena, 4)
    teams.put_in(second, lena, by=alice.actor)

    page = signed_in(alice).get(f"/c/{campaign.slug}/volunteers/teams/").content.decode()

    assert (f"Lena Lead leads {people} people" in page) is warned


@pytest.mark.parametrize(("leads", "warned"), [(8, False), (9, True)])
def test_an_organiser_with_more_than_eight_leads_is_a_warning_in_words(
    campaign: Campaign, alice: Membership, leads: int, warned: bool
) -> None:
    for number in range(leads):
        a_team(campaign, alice, a_volunteer(campaign, f"Lena L{number}"))
    with tenant(campaign.pk):
        said = span.warnings(campaign, {alice.pk: alice})

    assert any(f"Alice looks after {leads} leads" in one for one in said) is warned


def test_whoever_is_erased_leaves_no_word_and_whom_they_brought_came_through_nobody(
    campaign: Campaign, alice: Membership
) -> None:
    open_the_door(campaign)
    form = a_form(campaign, **from_abroad(name="Zqx Zqxson", email="zqx@example.net"))
    send(campaign, form)
    (zqx,) = volunteers(campaign)
    brought = a_volunteer(campaign, brought_by=zqx)
    team = a_team(campaign, alice, zqx)
    teams.put_in(team, zqx, by=alice.actor)
    with tenant(campaign.pk):
        Team.objects.filter(pk=team.pk).update(name="Zqx Zqxson’s team")

    erase_person(campaign, zqx.person_id, request="person", by=alice.actor)

    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.columns "
            "where table_schema = 'public' and column_name = 'campaign_id'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"select t::text from {table} t")  # noqa: S608  # from the catalogue
            assert not [row for row in cursor.fetchall() if says_something_of_her(row[0])], table
        assert Volunteer.objects.get(pk=brought.pk).brought_by_id is None
        assert Charge.objects.get(team=team, until=None).lead_id is None
        assert JoinForm.objects.get().volunteer_id is None
    assert "This form was sent before" in send(campaign, form).content.decode()
    assert len(volunteers(campaign)) == 1


def test_charlie_sees_nobody_of_ours(campaign: Campaign, charlie: Membership) -> None:
    vera = a_volunteer(campaign)
    client = signed_in(charlie)

    for slug in (campaign.slug, "hillside"):
        answer = client.get(f"/c/{slug}/volunteers/{vera.pk}/")
        assert answer.status_code == 404
        assert "Vera" not in answer.content.decode()


@pytest.mark.parametrize("role", ["canvasser", "observer", "press", "teller"])
def test_only_organisers_look_after_volunteers(campaign: Campaign, role: str) -> None:
    vera = a_volunteer(campaign)
    client = signed_in(member(campaign, "Pat", role))

    assert client.get(f"/c/{campaign.slug}/volunteers/").status_code == 403
    assert client.post(f"/c/{campaign.slug}/volunteers/{vera.pk}/leave/").status_code == 403
