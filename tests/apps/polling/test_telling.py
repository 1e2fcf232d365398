"""Who has voted, as tellers hear it: once, whatever is sent twice, and taken back when misheard."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from hustings.apps.audit.actors import command
from hustings.apps.polling import actions, queries
from hustings.apps.polling.models import Promise, VotedMark
from hustings.core.errors import BadInput
from tests.apps.cast import signed_in

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.apps.polling.conftest import Voters

BY = command("tests")


@pytest.fixture
def inside(campaign: Campaign) -> object:
    """The wall is open, as for a request."""
    from hustings.apps.campaigns.tenancy import tenant

    with tenant(campaign.pk):
        yield


def counts(voters: Voters) -> dict[str, tuple[int, int, int]]:
    """District → to be turned out, of these voted, voted of everybody."""
    return {
        one.name: (one.wanted, one.wanted_voted, one.voted) for one in queries.districts(voters.day)
    }


def test_a_number_told_counts_for_its_district(voters: Voters, inside: object) -> None:
    actions.mark_voted(voters.day, "AA", "1", report_id=uuid4(), by=BY)
    actions.mark_voted(voters.day, "AA", "3", report_id=uuid4(), by=BY)

    assert counts(voters) == {"AA": (2, 1, 2), "AB": (1, 0, 0)}


def test_a_report_sent_twice_is_one_mark_and_a_number_told_twice_is_one_voter(
    voters: Voters, inside: object
) -> None:
    report = uuid4()
    for id_ in (report, report, uuid4()):
        actions.mark_voted(voters.day, "AB", "1", report_id=id_, by=BY)

    assert VotedMark.objects.of(voters.day.campaign_id).count() == 2
    assert counts(voters)["AB"] == (1, 1, 1)
    assert queries.marks_told(voters.day) == 1


def test_a_suffix_is_somebody_else(voters: Voters, inside: object) -> None:
    actions.mark_voted(voters.day, "AB", "1.1", report_id=uuid4(), by=BY)

    assert queries.voted_among(voters.day, [one.pk for one in voters.people.values()]) == {
        voters.people["AB-1/1"].pk
    }


def test_what_was_misheard_is_taken_back_and_stays_on_record(
    voters: Voters, inside: object
) -> None:
    mark = actions.mark_voted(voters.day, "AA", "1", report_id=uuid4(), by=BY)

    actions.take_back(mark, by=BY)

    assert counts(voters)["AA"] == (2, 0, 0)
    mark.refresh_from_db()
    assert mark.withdrawn_by == BY.label


def test_a_number_of_nobody_is_kept_and_counts_when_the_register_knows_it(
    voters: Voters, inside: object
) -> None:
    from hustings.apps.people.models import Person
    from hustings.apps.register.models import RegisterEntry

    mark = actions.mark_voted(voters.day, "AA", "9", report_id=uuid4(), by=BY)
    assert queries.unknown_numbers(voters.day) == [mark]

    new = Person.objects.create(campaign=voters.day.campaign, surname="New")
    RegisterEntry.objects.create(
        campaign=voters.day.campaign, person=new, number="AA-9", district="AA", added_in=2
    )

    assert queries.unknown_numbers(voters.day) == []
    assert counts(voters)["AA"] == (2, 0, 1)


def test_a_promise_is_turned_out_until_it_is_taken_back(voters: Voters, inside: object) -> None:
    made = actions.promise(voters.day, voters.people["AB-2"], "at the door", by=BY)
    assert counts(voters)["AB"][0] == 2

    actions.take_promise_back(made, by=BY)

    assert counts(voters)["AB"][0] == 1


def test_a_day_that_ended_takes_nothing_more(voters: Voters, inside: object) -> None:
    actions.end_day(voters.day, by=BY)

    with pytest.raises(BadInput, match="has ended"):
        actions.mark_voted(voters.day, "AA", "1", report_id=uuid4(), by=BY)


def test_what_tellers_heard_is_deleted_after_the_stated_day(
    voters: Voters, inside: object, campaign: Campaign
) -> None:
    actions.mark_voted(voters.day, "AA", "1", report_id=uuid4(), by=BY)
    actions.promise(voters.day, voters.people["AB-2"], "at the door", by=BY)

    on_the_day = actions.forget(campaign, voters.day.told_until, by=BY)
    after = actions.forget(campaign, voters.day.told_until + timedelta(days=1), by=BY)
    again = actions.forget(campaign, voters.day.told_until + timedelta(days=2), by=BY)

    assert (on_the_day, after, again) == (0, 2, 0)
    assert not VotedMark.objects.of(campaign).exists()
    assert not Promise.objects.of(campaign).exists()


# --- the pages ----------------------------------------------------------------------------------


def told(tess: Membership, number: str, **more: object) -> object:
    """What a teller's page answers to one number."""
    return signed_in(tess).post(
        f"/c/{tess.campaign.slug}/polling/tell/",
        {"district": "AA", "number": number, "report_id": str(uuid4()), **more},
        follow=True,
    )


def test_a_teller_tells_one_number_after_the_other_and_takes_back_the_last_three(
    voters: Voters, tess: Membership
) -> None:
    client = signed_in(tess)
    address = f"/c/{tess.campaign.slug}/polling/tell/"
    for number in ("1", "2", "3", "77"):
        page = client.post(
            address, {"district": "AA", "number": number, "report_id": str(uuid4())}, follow=True
        )

    shown = [mark.number for mark in page.context["last"]]
    assert shown == ["AA-77", "AA-3", "AA-2"]
    assert "nobody’s line" in page.text
    assert page.context["form"].initial["district"] == "AA"
    page = client.post(
        f"/c/{tess.campaign.slug}/polling/marks/{page.context['last'][0].pk}/back/", follow=True
    )
    assert [mark.number for mark in page.context["last"]] == ["AA-3", "AA-2", "AA-1"]


def test_a_teller_sees_nobodys_name_and_no_other_room(voters: Voters, tess: Membership) -> None:
    page = told(tess, "1")

    assert "Vera" not in page.text  # type: ignore[attr-defined]
    assert [room["url"] for room in page.context["rooms"]] == [  # type: ignore[attr-defined]
        f"/c/{tess.campaign.slug}/polling/"
    ]


def test_what_is_no_number_is_said_beside_the_field(voters: Voters, tess: Membership) -> None:
    page = told(tess, "twelve")

    assert page.status_code == 422  # type: ignore[attr-defined]
    assert "no elector number" in page.text  # type: ignore[attr-defined]


def test_a_teller_takes_back_only_what_they_told(
    voters: Voters, tess: Membership, alice: Membership
) -> None:
    mark = actions.mark_voted(voters.day, "AA", "1", report_id=uuid4(), by=alice.actor)

    answer = signed_in(tess).post(f"/c/{tess.campaign.slug}/polling/marks/{mark.pk}/back/")

    assert answer.status_code == 404


def test_the_organiser_sees_who_is_left_by_district(voters: Voters, alice: Membership) -> None:
    actions.mark_voted(voters.day, "AA", "1", report_id=uuid4(), by=alice.actor)

    page = signed_in(alice).get(f"/c/{alice.campaign.slug}/polling/")

    assert [(one.name, one.wanted_left) for one in page.context["districts"]] == [
        ("AA", 1), ("AB", 1),
    ]  # fmt: skip
    assert "Council" in page.text


def test_a_person_shows_that_they_voted_and_never_how(
    voters: Voters, alice: Membership, campaign: Campaign
) -> None:
    voter = voters.people["AA-1"]
    actions.mark_voted(voters.day, "AA", "1", report_id=uuid4(), by=alice.actor)
    client = signed_in(alice)

    client.post(f"/c/{campaign.slug}/polling/people/{voter.pk}/promise/")
    page = client.get(f"/c/{campaign.slug}/people/{voter.pk}/")

    assert "Has voted: Council" in page.text
    assert "Promised to vote: Council" in page.text
    assert "Take the promise back" in page.text
