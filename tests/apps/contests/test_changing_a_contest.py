"""Changing a contest that is there: what may change when, and what was sent as practice while its hour was wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests.forms import ContestForm
from hustings.apps.contests.models import Contest, LotCall, Report, TrayReport
from tests.apps.cast import signed_in
from tests.apps.contests.cast import ALPHA, a_caucus, a_reporter, a_unit, event, send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    """A caucus whose hour is set two hours too late, behind the campaign's wall."""
    with tenant(campaign.pk):
        opens = timezone.now().replace(second=0, microsecond=0) + timedelta(hours=1)
        yield a_caucus(campaign, opens_at=opens)


def address(contest: Contest, name: str = "change") -> str:
    return reverse(f"contests:{name}", args=[contest.campaign.slug, contest.pk])


def said(contest: Contest, **changed: Any) -> dict[str, Any]:
    """The form as it stands, with what is changed."""
    opens: datetime = changed.pop("opens", contest.opens_at).astimezone(contest.zone)
    whole = {
        "name": contest.name, "held_on": f"{opens:%Y-%m-%d}", "opens_at": f"{opens:%H:%M}",
        "time_zone": contest.time_zone, "ruleset": contest.ruleset, "seats": contest.seats or "",
    }  # fmt: skip
    return whole | changed


def now_of(contest: Contest) -> Contest:
    found: Contest = Contest.objects.get(pk=contest.pk)
    return found


def test_the_hour_is_moved_while_reports_come_and_everybodys_link_stays(
    alice_signed_in: Client, contest: Contest
) -> None:
    mill = a_unit(contest, "Mill Lane")
    _bob, token = a_reporter(contest, "Bob", mill)
    assert send(token, event(mill))[0]["status"] == "tray"

    answer = alice_signed_in.post(
        address(contest), said(contest, opens=contest.opens_at - timedelta(hours=2))
    )

    assert answer.status_code == 302
    assert now_of(contest).opens_at == contest.opens_at - timedelta(hours=2)
    assert send(token, event(mill))[0]["status"] == "stored"
    line = AuditLine.objects.get(verb="contest.change")
    assert (line.actor_label, "opens_at" in line.detail["changed"]) == ("Alice", True)
    alice_signed_in.post(address(contest), said(now_of(contest), held_on="2099-02-10"))
    assert str(now_of(contest).held_on) == "2099-02-10"


def test_the_same_again_changes_nothing_and_writes_no_line(
    alice_signed_in: Client, contest: Contest
) -> None:
    Contest.objects.filter(pk=contest.pk).update(
        held_on=contest.opens_at.astimezone(contest.zone).date(), rules={"method": "caucus"}
    )

    assert alice_signed_in.post(address(contest), said(contest)).status_code == 302

    assert not AuditLine.objects.filter(verb="contest.change").exists()
    assert now_of(contest).rules == {"method": "caucus"}


def test_rules_and_number_stay_once_a_report_is_here_and_a_day_may_move_then(
    alice_signed_in: Client, contest: Contest
) -> None:
    earlier = contest.opens_at - timedelta(hours=2)
    answer = alice_signed_in.post(address(contest), said(contest, ruleset="iowa-2016", seats=9))
    assert answer.status_code == 302
    assert (now_of(contest).rules["name"], now_of(contest).seats) == ("iowa-2016", 9)
    Contest.objects.filter(pk=contest.pk).update(opens_at=earlier)
    mill = a_unit(contest, "Mill Lane")
    send(a_reporter(contest, "Bob", mill)[1], event(mill))
    here = now_of(contest)

    for changed in ({"ruleset": "nevada-2020"}, {"seats": 10}):
        refused = alice_signed_in.post(address(contest), said(here, **changed))
        assert refused.status_code == 422
        assert "both stay as they are" in refused.content.decode()
    assert alice_signed_in.post(address(contest), said(here, time_zone="America/Denver")).status_code == 302  # fmt: skip
    now = now_of(contest)
    assert (now.rules["name"], now.seats, now.time_zone) == ("iowa-2016", 9, "America/Denver")


def test_what_a_contest_is_never_changes_whatever_is_sent(
    alice_signed_in: Client, contest: Contest
) -> None:
    page = alice_signed_in.get(address(contest)).content.decode()
    assert "<dt>What it is</dt><dd>Caucus " in page
    assert 'name="kind"' not in page

    alice_signed_in.post(address(contest), said(contest, kind="primary", name="Caucuses"))

    assert (now_of(contest).kind, now_of(contest).name) == ("caucus", "Caucuses")


def test_no_two_contests_of_one_name_are_on_one_day_and_a_name_that_is_sealed_stays(
    alice_signed_in: Client, campaign: Campaign, contest: Contest
) -> None:
    other = a_caucus(campaign, "Other", opens_at=contest.opens_at)
    LotCall.objects.create(
        campaign=campaign, contest=other, step="x", among=["ash", "elm"], choose=1,
        beacon="quicknet", context="{}", called_by="tests", beacon_round=1,
    )  # fmt: skip

    twin = alice_signed_in.post(
        address(contest), said(contest, name="Other", held_on=str(other.held_on))
    )
    sealed = alice_signed_in.post(address(other), said(other, name="Another"))

    assert (twin.status_code, sealed.status_code) == (422, 422)
    assert "of this name on this day already" in twin.content.decode()
    assert "A lot was called under this name" in sealed.content.decode()


@pytest.mark.parametrize(
    ("kind", "rules", "seats", "says"),
    [
        ("caucus", "", "", "A caucus needs the rules of a caucus."),
        ("primary", "iowa-2020", "", "These are the rules of a caucus."),
        ("primary", "uk-parliament", "8", "These rules are for another kind of contest."),
        ("primary", "", "8", "Delegates are given by rules"),
        ("primary", "", "", ""),
        ("primary", "dnc-proportional", "8", ""),
        ("constituency", "", "650", ""),
        ("constituency", "one-member-one-vote", "", "These rules are for another kind of contest."),
        ("members", "irv", "", "Select a valid choice"),
        ("members", "", "", "A members’ ballot needs its rules"),
        ("members", "one-member-one-vote", "", ""),
    ],
)
def test_rules_that_do_not_fit_what_it_is_are_refused_with_a_sentence(
    kind: str, rules: str, seats: str, says: str
) -> None:
    form = ContestForm(
        {
            "kind": kind, "name": "X", "held_on": "2099-02-03", "opens_at": "19:00",
            "time_zone": "America/Chicago", "ruleset": rules, "seats": seats,
        }
    )  # fmt: skip

    assert says in str(form.errors.get("ruleset", ""))
    assert form.is_valid() == (not says)


def test_a_contest_whose_old_rules_fit_no_longer_can_still_be_moved(contest: Contest) -> None:
    contest.kind, contest.ruleset = "members", "irv"
    form = ContestForm(said(contest, held_on="2099-02-03"), of=contest)

    assert form.is_valid()


def test_what_was_sent_as_practice_while_the_hour_was_wrong_is_found_with_its_unit(
    alice_signed_in: Client, olive: Membership, contest: Contest
) -> None:
    mill, road = a_unit(contest, "Mill Lane"), a_unit(contest, "Station Road")
    _bob, token = a_reporter(contest, "Bob", mill, road)
    send(token, event(mill, kind="practice"), event(road, "final", {"ash": 41}, kind="practice"))
    before = alice_signed_in.get(address(contest, "contest")).content.decode()
    assert "practice reports came after the hour" not in before

    alice_signed_in.post(address(contest), said(contest, opens=contest.opens_at - timedelta(hours=2)))  # fmt: skip
    send(token, event(mill))
    page = alice_signed_in.get(address(contest, "contest")).content.decode()

    assert "2 practice reports came after the hour" in page
    enter = [contest.campaign.slug, contest.pk, road.pk, "final"]
    assert reverse("contests:enter", args=enter) in page
    assert '<td class="num">41</td>' in page
    assert page.count("a report is here") == 1
    assert Report.objects.get().numbers["counts"] == ALPHA
    assert not TrayReport.objects.exists()
    seen = signed_in(olive).get(address(contest, "contest")).content.decode()
    assert "practice reports came after the hour" not in seen
    assert "Change this contest" not in seen


def test_practice_after_the_hour_goes_to_the_tray_with_one_press_once_and_is_vouched_for_there(
    alice_signed_in: Client, contest: Contest
) -> None:
    mill, road = a_unit(contest, "Mill Lane"), a_unit(contest, "Station Road")
    _bob, token = a_reporter(contest, "Bob", mill, road)
    send(token, event(mill, "final", {"ash": 1}, kind="practice"))
    send(token, event(mill, "final", {"ash": 41}, kind="practice"), event(road, kind="practice"))
    alice_signed_in.post(address(contest), said(contest, opens=contest.opens_at - timedelta(hours=2)))  # fmt: skip
    send(token, event(road))

    page = alice_signed_in.post(address(contest, "early"), follow=True).content.decode()

    assert "1 practice report lies in the tray" in page
    laid = TrayReport.objects.get()
    assert (laid.unit_id, laid.phase, laid.numbers, laid.said_by) == (
        mill.pk, "final", {"counts": {"ash": 41}}, "Bob",
    )  # fmt: skip
    assert Report.objects.filter(unit=mill).count() == 0
    alice_signed_in.post(address(contest, "early"))
    assert TrayReport.objects.count() == 1
    listed = alice_signed_in.get(address(contest, "contest")).content.decode()
    assert "1 practice report came after the hour" in listed
    verb = reverse("contests:tray-verb", args=[contest.campaign.slug, contest.pk, laid.pk])
    alice_signed_in.post(verb, {"do": "vouch"})
    assert Report.objects.get(unit=mill).numbers["counts"] == {"ash": 41}
    assert AuditLine.objects.filter(verb="contest.early_to_tray").count() == 1


def test_olive_changes_no_contest_and_charlie_finds_none(
    olive: Membership, charlie_signed_in: Client, contest: Contest
) -> None:
    assert signed_in(olive).post(address(contest), said(contest, name="Y")).status_code == 403
    assert charlie_signed_in.post(address(contest), said(contest, name="Y")).status_code == 404
    assert now_of(contest).name == contest.name
