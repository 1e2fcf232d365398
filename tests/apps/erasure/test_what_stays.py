"""After somebody was erased a knock stays a knock, phones that report again are refused, and nobody does it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from hustings.apps.accounts.access import NotHere
from hustings.apps.accounts.actions import LastOrganiser
from hustings.apps.accounts.models import Membership
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, residents
from hustings.apps.canvass.models import CanvassEvent, EventClash, LateReport
from hustings.apps.canvass.report import Somebody
from hustings.apps.erasure.actions import AlreadyErased, NotOneself, erase_person, foresee
from hustings.apps.erasure.command import main
from hustings.apps.people.models import DoNotContact, Erasure, Household, Person
from hustings.apps.results.queries import effort, version_of
from hustings.core.errors import BadInput
from tests.apps.a_row_of_each import MODELS
from tests.apps.canvass.cast import a_phone, a_report, a_walk, replace
from tests.apps.cast import SETUP, signed_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.accounts.models import Device
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.report import Report
    from hustings.apps.outings.models import Turf

pytestmark = pytest.mark.trust(29)


class Lane:
    """Mill Lane: Ada lives alone at 1, Ben and Cyd at 2; Bob carries the walk."""

    def __init__(self, campaign: Campaign, alice: Membership) -> None:
        self.campaign = campaign
        self.turf: Turf = a_walk(campaign, [1, 2])
        self.phone: Device = a_phone(self.turf, "Bob", alice)
        self.ada, self.ben, self.cyd = (
            self._person(door, name) for door, name in ((1, "Ada"), (2, "Ben"), (2, "Cyd"))
        )

    def _person(self, door: int, name: str) -> Person:
        home, _new = Household.objects.get_or_create(
            campaign=self.campaign, address_key=f"door {door}", defaults={"address": f"{door}"}
        )
        person: Person = Person.objects.create(
            campaign=self.campaign, household=home, forename=name, surname="Byron",
            name_key=f"byron {name.lower()}", origin="contacts",
        )  # fmt: skip
        return person

    def said(self, door: int, person: Person | None = None, kind: str = "answered") -> Report:
        more: dict[str, Any] = {"person": person.pk} if person else {}
        if kind == "answered":
            more["support"] = self.campaign.support_scale[0]["code"]
        return a_report(self.turf, door, kind, wording_version=0, **more)

    def record(self, *reports: Report, met: Sequence[Somebody] = ()) -> list[tuple[str, str]]:
        outcomes = actions.record(self.phone, list(reports), met)
        return [(outcome.status, outcome.message) for outcome in outcomes]


@pytest.fixture
def lane(campaign: Campaign, alice: Membership) -> Lane:
    with tenant(campaign.pk):
        return Lane(campaign, alice)


def numbers(campaign: Campaign) -> dict[str, int]:
    with tenant(campaign.pk):
        total = effort(campaign).total
        return {"knocked": total.knocked, "contacts": total.contacts, "answers": total.answers}


def erase(lane: Lane, person: Person, by: Membership) -> None:
    erase_person(lane.campaign, person.pk, request="person", by=by.actor)


def test_doors_knocked_and_people_spoken_to_stay_counted_and_the_answer_does_not(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        lane.record(lane.said(1, lane.ada), lane.said(2, lane.ben), lane.said(2, lane.cyd))
    assert numbers(campaign) == {"knocked": 2, "contacts": 2, "answers": 3}

    erase(lane, lane.ada, alice)

    assert numbers(campaign) == {"knocked": 2, "contacts": 2, "answers": 2}
    with tenant(campaign.pk):
        [bob] = effort(campaign).phones
        assert (bob.knocked, bob.contacts) == (2, 2)


def test_an_open_page_of_results_learns_that_its_numbers_changed(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        lane.record(lane.said(1, lane.ada))
        before = version_of(campaign, None)

    erase(lane, lane.ada, alice)

    with tenant(campaign.pk):
        assert version_of(campaign, None) != before


def test_what_was_said_at_the_door_of_one_alone_was_said_by_them(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        lane.record(lane.said(1, kind="refused"), lane.said(2, kind="refused"))

    erase(lane, lane.ada, alice)
    erase(lane, lane.ben, alice)

    with tenant(campaign.pk):
        kinds = dict(CanvassEvent.objects.values_list("door_id", "kind"))
    assert kinds == {1: "spoken_to", 2: "refused"}, "Cyd still lives at 2, and may have refused."


def test_nobody_at_home_stays_nobody_at_home(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        lane.record(lane.said(1, kind="no_answer"))

    erase(lane, lane.ada, alice)

    with tenant(campaign.pk):
        assert CanvassEvent.objects.get().kind == "no_answer"
    assert numbers(campaign)["contacts"] == 0


def test_do_not_contact_of_one_is_not_left_to_the_whole_door(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        lane.record(lane.said(2, lane.ben, kind="do_not_contact"))

    erase(lane, lane.ben, alice)

    with tenant(campaign.pk):
        lane.record(lane.said(2, lane.cyd))
        assert not DoNotContact.objects.filter(person=lane.cyd).exists()


@pytest.mark.trust(30)
def test_a_report_that_is_sent_again_is_known_and_brings_nothing_back(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    report = lane.said(1, lane.ada)
    with tenant(campaign.pk):
        lane.record(report)
    erase(lane, lane.ada, alice)

    with tenant(campaign.pk):
        again = lane.record(report, replace(report, kind="refused", support=""))

        assert [status for status, _message in again] == ["known", "known"]
        assert CanvassEvent.objects.get().support == ""
        assert EventClash.objects.count() == 0


@pytest.mark.trust(30)
def test_a_phone_that_comes_with_more_about_her_is_told_that_she_was_erased(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    erase(lane, lane.ada, alice)

    with tenant(campaign.pk):
        [(status, message)] = lane.record(lane.said(1, lane.ada))

        assert status == "erased"
        assert "erased" in message
        assert CanvassEvent.objects.count() == 0


@pytest.mark.trust(30)
def test_a_late_report_about_her_is_neither_kept_nor_taken_in(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        actions.take_back(campaign, [lane.phone], by=alice.actor)
        assert lane.record(lane.said(1, lane.ada))[0][0] == "late"
    erase(lane, lane.ada, alice)

    with tenant(campaign.pk):
        assert LateReport.objects.count() == 0
        assert lane.record(lane.said(1, lane.ada))[0][0] == "erased"
        assert LateReport.objects.count() == 0


@pytest.mark.trust(30)
def test_somebody_met_at_a_door_is_not_made_again_by_the_phone_that_met_them(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    eve = Somebody(uuid4(), door=2, forename="Eve", surname="Noether")
    report = replace(lane.said(2), met=eve.id)
    with tenant(campaign.pk):
        lane.record(report, met=[eve])
        person = Person.objects.get(forename="Eve")
    erase(lane, person, alice)

    with tenant(campaign.pk):
        outcomes = lane.record(replace(report, id=uuid4(), sequence=2), met=[eve])
        with pytest.raises(BadInput, match="erased"):
            actions.meet(lane.phone, eve)

        assert outcomes[0][0] == "erased"
        assert not Person.objects.filter(forename="Eve").exists()
        assert residents.residents(campaign, [2]) == {(lane.ben.pk, 2), (lane.cyd.pk, 2)}


@pytest.mark.trust(17)
def test_a_phone_cannot_report_what_only_erasing_leaves(lane: Lane) -> None:
    with pytest.raises(BadInput, match="not something that happens at a door"):
        lane.said(1, kind="spoken_to")


def test_the_second_time_says_so(lane: Lane, alice: Membership, campaign: Campaign) -> None:
    erase(lane, lane.ada, alice)

    with pytest.raises(AlreadyErased, match=rf"Person {lane.ada.pk} was erased on"):
        erase(lane, lane.ada, alice)

    page = reverse("erasure:erase", args=[campaign.slug, lane.ada.pk])
    for answer in (
        signed_in(alice).get(page),
        signed_in(alice).post(page, {"request": "person", "word": "erase"}),
    ):
        assert answer.status_code == 410
        assert "There is nothing left to erase" in answer.content.decode()
    with tenant(campaign.pk):
        assert Erasure.objects.count() == 1


def test_looking_first_changes_nothing(lane: Lane, alice: Membership, campaign: Campaign) -> None:
    def held() -> dict[str, int]:
        return {model._meta.db_table: model.objects.count() for model in MODELS}

    with tenant(campaign.pk):
        lane.record(lane.said(1, lane.ada))
        before = held()

        would_go = foresee(campaign, lane.ada.pk, by=alice.actor)

        assert would_go.rows["canvass_canvassevent"] == 1
        assert held() == before
        assert CanvassEvent.objects.get().support != ""


def test_what_was_foreseen_is_what_goes(lane: Lane, alice: Membership, campaign: Campaign) -> None:
    with tenant(campaign.pk):
        lane.record(lane.said(1, lane.ada))
        would_go = foresee(campaign, lane.ada.pk, by=alice.actor)

    went = erase_person(campaign, lane.ada.pk, request="person", by=alice.actor)

    assert went.rows == would_go.rows


@pytest.mark.trust(11)
def test_erasing_is_one_line_in_the_audit_without_a_name(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    erase(lane, lane.ada, alice)

    with tenant(campaign.pk):
        line = AuditLine.objects.get(verb="person.erase")
    assert (line.actor_label, line.subject_id) == ("Alice", str(lane.ada.pk))
    assert "Byron" not in str(line.detail)


def test_the_page_asks_for_a_request_and_a_word_and_erases_only_with_both(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    client = signed_in(alice)
    page = reverse("erasure:erase", args=[campaign.slug, lane.ada.pk])

    assert "Ada Byron" in client.get(page).content.decode()
    assert client.post(page, {"request": "person", "word": "yes"}).status_code == 422
    assert client.post(page, {"request": "", "word": "erase"}).status_code == 422
    with tenant(campaign.pk):
        assert Person.objects.filter(pk=lane.ada.pk).exists()

    answer = client.post(page, {"request": "person", "word": "Erase"}, follow=True)

    assert f"Person {lane.ada.pk}" in answer.content.decode()
    assert "Byron" not in answer.content.decode()


def test_the_page_says_which_printed_sheets_have_the_name(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    page = signed_in(alice).get(reverse("erasure:erase", args=[campaign.slug, lane.ada.pk]))

    words = page.content.decode()
    assert "Walk 7, Mill Lane" in words
    assert "out with Bob" in words


def test_a_member_and_a_phone_of_the_same_name_are_offered_and_go_only_when_chosen(
    lane: Lane, alice: Membership, bob: Membership, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        Person.objects.filter(pk=lane.ben.pk).update(forename="Bob", surname="")
    page = reverse("erasure:erase", args=[campaign.slug, lane.ben.pk])
    client = signed_in(alice)
    offered = client.get(page).context["form"].fields

    assert [number for number, _label in offered["members"].choices] == [bob.pk]
    assert [number for number, _label in offered["phones"].choices] == [lane.phone.pk]
    client.post(page, {"request": "person", "word": "erase", "phones": [lane.phone.pk]})

    assert Membership.objects.filter(pk=bob.pk).exists()
    with tenant(campaign.pk):
        lane.phone.refresh_from_db()
        assert (lane.phone.label, lane.phone.is_let_in()) == ("—", False)


def test_nobody_erases_themselves_and_the_last_organiser_stays(
    lane: Lane, alice: Membership, campaign: Campaign
) -> None:
    with pytest.raises(NotOneself):
        erase_person(campaign, lane.ada.pk, request="person", by=alice.actor, members=[alice.pk])
    with pytest.raises(LastOrganiser):
        erase_person(campaign, lane.ada.pk, request="person", by=SETUP, members=[alice.pk])

    assert Membership.objects.filter(pk=alice.pk).exists()
    with tenant(campaign.pk):
        assert Person.objects.filter(pk=lane.ada.pk).exists()


@pytest.mark.trust(9)
def test_an_observer_a_canvasser_and_a_press_officer_erase_nobody(
    lane: Lane, olive: Membership, bob: Membership, petra: Membership, campaign: Campaign
) -> None:
    page = reverse("erasure:erase", args=[campaign.slug, lane.ada.pk])

    for who in (olive, bob, petra):
        assert signed_in(who).get(page).status_code == 403
        sent = signed_in(who).post(page, {"request": "person", "word": "erase"})
        assert sent.status_code == 403
    with tenant(campaign.pk):
        assert Person.objects.filter(pk=lane.ada.pk).exists()


@pytest.mark.trust(1, 7)
def test_charlie_cannot_erase_alices_people(
    lane: Lane, charlie: Membership, campaign: Campaign, rivals: Campaign
) -> None:
    client = signed_in(charlie)

    for slug in (campaign.slug, rivals.slug):
        page = reverse("erasure:erase", args=[slug, lane.ada.pk])
        sent = client.post(page, {"request": "person", "word": "erase"})
        assert sent.status_code == 404
    with pytest.raises(NotHere):
        erase_person(rivals, lane.ada.pk, request="person", by=charlie.actor)
    with tenant(campaign.pk):
        assert Person.objects.filter(pk=lane.ada.pk).exists()


@pytest.mark.trust(1)
def test_charlie_cannot_take_a_member_of_ours_along(
    lane: Lane, charlie: Membership, bob: Membership, rivals: Campaign
) -> None:
    with tenant(rivals.pk):
        own = Person.objects.create(campaign=rivals, surname="Own")

    with pytest.raises(NotHere):
        erase_person(rivals, own.pk, request="ours", by=charlie.actor, members=[bob.pk])

    assert Membership.objects.filter(pk=bob.pk).exists()


FUNCTIONS = {
    "erase_what_was_heard": "select erase_what_was_heard(%s)",
    "erase_from_settlements": "select erase_from_settlements(%s, '{Alice}', '')",
    "erase_from_erasures": "select erase_from_erasures(%s, '{Alice}', '')",
    "erase_from_audit": "select erase_from_audit(%s, '{1}', '{}', '{}', '{}', '')",
    "erase_from_records": "select erase_from_records(%s, '{1}')",
    "erase_from_clippings": "select erase_from_clippings(%s, '{1}', '{Alice}', '')",
    "doors_of_one_alone": "select doors_of_one_alone(%s)",
}


@pytest.mark.trust(17)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_owners_functions_do_nothing_without_an_erasure_in_the_same_transaction(
    name: str, lane: Lane, campaign: Campaign
) -> None:
    with (
        tenant(campaign.pk),
        pytest.raises(DatabaseError, match="nothing is erased without"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(FUNCTIONS[name], [lane.ada.pk])


@pytest.mark.trust(3, 17)
@pytest.mark.django_db
def test_every_function_that_runs_as_the_owner_asks_for_an_erasure_or_is_named_here() -> None:
    """A new one would be a door in the wall."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select proname, proconfig::text, has_function_privilege('public', oid, 'execute') "
            "from pg_proc where prosecdef and pronamespace = 'public'::regnamespace"
        )
        found = {name: (config, public) for name, config, public in cursor.fetchall()}

    assert set(found) == {*FUNCTIONS, "erasing_now", "campaign_has_no_rows"}
    assert all("search_path=public, pg_temp" in config for config, _public in found.values())
    assert [name for name, (_c, public) in found.items() if public] == ["campaign_has_no_rows"]


def test_the_command_looks_first_and_erases_with_yes(
    lane: Lane, campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["erase", str(lane.ada.pk), "--campaign", campaign.slug, "--request", "person"]

    assert main(words) == 0
    assert "Nothing was changed" in capsys.readouterr().out
    with tenant(campaign.pk):
        assert Person.objects.filter(pk=lane.ada.pk).exists()
    assert main([*words, "--yes"]) == 0
    assert "was erased" in capsys.readouterr().out
    assert main([*words, "--yes"]) == 2
    assert "nothing left to erase" in capsys.readouterr().err
    assert main(["erased", "--campaign", campaign.slug, "--json"]) == 0
    assert f'"person": {lane.ada.pk}' in capsys.readouterr().out


def test_the_command_knows_a_member_by_the_e_mail_address(
    lane: Lane, alice: Membership, bob: Membership, campaign: Campaign,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    words = ["erase", str(lane.ada.pk), "--campaign", campaign.slug, "--request", "ours", "--yes"]

    assert main([*words, "--member", "nobody@example.org"]) == 2
    assert "no member" in capsys.readouterr().err
    assert main([*words, "--member", bob.user.email, "--phone", str(lane.phone.pk)]) == 0

    assert not Membership.objects.filter(pk=bob.pk).exists()
