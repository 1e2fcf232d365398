"""The desk: a season of contests and 650 seats, who stands, who reports from where, what the office takes down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import checking, inviting, planning, queries, standing
from hustings.apps.contests.models import (
    Candidate,
    Contest,
    Report,
    Reporter,
    ReporterLink,
    TrayReport,
    Unit,
)
from hustings.apps.erasure.actions import erase_person
from hustings.apps.people.models import Erasure
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP
from tests.apps.contests.cast import (
    ALPHA,
    ALPHA_WINS,
    a_caucus,
    a_reporter,
    a_unit,
    an_election,
    event,
    send,
)
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    """Tonight's caucus, behind the campaign's wall."""
    with tenant(campaign.pk):
        yield a_caucus(campaign)


@pytest.fixture
def mill(contest: Contest) -> Unit:
    """Precinct Alpha of the party's own example."""
    return a_unit(contest, "Mill Lane")


def test_a_season_of_57_contests_is_listed_in_order_with_as_many_questions_as_one(
    campaign: Campaign,
) -> None:
    first = date(2099, 2, 1)
    with tenant(campaign.pk):
        for nth in range(57):
            an_election(campaign, f"State {nth:02}", first + timedelta(days=2 * (56 - nth)))
        with CaptureQueriesContext(connection) as asked:
            page = queries.calendar(campaign, past=False, page="")
        last = queries.calendar(campaign, past=False, page="99")

    assert len(asked) == 2
    assert [one.name for one in page.rows[:2]] == ["State 56", "State 55"]
    assert (page.of, page.last, len(last.rows)) == (57, 2, 7)


@pytest.mark.parametrize(("days", "past"), [(0, False), (1, False), (2, True)])
def test_a_night_is_not_over_while_it_is_counted_into_the_morning(
    campaign: Campaign, days: int, *, past: bool
) -> None:
    with tenant(campaign.pk):
        an_election(campaign, "Count", timezone.localdate() - timedelta(days=days))
        comes, over = (queries.calendar(campaign, past=one, page="").of for one in (False, True))

    assert (comes, over) == ((0, 1) if past else (1, 0))


def test_650_seats_report_and_the_questions_do_not_grow_with_them(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        general = an_election(campaign, "General election", date(2099, 5, 7), seats=650)
        planning.say_who_stands(general, ["Red", "Blue"], by=SETUP)
        seats = Unit.objects.bulk_create(
            [
                Unit(
                    campaign=campaign, contest=general, code=f"E{nth:05}", name=f"Seat {nth}", eligible=70_000
                )
                for nth in range(650)
            ]
        )  # fmt: skip
        now = timezone.now()
        Report.objects.bulk_create(
            [
                Report(
                    campaign=campaign, contest=general, unit=seat, source="captain", phase="final", by="Bob",
                    numbers={"counts": {"red": 3, "blue": 2}, "spoilt": 1}, event_id=event(seat)["id"], reported_at=now,
                )
                for seat in seats
            ]
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            found = standing.standings(general, "final")
            [progress] = queries.progress(general, 650)

    assert len(asked) == 4
    assert standing.total(found) == {"red": 1950, "blue": 1300}
    assert (progress.reported, progress.of) == (650, 650)
    assert progress.states == [("reported by one source", 650)]


def test_the_values_of_the_rules_are_written_down_with_the_contest(contest: Contest) -> None:
    assert contest.rules["viability"][-1] == {"share": "3/20"}
    assert contest.phases == ("first", "final", "delegates")
    with pytest.raises(BadInput, match="on this day already"):
        a_caucus(contest.campaign, contest.name, opens_at=contest.opens_at)


def test_who_stands_keeps_their_code_and_stays_once_numbers_were_reported(
    contest: Contest, mill: Unit
) -> None:
    planning.say_who_stands(
        contest, ["Birch", "Ash", "Elm", "Fir", "Cedar", "Ash Junior"], by=SETUP
    )
    codes = list(Candidate.objects.filter(contest=contest).order_by("order").values_list("code", flat=True))  # fmt: skip
    assert codes == ["birch", "ash", "elm", "fir", "cedar", "ash-junior"]
    with pytest.raises(BadInput, match="twice"):
        planning.say_who_stands(contest, ["Ash", "ash"], by=SETUP)

    _bob, token = a_reporter(contest, "Bob", mill)
    send(token, event(mill))

    with pytest.raises(BadInput, match="must stay"):
        planning.say_who_stands(contest, ["Ash"], by=SETUP)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Иванов", "Петров"),
        ("Иванов (KPRF)", "Петров (KPRF)"),
        ("राम", "रमा"),
        ("金大中", "金泳三"),
    ],
)
def test_somebody_has_one_code_in_every_contest_whatever_letters_their_name_has(
    campaign: Campaign, one: str, other: str
) -> None:
    with tenant(campaign.pk):
        codes = []
        for nth, names in enumerate([(one, other), (other, one)]):
            contest = an_election(campaign, f"Round {nth}", date(2099, 5, 7 + nth))
            planning.say_who_stands(contest, names, by=SETUP)
            codes.append({who.name: who.code for who in queries.candidates(contest)})

    assert codes[0] == codes[1]
    assert len(set(codes[0].values())) == 2


@pytest.mark.parametrize(
    ("name", "code"),
    [("Doña Ana", "dona-ana"), ("Mª José", "ma-jose"), ("Kaʻai", "kaai"), ("…", "candidate")],
)
def test_a_name_in_latin_letters_is_a_code_without_accents(
    contest: Contest, name: str, code: str
) -> None:
    planning.say_who_stands(contest, [name], by=SETUP)

    assert [one.code for one in queries.candidates(contest)] == [code]


def test_a_new_link_ends_the_old_one_and_no_link_is_kept_in_words(
    contest: Contest, mill: Unit
) -> None:
    bob, old = a_reporter(contest, "Bob", mill)

    new = inviting.new_link(bob, by=SETUP)

    assert send(old, event(mill))[0]["status"] == "tray"
    assert send(new, event(mill))[0]["status"] == "stored"
    hashes = ReporterLink.objects.values_list("secret_hash", flat=True)
    assert not any(token.partition(".")[2] in kept for token in (old, new) for kept in hashes)


def test_the_office_reads_back_what_is_odd_and_takes_it_in_only_then(
    contest: Contest, mill: Unit, alice_signed_in: Client
) -> None:
    bob, _token = a_reporter(contest, "Bob", mill)
    address = reverse("contests:enter", args=[contest.campaign.slug, contest.pk, mill.pk, "first"])
    said = {f"count_{code}": str(number) for code, number in ALPHA.items()} | {
        "attendance": "99", "source": "office", "reporter": str(bob.pk), "event_id": event(mill)["id"],
    }  # fmt: skip

    page = alice_signed_in.post(address, said)
    assert "The first count has 100 people, but 99 attended." in page.content.decode()
    assert not Report.objects.exists()

    said["attendance"] = "100"
    assert "nothing odd" in alice_signed_in.post(address, said).content.decode()
    for _twice in range(2):
        answer = alice_signed_in.post(address, said | {"confirmed": "yes"})
        assert answer.status_code == 302
    report = Report.objects.get()
    assert (report.source, report.reporter, report.by) == ("office", bob, "Alice")
    assert report.numbers == {"counts": ALPHA, "attendance": 100}


def test_a_caller_whom_nobody_knows_goes_to_the_tray(
    contest: Contest, mill: Unit, alice_signed_in: Client
) -> None:
    address = reverse("contests:enter", args=[contest.campaign.slug, contest.pk, mill.pk, "final"])
    said = {"count_ash": "9", "source": "untrusted", "event_id": event(mill)["id"], "confirmed": "yes"}  # fmt: skip

    assert alice_signed_in.post(address, said).status_code == 422
    alice_signed_in.post(address, said | {"said_by": "a caller"})

    assert TrayReport.objects.get().said_by == "a caller"
    assert not Report.objects.exists()


def test_the_server_finds_by_the_ten_checks_what_a_unit_reported_over_three_phases(
    contest: Contest, mill: Unit
) -> None:
    _bob, token = a_reporter(contest, "Bob", mill)
    wins = ALPHA_WINS | {"ash": 1, "elm": 2}
    send(token, event(mill), event(mill, "final"), event(mill, "delegates", wins))

    found = checking.findings(mill, checking.numbers_of(queries.reports_of(mill)))

    assert [(one.check, one.sentence) for one in found] == [
        ("V5", "By the rule: Ash 2, Birch 1, Cedar 2, Elm 1, Fir 1.")
    ]


def test_the_same_numbers_in_two_precincts_are_noticed(contest: Contest, mill: Unit) -> None:
    other = a_unit(contest, "Station Road")
    _bob, token = a_reporter(contest, "Bob", mill, other)
    send(token, event(mill), event(other))

    found = checking.findings(mill, checking.numbers_of(queries.reports_of(mill)))

    assert [(one.check, one.sentence) for one in found] == [
        ("V8", "The same numbers were reported from Mill Station Road.")
    ]


def test_olive_sees_contests_and_plans_none_bob_sees_none_and_charlie_finds_nothing(
    contest: Contest, mill: Unit, olive: Membership, bob_signed_in: Client,
    charlie_signed_in: Client,
) -> None:  # fmt: skip
    from tests.apps.cast import signed_in

    slug, observer = contest.campaign.slug, signed_in(olive)
    page = reverse("contests:contest", args=[slug, contest.pk])
    plan = reverse("contests:reporters", args=[slug, contest.pk])

    assert observer.get(page).status_code == 200
    assert observer.get(plan).status_code == 403
    assert bob_signed_in.get(page).status_code == 403
    assert charlie_signed_in.get(page).status_code == 404


def test_an_erased_reporter_is_gone_and_the_count_of_their_precinct_stays(
    contest: Contest, mill: Unit
) -> None:
    vera = a_volunteer(contest.campaign, "Vera Walker")
    _vera, token = inviting.invite(
        contest, "Vera Walker", [mill], source="captain", volunteer=vera, by=SETUP
    )
    send(token, event(mill))

    erase_person(contest.campaign, vera.person_id, request=Erasure.Request.PERSON, by=SETUP)

    report = Report.objects.get()
    assert (report.reporter_id, report.by, report.numbers["counts"]) == (None, "—", ALPHA)
    assert not Reporter.objects.exists()
    assert standing.total(standing.standings(contest, "first")) == ALPHA
