"""Lots on record, audits that are settled, official results beside ours, and polls."""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.contests import lots, official, polls
from hustings.apps.contests.board import Official
from hustings.apps.contests.models import (
    Audit,
    Contest,
    Lot,
    LotSide,
    OfficialResult,
    Poll,
    UnitFile,
)
from hustings.apps.contests.totals import board_of
from hustings.apps.people.models import Household, Person
from hustings.apps.places.models import Door
from hustings.apps.register.models import RegisterEntry
from hustings.core.errors import BadInput
from hustings.formats.contest.beacon_signature import LIBRARY
from tests.apps.canvass.cast import a_report as a_door_report
from tests.apps.canvass.cast import a_walk
from tests.apps.cast import SETUP, signed_in
from tests.apps.contests.counting_nights import a_caucus, a_report, a_room, a_unit, an_audit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.board import OpenLot

WITNESSED = lots.Witnessed("a coin", "the chair", ("birch", "cedar"), ("W. Itness",))
DRAWN = datetime(2026, 2, 2, 3, tzinfo=UTC)


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    with tenant(campaign.pk):
        yield a_caucus(campaign)


@pytest.fixture
def tie(contest: Contest) -> OpenLot:
    a_room(a_unit(contest, "2", delegates=6), {"ash": 100, "birch": 50, "cedar": 50})
    return board_of(contest).lots[0]


def address(contest: Contest, name: str, **more: object) -> str:
    arguments = {"slug": contest.campaign.slug, "contest_id": contest.pk, **more}
    return reverse(f"live:{name}", kwargs=arguments)


# --- Lots


def test_a_lot_that_was_drawn_by_hand_is_put_on_record_with_its_witnesses(
    alice_signed_in: Client, contest: Contest, tie: OpenLot
) -> None:
    assert tie.unit is not None
    form = {
        "event": str(uuid4()), "unit": str(tie.unit.pk), "step": tie.step, "chosen": "cedar",
        "device": "a coin", "called_by": "the chair", "order": "birch, cedar", "witnesses": "W. Itness",
    }  # fmt: skip
    page = alice_signed_in.get(address(contest, "lots")).content.decode()
    answer = alice_signed_in.post(address(contest, "lots"), form)
    again = alice_signed_in.post(address(contest, "lots"), form)

    assert "1 lot is open" in page
    assert (answer.status_code, again.status_code) == (302, 422)
    lot = Lot.objects.of(contest.campaign_id).get()
    assert lot.record["witnesses"] == ["W. Itness"]
    assert board_of(contest).lots == []


def test_the_same_lot_sent_twice_is_one_and_a_second_one_is_refused(
    contest: Contest, tie: OpenLot
) -> None:
    event = uuid4()
    for _time in range(2):
        lots.put_on_record(
            contest, tie, ("cedar",), WITNESSED, event_id=event, drawn_at=DRAWN, by=SETUP
        )
    with pytest.raises(BadInput, match="on record already"):
        lots.put_on_record(
            contest, tie, ("birch",), WITNESSED, event_id=uuid4(), drawn_at=DRAWN, by=SETUP
        )

    assert Lot.objects.of(contest.campaign_id).count() == 1


def test_a_lot_that_was_written_down_wrongly_is_corrected_by_one_more_record(
    contest: Contest, tie: OpenLot
) -> None:
    wrong = lots.put_on_record(
        contest, tie, ("cedar",), WITNESSED, event_id=uuid4(), drawn_at=DRAWN, by=SETUP
    )
    lots.put_on_record(
        contest, tie, ("birch",), WITNESSED, event_id=uuid4(), drawn_at=DRAWN, by=SETUP,
        corrects=wrong,
    )  # fmt: skip

    delegates = board_of(contest).totals[1].numbers

    assert Lot.objects.of(contest.campaign_id).count() == 2
    assert (delegates["birch"], delegates["cedar"]) == (1, 2)


@pytest.mark.parametrize("chosen", [(), ("ash",), ("birch", "cedar"), ("birch", "birch")])
def test_a_lot_falls_on_as_many_as_are_equal_and_asked_for(
    contest: Contest, tie: OpenLot, chosen: tuple[str, ...]
) -> None:
    with pytest.raises(BadInput, match="must fall on 1"):
        lots.put_on_record(
            contest, tie, chosen, WITNESSED, event_id=uuid4(), drawn_at=DRAWN, by=SETUP
        )


def test_an_official_lot_is_never_drawn_by_sealed_numbers(contest: Contest, tie: OpenLot) -> None:
    with pytest.raises(BadInput, match="drawn by hand"):
        lots.call(contest, tie, by=SETUP)


@pytest.fixture
def selection(campaign: Campaign) -> Iterator[Contest]:
    """A members' ballot in which the last two are equal."""
    with tenant(campaign.pk):
        made = a_caucus(campaign, rules="one-member-one-vote", name="Selection")
        made.kind = "members"
        made.save()
        a_report(
            a_unit(made, "all", delegates=None), "final", {"ash": 40, "birch": 30, "cedar": 30}
        )
        yield made


def sealed_by(call: object, context: str, number: str) -> str:
    return hashlib.sha256(bytes.fromhex(number) + context.encode()).hexdigest()


def test_sealed_numbers_draw_when_the_last_side_opens_and_anyone_can_check(
    selection: Contest,
) -> None:
    tie = board_of(selection).lots[0]
    call = lots.call(selection, tie, by=SETUP)
    numbers = {"Left": "aa" * 16, "Right": "0b" * 16}
    for side, number in numbers.items():
        lots.seal(call, side, sealed_by(call, call.context, number), by=SETUP)
    sides = {
        one.side: one.pk for one in LotSide.objects.of(selection.campaign_id).filter(call=call)
    }

    with pytest.raises(BadInput, match="not the number that was sealed"):
        lots.open_seal(call, sides["Left"], "ff" * 16, event_id=uuid4(), by=SETUP)
    first = lots.open_seal(call, sides["Left"], numbers["Left"], event_id=uuid4(), by=SETUP)
    with pytest.raises(BadInput, match="nobody may seal any more"):
        lots.seal(call, "Late", "1" * 64, by=SETUP)
    lot = lots.open_seal(call, sides["Right"], numbers["Right"], event_id=uuid4(), by=SETUP)

    assert first is None
    assert lot is not None
    assert lots.wrong_with(lot) == []
    lot.chosen = [next(name for name in lot.among if name not in lot.chosen)]
    assert "fell on" in lots.wrong_with(lot)[0]


def test_the_named_round_decides_only_after_it_was_published_and_says_it_is_not_verified(
    selection: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, LIBRARY, None)
    call = lots.call(selection, board_of(selection).lots[0], by=SETUP)
    lots.seal(call, "Left", "1" * 64, by=SETUP)
    lots.seal(call, "Right", "2" * 64, by=SETUP)
    with pytest.raises(BadInput, match="not published yet"):
        lots.by_beacon(call, "ab" * 48, event_id=uuid4(), by=SETUP)
    called = datetime(2026, 2, 1, tzinfo=UTC)
    call.called_at = called
    call.beacon_round = lots.QUICKNET.first_after(int(called.timestamp()) + 3600)
    call.save()

    lot = lots.by_beacon(call, "ab" * 48, event_id=uuid4(), by=SETUP)

    assert lot.record["not_opened"] == ["Left", "Right"]
    assert lots.verdict(lot) == "not verified"
    assert lots.wrong_with(lot) == []


# --- Audits


def test_an_audit_is_taken_and_settled_by_the_report_that_is_right(
    alice_signed_in: Client, contest: Contest
) -> None:
    unit = a_unit(contest, "1")
    a_report(unit, "final", {"ash": 148})
    right = a_report(unit, "final", {"ash": 150}, source="second")
    audit = an_audit(unit)
    do = address(contest, "audit-verb", audit_id=audit.pk)

    taken = alice_signed_in.post(do, {"do": "take"})
    silent = alice_signed_in.post(
        do, {"do": "settle", "report": right.pk, "seen": right.pk, "words": " "}
    )
    settled = alice_signed_in.post(
        do, {"do": "settle", "report": right.pk, "seen": right.pk, "words": "Read from the sheet."}
    )
    page = alice_signed_in.get(address(contest, "audits")).content.decode()

    assert (taken.status_code, silent.status_code, settled.status_code) == (302, 422, 302)
    assert "Read from the sheet." in page
    assert "0 audits are open" in page
    assert board_of(contest).lines[0].final == {"ash": 150}


def test_sources_that_differ_are_not_closed_by_a_reason_alone(
    alice_signed_in: Client, contest: Contest
) -> None:
    audit = an_audit(a_unit(contest, "1"))

    answer = alice_signed_in.post(
        address(contest, "audit-verb", audit_id=audit.pk), {"do": "close", "words": "enough"}
    )

    assert answer.status_code == 422


def test_olive_sees_audits_and_settles_none(olive: Membership, contest: Contest) -> None:
    audit = an_audit(a_unit(contest, "1"))
    browser = signed_in(olive)

    seen = browser.get(address(contest, "audits"))
    tried = browser.post(address(contest, "audit-verb", audit_id=audit.pk), {"do": "take"})

    assert (seen.status_code, tried.status_code) == (200, 403)


# --- The official result

RESULTS = b"code,name,Ash Hollow,Birch Lane,attendance\n1,Precinct 1,148,128,\n2,Precinct 2,149,127,\n3,Precinct 3,1,2,\n"


@pytest.fixture
def reported(contest: Contest) -> Contest:
    """Three units, two of which reported."""
    for code in ("1", "2"):
        a_room(a_unit(contest, code), {"ash": 148, "birch": 128})
    a_unit(contest, "3")
    return contest


def test_official_results_stand_beside_ours_and_open_an_audit_where_they_differ(
    reported: Contest,
) -> None:
    file = official.read(reported, RESULTS, "official.csv", by=SETUP)
    before = official.impacts(file, official.rows_of(file))["final"]
    assert OfficialResult.objects.of(reported.campaign_id).count() == 0

    done = official.bring_in(file, "final", by=SETUP)

    assert before == done == official.Impact(1, 1, 1, 0, 0)
    board = board_of(reported)
    assert [line.official for line in board.lines] == [
        Official.AGREES, Official.DIFFERS, Official.NOT_YET,
    ]  # fmt: skip
    assert [audit.why for audit in board.audits] == ["official"]
    assert board.lines[1].final == {"ash": 148, "birch": 128}


def test_a_later_official_result_that_agrees_ends_the_audit(reported: Contest) -> None:
    official.bring_in(official.read(reported, RESULTS, "official.csv", by=SETUP), "final", by=SETUP)
    corrected = RESULTS.replace(b"149,127", b"148,128")

    official.bring_in(
        official.read(reported, corrected, "corrected.csv", by=SETUP), "final", by=SETUP
    )

    assert board_of(reported).audits == []
    assert Audit.objects.of(reported.campaign_id).count() == 1


def test_the_same_official_file_twice_is_told_and_read_once(
    alice_signed_in: Client, reported: Contest
) -> None:
    def send() -> int:
        upload = SimpleUploadedFile("official.csv", RESULTS, "text/csv")
        return alice_signed_in.post(address(reported, "official"), {"file": upload}).status_code

    assert (send(), send()) == (302, 422)
    assert UnitFile.objects.of(reported.campaign_id).count() == 1


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"code,name,Ash Hollow\n1,P,-5\n", "row 2, ash: It must not be negative"),
        (b"code,name,Ash Hollow\n1,P,many\n", "row 2, ash: It must be a whole number"),
        (b"code,name,Elm\n1,P,5\n", "No column is called as a candidate is"),
        (b"code,name,Ash Hollow\n1,P,5\n1,P,5\n", "stands in row 2 already"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"", "The file is empty"),
    ],
)
def test_a_bad_official_file_is_one_sentence_and_nothing_is_kept(
    reported: Contest, raw: bytes, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        official.read(reported, raw, "official.csv", by=SETUP)

    assert UnitFile.objects.of(reported.campaign_id).count() == 0


def test_nothing_is_brought_in_while_a_row_has_no_unit(
    alice_signed_in: Client, reported: Contest
) -> None:
    raw = RESULTS + b"9,Nowhere,1,1,\n"
    file = official.read(reported, raw, "official.csv", by=SETUP)
    do = address(reported, "official-verb", file_id=file.pk)

    refused = alice_signed_in.post(do, {"phase": "final"})
    assert refused.status_code == 422
    assert OfficialResult.objects.of(reported.campaign_id).count() == 0
    row = file.rows.get(number=5)
    alice_signed_in.post(do, {"do": "row", "row": row.pk, "leave_out": "1"})
    alice_signed_in.post(do, {"phase": "final"})

    assert OfficialResult.objects.of(reported.campaign_id).count() == 3


# --- Polls

AGE = [
    {"band": "17-29", "heads": 100, "weight": "18", "counts": {"ash": 84, "birch": 14}},
    {"band": "30+", "heads": 100, "weight": "82", "counts": {"ash": 38, "birch": 57}},
]


def test_a_poll_says_that_heads_are_not_delegates(
    alice_signed_in: Client, contest: Contest
) -> None:
    a_room(a_unit(contest, "1"), {"ash": 148, "birch": 128})
    polls.enter(contest, "entrance", "Somebody", {"age": AGE}, by=SETUP)

    page = alice_signed_in.get(address(contest, "support")).content.decode()

    assert "Heads are not delegates: 17-29 is 84 % for Ash Hollow" in page
    assert "weighted, 46.3 %" in page
    assert "gives 50.0 % of: State delegate equivalents" in page


def test_a_form_is_a_poll_and_rows_without_heads_are_none(
    alice_signed_in: Client, contest: Contest
) -> None:
    form = {
        "kind": "exit", "asked_by": "Somebody", "age-0-band": "17-29", "age-0-heads": "100",
        "age-0-ash": "84", "age-0-birch": "14", "gender-0-band": "female",
    }  # fmt: skip

    answer = alice_signed_in.post(address(contest, "support"), form)
    wrong = alice_signed_in.post(address(contest, "support"), form | {"age-0-ash": "101"})

    assert (answer.status_code, wrong.status_code) == (302, 422)
    assert "only 100 were asked" in wrong.content.decode()
    poll = Poll.objects.of(contest.campaign_id).get()
    assert list(poll.tables) == ["age"]
    assert len(poll.tables["age"]["bands"]) == 1


def test_a_poll_that_was_written_down_wrongly_is_written_again_instead_of_the_first(
    alice_signed_in: Client, contest: Contest
) -> None:
    wrong = polls.enter(contest, "exit", "Somebody", {"age": AGE}, by=SETUP)
    page = alice_signed_in.get(address(contest, "support")).content.decode()
    assert f'<option value="{wrong.pk}">' in page

    alice_signed_in.post(
        address(contest, "support"),
        {
            "kind": "exit",
            "asked_by": "Somebody",
            "age-0-band": "17-29",
            "age-0-heads": "90",
            "corrects": wrong.pk,
        },
    )

    [now] = polls.polls_of(contest)
    assert now.corrects == wrong
    assert now.tables["age"]["bands"][0]["heads"] == 90


def test_olive_does_not_see_small_cells_of_a_poll(olive: Membership, contest: Contest) -> None:
    small = [{**AGE[0], "counts": {"ash": 93, "birch": 7}}, AGE[1]]
    polls.enter(contest, "entrance", "Somebody", {"age": small}, by=SETUP)

    page = signed_in(olive).get(address(contest, "support")).content.decode()

    assert page.count("too few to be shown") == 2
    assert "(93)" not in page


def test_what_was_heard_at_doors_is_by_the_registers_own_word_and_unknown_is_a_row(
    contest: Contest,
) -> None:
    campaign = contest.campaign
    door = Door.objects.create(
        campaign=campaign, address_key="1 lane", street="Lane", number="1", lon=9.5, lat=47.1
    )
    home = Household.objects.create(
        campaign=campaign, address_key="1 lane", address="1 Lane", door=door
    )
    people = [
        Person.objects.create(campaign=campaign, household=home, surname=name, origin="contacts")
        for name in ("Maria", "John", "Alexandra")
    ]
    said: list[dict[str, object]] = [
        {"born": date(2000, 1, 1), "facts": {"gender": "F"}},
        {"born_year": 1950, "facts": {"gender": "M"}},
    ]
    for person, entry in zip(people, said, strict=False):
        RegisterEntry.objects.create(
            campaign=campaign, person=person, number=f"A-{person.pk}", added_in=1, **entry
        )
    turf = a_walk(campaign, [door.pk])
    device, _token = canvass.ask_for_walk(turf, "Bob", by=SETUP)
    canvass.record(
        device,
        [
            a_door_report(turf, door.pk, "answered", sequence=n, person=person.pk, support="1")
            for n, person in enumerate(people, 1)
        ],
    )

    age, gender = polls.own_tables(contest, all_of_it=True)
    silent = polls.own_tables(contest, all_of_it=False)[0]

    assert {band.name: band.heads for band in age.bands if band.heads} == {
        "under 30": 1, "65+": 1, "unknown": 1,
    }  # fmt: skip
    assert {band.name: band.heads for band in gender.bands} == {
        "female": 1,
        "male": 1,
        "unknown": 1,
    }
    assert [band.heads for band in silent.bands if band.cells is not None] == [0, 0]
    assert set(silent.plain) == {None}
