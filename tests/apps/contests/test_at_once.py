"""On the night several phones report from the same units, each in an order of its own."""

from __future__ import annotations

import pytest

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import official, receiving, roster
from hustings.apps.contests.models import Audit, Report, Unit
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
