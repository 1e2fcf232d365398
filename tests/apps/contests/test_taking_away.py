"""A contest that was planned by mistake and units of a wrong roster are taken away, and brought back."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import (
    letters,
    live,
    mailing,
    official,
    publishing,
    queries,
    roster,
    season,
    taking_away,
)
from hustings.apps.contests.models import (
    Contest,
    Report,
    Reporter,
    ReporterLetter,
    TrayReport,
    Unit,
)
from hustings.apps.contests.totals import board_of
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP, signed_in
from tests.apps.contests.cast import a_caucus, a_reporter, a_unit, event, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    """Tonight's caucus, behind the campaign's wall."""
    with tenant(campaign.pk):
        yield a_caucus(campaign)


def address(contest: Contest, name: str = "contest") -> str:
    return reverse(f"contests:{name}", args=[contest.campaign.slug, contest.pk])


def away(client: Client, contest: Contest, do: str = "away") -> str:
    """What the page says afterwards."""
    answer = client.post(address(contest, "contest-away"), {"do": do}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def units_away(client: Client, contest: Contest, *units: Unit, do: str = "away") -> str:
    """The same of units."""
    said = {"do": do, "unit": [unit.pk for unit in units]}
    answer = client.post(address(contest, "units-away"), said, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def facts(token: str) -> dict[str, object]:
    found: dict[str, object] = Client().get(reverse("night:facts", args=[token])).json()
    return found


def test_a_contest_that_is_taken_away_is_nowhere_and_comes_back_as_it_was(
    alice_signed_in: Client, campaign: Campaign, contest: Contest
) -> None:
    mill = a_unit(contest, "Mill Lane")
    _bob, token = a_reporter(contest, "Bob", mill)
    publishing.publish(contest, by=SETUP)
    public = reverse("count:page", args=[campaign.slug, contest.pk])
    assert Client().get(public).status_code == 200

    page = away(alice_signed_in, contest)

    assert "Bring it back" in page
    assert queries.calendar(campaign, past=False, page="").of == 0
    assert season.season_of(campaign, "").years == ()
    for name in ("contest", "units", "reporters", "roster", "tray", "change"):
        assert alice_signed_in.get(address(contest, name)).status_code == 404
    assert alice_signed_in.get(reverse("live:board", args=[campaign.slug, contest.pk])).status_code == 404  # fmt: skip
    assert Client().get(public).status_code == 404
    assert (facts(token)["ended"], facts(token)["units"]) == (True, [])

    assert "as it was" in away(alice_signed_in, contest, "back")
    assert Client().get(public).status_code == 200
    assert facts(token)["ended"] is False
    assert [one.name for one in queries.calendar(campaign, past=False, page="").rows] == ["Caucus"]
    verbs = AuditLine.objects.filter(verb__in=["contest.away", "contest.back"]).order_by("pk")
    assert [line.verb for line in verbs] == ["contest.away", "contest.back"]


def test_a_contest_where_something_was_reported_stays_with_a_sentence(
    alice_signed_in: Client, contest: Contest
) -> None:
    mill = a_unit(contest, "Mill Lane")
    send(a_reporter(contest, "Bob", mill)[1], event(mill))

    page = away(alice_signed_in, contest)

    assert "so this contest stays on record" in page
    assert Contest.objects.get().taken_away_at is None


def test_what_can_be_taken_away_says_so_only_until_something_is_reported(
    alice_signed_in: Client, contest: Contest
) -> None:
    mill = a_unit(contest, "Mill Lane")
    _bob, token = a_reporter(contest, "Bob", mill)
    unit = reverse("contests:unit", args=[contest.campaign.slug, contest.pk, mill.pk])

    def offered() -> tuple[bool, bool]:
        pages = [alice_signed_in.get(at).content.decode() for at in (address(contest), unit)]
        return "Take this contest away" in pages[0], "Take this unit away" in pages[1]

    assert offered() == (True, True)
    send(token, event(mill))
    assert offered() == (False, False)


def test_what_phones_send_meanwhile_waits_in_its_tray_and_none_of_it_counts(
    alice_signed_in: Client, contest: Contest
) -> None:
    mill = a_unit(contest, "Mill Lane")
    _bob, token = a_reporter(contest, "Bob", mill)
    away(alice_signed_in, contest)

    said = send(token, event(mill))[0]

    assert (said["status"], "was taken away" in said["message"]) == ("tray", True)
    page = alice_signed_in.get(reverse("contests:away", args=[contest.campaign.slug])).content.decode()  # fmt: skip
    assert "1 report in its tray" in page
    standings = reverse("contests:season", args=[contest.campaign.slug])
    assert "Taken away" in alice_signed_in.get(standings).content.decode()
    away(alice_signed_in, contest, "back")
    assert TrayReport.objects.get().unit_id == mill.pk
    assert not Report.objects.exists()


def test_mail_to_reporters_of_a_contest_that_is_taken_away_is_not_sent_and_can_be_asked_for_after(
    alice_signed_in: Client, campaign: Campaign, contest: Contest
) -> None:
    Contest.objects.update(held_on=timezone.localdate() + timedelta(days=3))
    bob, _token = a_reporter(contest, "Bob", a_unit(contest, "Mill Lane"))
    Reporter.objects.update(email="bob@example.org")
    bob.refresh_from_db()
    letters.ask(bob, by=SETUP)

    away(alice_signed_in, contest)
    mailing.mail_what_waits(campaign)

    assert (mail.outbox, ReporterLetter.objects.get().dropped) == ([], "away")
    away(alice_signed_in, contest, "back")
    assert "taken away before it was sent" in alice_signed_in.get(address(contest, "reporters")).content.decode()  # fmt: skip
    assert letters.ask_all(contest, again=False, by=SETUP) == 1


def test_a_letter_whose_units_were_all_taken_away_is_not_sent(
    campaign: Campaign, contest: Contest
) -> None:
    Contest.objects.update(held_on=timezone.localdate() + timedelta(days=3))
    mill = a_unit(contest, "Mill Lane")
    bob, _token = a_reporter(contest, "Bob", mill)
    Reporter.objects.update(email="bob@example.org")
    bob.refresh_from_db()
    letters.ask(bob, by=SETUP)

    taking_away.take_units_away(contest, [mill], by=SETUP)
    mailing.mail_what_waits(campaign)

    assert (mail.outbox, ReporterLetter.objects.get().dropped) == ([], "away")


def test_one_is_planned_anew_under_the_same_name_and_the_first_cannot_come_back_then(
    alice_signed_in: Client, campaign: Campaign, contest: Contest
) -> None:
    away(alice_signed_in, contest)
    again = a_caucus(campaign, opens_at=contest.opens_at)

    assert "Call that one otherwise first." in away(alice_signed_in, contest, "back")
    assert [one.pk for one in Contest.objects.filter(taken_away_at=None)] == [again.pk]


def test_units_of_a_wrong_roster_go_together_and_the_board_and_its_mark_follow(
    alice_signed_in: Client, contest: Contest
) -> None:
    mill, weir, hall = (a_unit(contest, name) for name in ("Mill Lane", "Weir", "Hall"))
    _bob, token = a_reporter(contest, "Bob", mill, weir)
    mark = live.version_of(contest)

    page = units_away(alice_signed_in, contest, weir, hall)

    assert "2 units are taken away" in page
    assert [line.unit.name for line in board_of(contest).lines] == ["Mill Lane"]
    assert live.version_of(contest) != mark
    assert queries.readiness(contest).units == 1
    assert [unit["name"] for unit in facts(token)["units"]] == ["Mill Lane"]  # type: ignore[attr-defined, index]  # a list of objects
    gone = reverse("contests:unit", args=[contest.campaign.slug, contest.pk, weir.pk])
    assert alice_signed_in.get(gone).status_code == 404
    assert "Back, as it was." in units_away(alice_signed_in, contest, weir, do="back")
    assert queries.readiness(contest).units == 2
    assert live.version_of(contest) != mark


def test_a_unit_where_something_was_reported_stays_and_nothing_goes_with_it(
    alice_signed_in: Client, contest: Contest
) -> None:
    mill, weir = a_unit(contest, "Mill Lane"), a_unit(contest, "Weir")
    send(a_reporter(contest, "Bob", mill)[1], event(mill))

    page = units_away(alice_signed_in, contest, weir, mill)

    assert "Mill Lane» already, so it stays" in page
    assert not Unit.objects.exclude(taken_away_at=None).exists()


def test_a_report_from_a_unit_that_was_taken_away_waits_until_that_is_back(
    alice_signed_in: Client, contest: Contest
) -> None:
    mill = a_unit(contest, "Mill Lane")
    _bob, token = a_reporter(contest, "Bob", mill)
    taking_away.take_units_away(contest, [mill], by=SETUP)

    assert send(token, event(mill))[0]["status"] == "tray"
    laid = TrayReport.objects.get()
    verb = reverse("contests:tray-verb", args=[contest.campaign.slug, contest.pk, laid.pk])
    refused = alice_signed_in.post(verb, {"do": "vouch"})

    assert (refused.status_code, "was taken away. Bring it back first" in refused.content.decode()) == (422, True)  # fmt: skip
    units_away(alice_signed_in, contest, mill, do="back")
    assert alice_signed_in.post(verb, {"do": "vouch"}).status_code == 302
    assert Report.objects.get().unit_id == mill.pk


def test_the_right_roster_makes_units_of_the_same_codes_and_names(contest: Contest) -> None:
    wrong = roster.read(contest, b"code,name,eligible\n1,Mill Lane,4\n", "wrong.csv", by=SETUP)
    roster.bring_in(wrong, by=SETUP)
    first = Unit.objects.get()
    taking_away.take_units_away(contest, [first], by=SETUP)

    right = roster.read(contest, b"code,name,eligible\n1,Mill Lane,410\n", "right.csv", by=SETUP)
    assert roster.bring_in(right, by=SETUP)["made"] == 1

    with pytest.raises(BadInput, match="code «1» already"):
        taking_away.bring_unit_back(first, by=SETUP)
    assert [unit.eligible for unit in Unit.objects.filter(taken_away_at=None)] == [410]


@pytest.mark.parametrize("what", ["roster", "official"])
def test_a_file_whose_unit_was_taken_away_meanwhile_is_not_brought_in(
    contest: Contest, what: str
) -> None:
    mill = a_unit(contest, "Mill Lane")
    raw = b"county,precinct,eligible,Ash\nMill,Mill Lane,410,3\n"
    file = {"roster": roster, "official": official}[what].read(contest, raw, "r.csv", by=SETUP)  # type: ignore[attr-defined]  # both read
    taking_away.take_units_away(contest, [mill], by=SETUP)
    bring_in: dict[str, Callable[[], object]] = {
        "roster": lambda: roster.bring_in(file, by=SETUP),
        "official": lambda: official.bring_in(file, "final", by=SETUP),
    }

    with pytest.raises(BadInput, match="«Mill Lane», which was taken away"):
        bring_in[what]()


def test_what_the_official_result_speaks_of_stays(contest: Contest) -> None:
    mill = a_unit(contest, "Mill Lane")
    raw = b"county,precinct,Ash\nMill,Mill Lane,21\n"
    official.bring_in(official.read(contest, raw, "o.csv", by=SETUP), "final", by=SETUP)

    with pytest.raises(BadInput, match="so it stays"):
        taking_away.take_units_away(contest, [mill], by=SETUP)
    with pytest.raises(BadInput, match="stays on record"):
        taking_away.take_contest_away(contest, by=SETUP)


def test_the_office_takes_nothing_down_at_a_unit_that_was_taken_away(
    alice_signed_in: Client, contest: Contest
) -> None:
    mill = a_unit(contest, "Mill Lane")
    taking_away.take_units_away(contest, [mill], by=SETUP)

    enter = reverse("contests:enter", args=[contest.campaign.slug, contest.pk, mill.pk, "final"])
    said = {"count_ash": 3, "source": "paper", "event_id": uuid.uuid4(), "confirmed": "yes"}

    assert alice_signed_in.post(enter, said).status_code == 404
    assert queries.units_called(contest, "Mill") == []
    assert not Report.objects.exists()


def test_olive_takes_nothing_away_and_charlie_finds_nothing(
    olive: Membership, charlie_signed_in: Client, contest: Contest
) -> None:
    mill = a_unit(contest, "Mill Lane")
    for name, said in (("contest-away", {}), ("units-away", {"unit": mill.pk})):
        whole = {"do": "away", **said}
        assert signed_in(olive).post(address(contest, name), whole).status_code == 403
        assert charlie_signed_in.post(address(contest, name), whole).status_code == 404
    assert "Take this contest away" not in signed_in(olive).get(address(contest)).content.decode()
    assert not Unit.objects.exclude(taken_away_at=None).exists()
