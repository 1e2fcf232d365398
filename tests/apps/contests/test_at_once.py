"""On the night several phones report from the same units, each in an order of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import (
    changing,
    inviting,
    letters,
    mailing,
    official,
    receiving,
    roster,
    taking_away,
)
from hustings.apps.contests.models import (
    Audit,
    Contest,
    Report,
    Reporter,
    ReporterLetter,
    ReporterLink,
    Unit,
)
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP
from tests.apps.contests.cast import a_caucus, a_reporter, a_unit, event
from tests.apps.crossing import crossing

pytestmark = [
    pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pooled"),
]  # fmt: skip


def test_two_phones_send_the_same_units_in_opposite_orders() -> None:
    campaign = create_campaign("riverside", "Riverside")
    with tenant(campaign.pk):
        contest = a_caucus(campaign)
        units = [a_unit(contest, name) for name in ("Mill Lane", "Town Hall")]
        bob, _token = a_reporter(contest, "Bob", *units)
        eve, _token = a_reporter(contest, "Eve", *units, source="second")
        bobs, eves = bob.links.get(), eve.links.get()

    def send_both() -> None:
        with tenant(campaign.pk):
            verdicts = receiving.receive(eves, [event(unit) for unit in reversed(units)])
        assert [one.status for one in verdicts] == ["stored", "stored"]

    wrong = crossing(
        campaign,
        [
            lambda: receiving.receive(bobs, [event(units[0])]),
            lambda: receiving.receive(bobs, [event(units[1])]),
        ],
        send_both,
    )

    assert wrong == []
    with tenant(campaign.pk):
        assert Report.objects.count() == 4


def test_units_are_brought_in_while_a_report_comes() -> None:
    campaign = create_campaign("riverside", "Riverside")
    with tenant(campaign.pk):
        contest = a_caucus(campaign)
        unit = a_unit(contest, "Mill Lane")
        bob, _token = a_reporter(contest, "Bob", unit)
        link = bob.links.get()

        file = roster.read(
            contest, b"county,precinct,eligible\nMill,Mill Lane,410\n", "roster.csv", by=SETUP
        )

    def bring_in() -> None:
        with tenant(campaign.pk):
            assert roster.bring_in(file, by=SETUP)["changed"] == 1

    wrong = crossing(campaign, [lambda: receiving.receive(link, [event(unit)])], bring_in)

    assert wrong == []
    with tenant(campaign.pk):
        assert Report.objects.get().unit_id == unit.pk
        assert Unit.objects.get().eligible == 410


def test_official_results_are_brought_in_while_a_report_comes_and_are_compared() -> None:
    campaign = create_campaign("riverside", "Riverside")
    with tenant(campaign.pk):
        contest = a_caucus(campaign)
        unit = a_unit(contest, "Mill Lane")
        bob, _token = a_reporter(contest, "Bob", unit)
        link = bob.links.get()
        raw = b"county,precinct,Ash,Birch\nMill,Mill Lane,21,18\n"
        file = official.read(contest, raw, "official.csv", by=SETUP)

    def bring_in() -> None:
        with tenant(campaign.pk):
            assert official.bring_in(file, "final", by=SETUP).differ == 1

    said = event(unit, "final", {"ash": 20, "birch": 18})
    wrong = crossing(campaign, [lambda: receiving.receive(link, [said])], bring_in)

    assert wrong == []
    with tenant(campaign.pk):
        assert [audit.why for audit in Audit.objects.all()] == ["official"]


def counted_by(contest: Contest, ruleset: str) -> Contest:
    """The same contest, counted by other rules."""
    return changing.change(
        contest, contest.name, held_on=contest.held_on, opens_at=contest.opens_at,
        time_zone=contest.time_zone, ruleset=ruleset, seats=contest.seats, by=SETUP,
    )  # fmt: skip


def test_rules_that_are_changed_while_a_report_comes_wait_for_it_and_stay() -> None:
    campaign = create_campaign("riverside", "Riverside")
    with tenant(campaign.pk):
        contest = a_caucus(campaign)
        unit = a_unit(contest, "Mill Lane")
        bob, _token = a_reporter(contest, "Bob", unit)
        link = bob.links.get()

    def change() -> None:
        with tenant(campaign.pk), pytest.raises(BadInput, match="both stay as they are"):
            counted_by(contest, "nevada-2020")

    wrong = crossing(campaign, [lambda: receiving.receive(link, [event(unit)])], change)

    assert wrong == []
    with tenant(campaign.pk):
        assert Contest.objects.get().ruleset == "iowa-2020"
        assert Report.objects.count() == 1


def test_a_report_that_comes_while_the_hour_is_moved_is_taken_by_the_new_hour() -> None:
    campaign = create_campaign("riverside", "Riverside")
    with tenant(campaign.pk):
        contest = a_caucus(campaign)
        unit = a_unit(contest, "Mill Lane")
        bob, _token = a_reporter(contest, "Bob", unit)
        link = bob.links.select_related("reporter__contest").get()
        opens = timezone.now() + timedelta(hours=1)

    def move() -> None:
        changing.change(
            contest, contest.name, held_on=contest.held_on, opens_at=opens,
            time_zone=contest.time_zone, ruleset=contest.ruleset, seats=None, by=SETUP,
        )  # fmt: skip

    def send() -> None:
        with tenant(campaign.pk):
            assert receiving.receive(link, [event(unit)])[0].status == "tray"

    wrong = crossing(campaign, [move], send)

    assert wrong == []
    with tenant(campaign.pk):
        assert not Report.objects.exists()


def taken_away(contest: Contest, unit: Unit | None) -> None:
    """The unit, or the whole contest where none is named."""
    if unit is None:
        taking_away.take_contest_away(contest, by=SETUP)
    else:
        taking_away.take_units_away(contest, [unit], by=SETUP)


@pytest.mark.parametrize("what", ["contest", "unit"])
def test_what_is_taken_away_while_a_report_comes_waits_for_it_and_stays(what: str) -> None:
    campaign = create_campaign("riverside", "Riverside")
    with tenant(campaign.pk):
        contest = a_caucus(campaign)
        unit = a_unit(contest, "Mill Lane")
        bob, _token = a_reporter(contest, "Bob", unit)
        link = bob.links.get()

    def take_away() -> None:
        with tenant(campaign.pk), pytest.raises(BadInput, match="stays"):
            taken_away(contest, unit if what == "unit" else None)

    wrong = crossing(campaign, [lambda: receiving.receive(link, [event(unit)])], take_away)

    assert wrong == []
    with tenant(campaign.pk):
        assert (Contest.objects.get().taken_away_at, Unit.objects.get().taken_away_at) == (
            None,
            None,
        )
        assert Report.objects.count() == 1


@pytest.mark.parametrize("what", ["contest", "unit"])
def test_a_report_that_comes_while_something_is_taken_away_goes_to_the_tray(what: str) -> None:
    campaign = create_campaign("riverside", "Riverside")
    with tenant(campaign.pk):
        contest = a_caucus(campaign)
        unit = a_unit(contest, "Mill Lane")
        bob, _token = a_reporter(contest, "Bob", unit)
        link = bob.links.select_related("reporter__contest").get()

    def send() -> None:
        with tenant(campaign.pk):
            assert receiving.receive(link, [event(unit)])[0].status == "tray"

    assert (
        crossing(campaign, [lambda: taken_away(contest, unit if what == "unit" else None)], send)
        == []
    )
    with tenant(campaign.pk):
        assert not Report.objects.exists()


def test_an_address_that_is_corrected_while_its_mail_is_claimed_ends_the_link_in_it() -> None:
    campaign = create_campaign("riverside", "Riverside")
    with tenant(campaign.pk):
        contest = a_caucus(campaign, opens_at=timezone.now() + timedelta(days=5))
        bob, _token = a_reporter(contest, "Bob", a_unit(contest, "Mill Lane"))
        Reporter.objects.update(email="bob@exmaple.org")
        bob.refresh_from_db()
        letter = letters.ask(bob, by=SETUP)

    def correct() -> None:
        with tenant(campaign.pk):
            assert inviting.correct_address(bob, telephone="", email="bob@example.org", by=SETUP)

    wrong = crossing(campaign, [lambda: mailing._claim(campaign, letter.pk)], correct)

    assert wrong == []
    with tenant(campaign.pk):
        assert not ReporterLink.objects.filter(ended_at=None).exists()
        assert ReporterLetter.objects.get().claimed_at is not None
