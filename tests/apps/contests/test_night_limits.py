"""What one phone, or one machine, may ask of a night: nobody fills the tray, and nobody asks without end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import inviting, night_views, receiving, tray, tray_room
from hustings.apps.contests.models import Report, ReporterStep, TrayReport
from tests.apps.cast import SETUP
from tests.apps.contests.cast import a_caucus, a_reporter, a_unit, event, post, send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Contest


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    """Tonight's caucus, behind the campaign's wall."""
    with tenant(campaign.pk):
        yield a_caucus(campaign)


@pytest.fixture(autouse=True)
def a_small_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three reports of one reporter may wait."""
    monkeypatch.setattr(tray_room, "MOST_WAITING", 3)


def test_an_ended_link_has_only_so_many_reports_waiting_in_the_tray(contest: Contest) -> None:
    mill = a_unit(contest, "Mill")
    bob, token = a_reporter(contest, "Bob", mill)
    inviting.end_links(bob, by=SETUP)
    said = [event(mill) for _time in range(5)]

    answers = send(token, *said)

    assert [(one["id"], one["status"]) for one in answers] == [(one["id"], "tray") for one in said[:3]]  # fmt: skip
    assert TrayReport.objects.count() == 3
    assert post(token, {"events": said[3:]}).status_code == 429
    assert [one["status"] for one in send(token, *said)] == ["tray"] * 3
    tray.lay_aside(TrayReport.objects.earliest("pk"), by=SETUP)
    assert [one["id"] for one in send(token, *said[3:])] == [said[3]["id"]]


def test_a_full_tray_holds_up_no_report_that_counts_and_nobody_elses(contest: Contest) -> None:
    mill, other = a_unit(contest, "Mill"), a_unit(contest, "Station Road")
    _bob, token = a_reporter(contest, "Bob", mill)
    eve, hers = a_reporter(contest, "Eve", mill)
    send(token, *(event(other) for _time in range(3)))
    inviting.end_links(eve, by=SETUP)
    counts, waits = event(mill), event(other)

    assert [(one["id"], one["status"]) for one in send(token, waits, counts)] == [(counts["id"], "stored")]  # fmt: skip
    assert Report.objects.count() == 1
    assert send(hers, event(mill))[0]["status"] == "tray"


def test_a_reporter_who_practises_without_end_makes_only_so_many_rows(
    contest: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MOST_PRACTISED", 3)
    contest.opens_at = timezone.now() + timedelta(hours=1)
    contest.save()
    mill = a_unit(contest, "Mill")
    _bob, token = a_reporter(contest, "Bob", mill)

    answers = [send(token, event(mill, kind="practice"))[0] for _time in range(5)]

    assert [one["status"] for one in answers] == ["stored"] * 3 + ["known"] * 2
    assert ReporterStep.objects.filter(kind="practised").count() == 3


@pytest.mark.parametrize("name", ["shell", "service-worker"])
def test_a_machine_that_asks_for_the_phones_page_without_end_is_slowed_down(
    contest: Contest, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(night_views, "RATES", {"night": "2/m/ip", "night_nowhere": "2/m/ip"})

    answers = [Client().get(reverse(f"night:{name}")).status_code for _time in range(3)]

    assert answers == [200, 200, 429]
