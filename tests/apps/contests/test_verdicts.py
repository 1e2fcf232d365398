"""What audits found right: it holds until somebody says otherwise, and nobody vouches for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from hustings.apps.campaigns.erasing import Leaving
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import auditing, erasing, inviting, official, settling, standing, tray
from hustings.apps.contests.models import Audit, AuditStep, OfficialResult, Report, TrayReport
from hustings.apps.contests.totals import board_of
from hustings.core.errors import BadInput
from hustings.core.named import Named
from tests.apps.cast import SETUP
from tests.apps.contests.cast import ALPHA, a_caucus, a_reporter, a_unit, event, send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Contest, Unit

MOMENT_AGO = "a moment ago"


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    with tenant(campaign.pk):
        yield a_caucus(campaign)


@pytest.fixture
def mill(contest: Contest) -> Unit:
    return a_unit(contest, "Mill Lane")


@pytest.fixture
def captain(contest: Contest, mill: Unit) -> str:
    """The secret of our captain's link."""
    return a_reporter(contest, "Bob", mill)[1]


@pytest.fixture
def second(contest: Contest, mill: Unit) -> str:
    """The secret of a second reporter's link."""
    return a_reporter(contest, "Eve", mill, source="second")[1]


def say(token: str, unit: Unit, ash: int) -> Report:
    """A final count in which Ash has so many."""
    said = event(unit, "final", ALPHA | {"ash": ash})
    assert send(token, said)[0]["status"] == "stored"
    return Report.objects.get(event_id=said["id"])


def officials_say(contest: Contest, ash: int) -> None:
    counts = ALPHA | {"ash": ash}
    raw = f"code,name,{','.join(name.title() for name in counts)}\nmill mill lane,Mill Lane,{','.join(map(str, counts.values()))}\n"
    name = f"{ash}-{OfficialResult.objects.count()}.csv"
    file = official.read(contest, raw.encode(), name, by=SETUP)
    official.bring_in(file, "final", by=SETUP)


def found(audit: Audit, report: Report) -> None:
    """Whoever looks after the audit says that this report stands."""
    settling.settle(audit, report, "The sheet says so.", seen=newest(report.unit), by=SETUP)


def newest(unit: Unit) -> int:
    return Report.objects.filter(unit=unit).latest("pk").pk


def the_audit(why: str) -> Audit:
    return Audit.objects.get(why=why)


def steps(why: str) -> list[str]:
    return [step.kind for step in AuditStep.objects.filter(audit__why=why).order_by("pk")]


def where(unit: Unit) -> tuple[str, int | None]:
    """State and what counts for Ash, of which the unit's page and the live screen say the same."""
    one = standing.standings(unit.contest, "final")[unit.pk]
    line = next(line for line in board_of(unit.contest).lines if line.unit.pk == unit.pk)
    ash = one.counts.numbers["counts"]["ash"] if one.counts else None
    assert (line.phases["final"].state, line.final.get("ash")) == (one.state, ash)
    return str(one.state), ash


# --- A verdict holds until a report says otherwise


def test_a_correction_after_a_settled_audit_counts_where_the_sources_agree_then(
    mill: Unit, captain: str, second: str
) -> None:
    stands = say(captain, mill, 20)
    say(second, mill, 19)
    found(the_audit("mismatch"), stands)
    assert where(mill) == ("verified", 20)

    say(captain, mill, 19)

    assert where(mill) == ("matched", 19)
    assert steps("mismatch") == ["settled", "reopened", "agreed"]


def test_what_an_audit_of_the_official_result_found_right_falls_by_a_correction_too(
    contest: Contest, mill: Unit, captain: str
) -> None:
    stands = say(captain, mill, 20)
    officials_say(contest, 19)
    found(the_audit("official"), stands)
    assert where(mill) == ("verified", 20)

    say(captain, mill, 21)

    assert where(mill) == ("reported", 21)
    assert steps("official") == ["settled", "reopened"]


def test_an_audit_of_the_official_result_that_was_settled_ends_where_a_correction_agrees_with_it(
    contest: Contest, mill: Unit, captain: str
) -> None:
    stands = say(captain, mill, 20)
    officials_say(contest, 19)
    found(the_audit("official"), stands)

    say(captain, mill, 19)

    assert where(mill) == ("reported", 19)
    assert steps("official") == ["settled", "reopened", "agreed"]


def test_the_newest_verdict_counts_whichever_audit_it_is_of(
    contest: Contest, mill: Unit, captain: str, second: str
) -> None:
    ours = say(captain, mill, 20)
    officials_say(contest, 18)
    theirs = say(second, mill, 19)
    assert the_audit("official").pk < the_audit("mismatch").pk
    found(the_audit("mismatch"), theirs)
    assert where(mill) == ("verified", 19)

    found(the_audit("official"), ours)

    assert where(mill) == ("verified", 20)


def test_an_older_verdict_does_not_return_when_a_newer_one_falls(
    contest: Contest, mill: Unit, captain: str, second: str
) -> None:
    ours = say(captain, mill, 20)
    officials_say(contest, 18)
    found_first = say(second, mill, 19)
    found(the_audit("mismatch"), found_first)
    found(the_audit("official"), ours)

    say(captain, mill, 21)

    assert where(mill) == ("mismatch", None)
    assert (steps("official")[-1], steps("mismatch")[-1]) == ("reopened", "reopened")


def test_an_audit_of_the_official_result_that_opens_again_leaves_what_another_audit_found(
    contest: Contest, mill: Unit, captain: str, second: str
) -> None:
    stands = say(captain, mill, 20)
    say(second, mill, 19)
    found(the_audit("mismatch"), stands)
    officials_say(contest, 18)
    auditing.close(the_audit("official"), "A slip of theirs.", by=SETUP)

    officials_say(contest, 17)

    assert steps("official") == ["settled", "reopened"]
    assert where(mill) == ("verified", 20)


def test_a_new_official_result_is_an_audit_of_its_own_where_the_first_found_ours_right(
    contest: Contest, mill: Unit, captain: str
) -> None:
    stands = say(captain, mill, 20)
    officials_say(contest, 19)
    found(the_audit("official"), stands)

    officials_say(contest, 18)

    assert where(mill) == ("verified", 20)
    assert Audit.objects.filter(why="official").count() == 2
    assert len(board_of(contest).audits) == 1


# --- Sources


def test_sources_are_held_against_each_other_and_not_only_against_the_first(
    contest: Contest, mill: Unit, captain: str, second: str
) -> None:
    _third, third = a_reporter(contest, "Ned", mill, source="official")
    send(captain, event(mill, attendance=None))
    send(second, event(mill, attendance=100))
    send(third, event(mill, attendance=120))

    assert standing.standings(contest, "first")[mill.pk].state == "mismatch"
    assert Audit.objects.get().phase == "first"


def test_nobody_matches_their_own_report_by_way_of_the_tray(contest: Contest, mill: Unit) -> None:
    bob, token = a_reporter(contest, "Bob", mill)
    say(token, mill, 20)
    inviting.end_links(bob, by=SETUP)
    assert send(token, event(mill, "final"))[0]["status"] == "tray"

    tray.vouch(TrayReport.objects.get(), by=SETUP)

    assert Report.objects.count() == 2
    assert Report.objects.latest("pk").reporter == bob
    assert where(mill) == ("reported", 20)


@pytest.mark.parametrize("vouched_first", [True, False])
def test_whoever_was_erased_does_not_become_two(
    contest: Contest, mill: Unit, *, vouched_first: bool
) -> None:
    bob, token = a_reporter(contest, "Bob Caster", mill)
    say(token, mill, 20)
    inviting.end_links(bob, by=SETUP)
    send(token, event(mill, "final"))
    row = TrayReport.objects.get()

    if vouched_first:
        tray.vouch(row, by=SETUP)
    gone = erasing.erase(Leaving(contest.campaign_id, 0, None, Named((("Bob", "Caster"),))))
    row.refresh_from_db()
    if not vouched_first:
        tray.vouch(row, by=SETUP)

    assert (row.reporter, row.said_by, gone["contests_trayreport"]) == (None, "—", 1)
    assert where(mill) == ("reported", 20)


# --- Our report after the official result


def test_a_report_that_comes_after_the_official_result_opens_an_audit_where_they_differ(
    contest: Contest, mill: Unit, captain: str
) -> None:
    officials_say(contest, 19)
    assert not Audit.objects.exists()

    say(captain, mill, 20)
    assert [one.why for one in board_of(contest).audits] == ["official"]

    say(captain, mill, 19)
    assert steps("official") == ["agreed"]

    say(captain, mill, 18)
    assert steps("official") == ["agreed", "reopened"]


def test_a_report_that_agrees_with_the_official_result_opens_nothing(
    contest: Contest, mill: Unit, captain: str
) -> None:
    officials_say(contest, 20)

    say(captain, mill, 20)

    assert not Audit.objects.exists()


def test_a_difference_that_was_settled_stays_so_when_a_second_source_says_the_same(
    contest: Contest, mill: Unit, captain: str, second: str
) -> None:
    say(captain, mill, 20)
    officials_say(contest, 19)
    auditing.close(the_audit("official"), "A slip of theirs.", by=SETUP)

    say(second, mill, 20)
    assert steps("official") == ["settled"]

    say(captain, mill, 21)
    assert where(mill) == ("mismatch", None)
    say(second, mill, 21)
    assert steps("official") == ["settled", "reopened"]


def test_an_official_result_that_came_while_our_sources_differed_is_looked_at_when_they_agree(
    contest: Contest, mill: Unit, captain: str, second: str
) -> None:
    say(captain, mill, 20)
    officials_say(contest, 19)
    auditing.close(the_audit("official"), "A slip of theirs.", by=SETUP)
    say(second, mill, 21)
    officials_say(contest, 18)
    assert steps("official") == ["settled"]

    say(second, mill, 20)

    assert steps("official") == ["settled", "reopened"]


# --- Two who decide at once


def test_an_audit_is_settled_once(mill: Unit, captain: str, second: str) -> None:
    first, other = say(captain, mill, 20), say(second, mill, 19)
    found(the_audit("mismatch"), first)

    with pytest.raises(BadInput, match="has ended already"):
        found(the_audit("mismatch"), other)

    assert where(mill) == ("verified", 20)


def test_a_report_that_was_corrected_meanwhile_is_not_found_right(
    mill: Unit, captain: str, second: str
) -> None:
    old = say(captain, mill, 20)
    say(second, mill, 19)
    say(captain, mill, 21)

    with pytest.raises(BadInput, match=MOMENT_AGO):
        found(the_audit("mismatch"), old)

    assert where(mill) == ("mismatch", None)


def test_a_page_from_before_the_newest_report_settles_nothing(
    alice_signed_in: Client, contest: Contest, mill: Unit, captain: str, second: str
) -> None:
    first = say(captain, mill, 20)
    seen = say(second, mill, 19).pk
    audit = the_audit("mismatch")
    where_to = {"slug": contest.campaign.slug, "contest_id": contest.pk}
    page = alice_signed_in.get(reverse("live:audits", kwargs=where_to)).content.decode()
    assert f'name="seen" value="{seen}"' in page
    late = say(second, mill, 18)
    do = reverse("live:audit-verb", kwargs={**where_to, "audit_id": audit.pk})
    form = {"do": "settle", "report": first.pk, "words": "The sheet says so."}

    stale = alice_signed_in.post(do, {**form, "seen": seen})
    silent = alice_signed_in.post(do, form)
    assert (stale.status_code, silent.status_code) == (422, 422)
    assert MOMENT_AGO in stale.content.decode()
    assert where(mill) == ("mismatch", None)

    assert alice_signed_in.post(do, {**form, "seen": late.pk}).status_code == 302
    assert where(mill) == ("verified", 20)
