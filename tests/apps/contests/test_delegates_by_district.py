"""A primary counted pool by pool: each district from its own votes, at large and party leaders from all of them."""

from __future__ import annotations

import csv
import io
import json
import uuid
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import publishing
from hustings.apps.contests.board import Of
from hustings.apps.contests.count_out import count_file
from hustings.apps.contests.lots import in_use
from hustings.apps.contests.models import Contest, Lot
from hustings.apps.contests.season import season_of
from hustings.apps.contests.totals import board_of
from hustings.core.contest.lot import Lots
from hustings.core.contest.methods import METHODS
from hustings.core.errors import BadInput
from hustings.formats.count_file import replay
from tests.apps.cast import SETUP
from tests.apps.contests.counting_nights import OPENED, a_caucus, a_report, a_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.board import Board

REST = "the remaining delegates"


@pytest.fixture
def primary(campaign: Campaign) -> Iterator[Contest]:
    """Two districts of eight and seven, five at large and three leaders, behind the campaign's wall."""
    with tenant(campaign.pk):
        made = a_caucus(campaign, rules="dnc-proportional", name="Primary")
        made.kind, made.seats = "primary", 23
        made.pools = {"districts": [["1", 8], ["2", 7]], "at_large": 5, "pleo": 3}
        made.save()
        yield made


def a_place(contest: Contest, code: str, district: str, votes: Mapping[str, int]) -> None:
    a_report(a_unit(contest, code, delegates=None, district=district), "final", votes)


def ruled(contest: Contest, step: str, among: list[str], chosen: list[str]) -> Lot:
    lot: Lot = Lot.objects.create(
        campaign_id=contest.campaign_id, contest=contest, event_id=uuid.uuid4(), step=step,
        among=among, chosen=chosen, drawn_at=OPENED, by="tests",
        record={"device": "coin", "called_by": "the chair", "order": among, "witnesses": ["W"]},
    )  # fmt: skip
    return lot


def awarded(board: Board) -> dict[str, dict[str, int]]:
    return {
        part.pool.name: {code: n for code, n in part.whole.awarded.items() if n}
        for part in board.parts
    }


def pledged(board: Board) -> dict[str, int]:
    [found] = [one for one in board.totals if one.what == Of.PLEDGED]
    return {code: int(number) for code, number in found.numbers.items() if number}


def counted_again(board: Board) -> Any:
    counted, same = replay(count_file(board).encode(), "COUNT.json")
    assert same
    assert METHODS["delegates"].check(counted.said, counted.rules, Lots(counted.lots), counted.count) == []  # fmt: skip
    return counted


def test_each_district_is_given_by_its_own_votes_and_the_rest_by_all(primary: Contest) -> None:
    a_place(primary, "a", "1", {"ash": 620, "birch": 300, "cedar": 80})
    a_place(primary, "b", "01", {"ash": 20, "birch": 60, "cedar": 20})
    a_place(primary, "c", "2", {"ash": 150, "birch": 350, "cedar": 100})

    board = board_of(primary)

    assert awarded(board) == {
        "district 1": {"ash": 5, "birch": 3},  # 640 to 360; 100 of 1,100 is below 15 percent
        "district 2": {"ash": 2, "birch": 4, "cedar": 1},
        "at large": {"ash": 3, "birch": 2},  # 200 of 1,700 is below it too
        "party leaders": {"ash": 2, "birch": 1},
    }
    assert pledged(board) == {"ash": 12, "birch": 10, "cedar": 1}
    assert [one.what for one in board.totals] == [Of.PLEDGED, Of.VOTES]
    assert [(part.units, part.of) for part in board.parts] == [(2, 2), (1, 1), (3, 3), (3, 3)]


def test_the_sum_of_the_parts_is_not_what_one_pool_would_give(primary: Contest) -> None:
    a_place(primary, "a", "1", {"ash": 620, "birch": 300, "cedar": 80})
    a_place(primary, "b", "2", {"ash": 150, "birch": 350, "cedar": 100})
    apart = pledged(board_of(primary))

    primary.pools = {}

    assert apart == {"ash": 12, "birch": 10, "cedar": 1}
    assert pledged(board_of(primary)) == {"ash": 12, "birch": 11}
    assert board_of(primary).parts == []


def test_the_count_file_holds_every_part_and_counts_again_byte_for_byte(primary: Contest) -> None:
    a_place(primary, "a", "1", {"ash": 620, "birch": 300, "cedar": 80})
    a_place(primary, "b", "2", {"ash": 150, "birch": 350, "cedar": 100})

    counted = counted_again(board_of(primary))

    units = [(one["unit"], one["pool"], one["delegates"]) for one in counted.said["units"]]
    assert units == [
        ("district 1", "district", 8), ("district 2", "district", 7), ("at large", "at-large", 5),
        ("party leaders", "pleo", 3),
    ]  # fmt: skip
    assert counted.count.result["totals"]["delegates"] == {"ash": 12, "birch": 10, "cedar": 1}
    assert counted.count.transcript.steps[0].name == "district 1: percent"
    assert counted.said["not_in_this_count"] == {}


def test_two_parts_are_equal_at_once_and_a_lot_decides_the_one_that_it_names(
    primary: Contest,
) -> None:
    primary.pools = {"districts": [["1", 4], ["2", 4]], "at_large": 4}
    a_place(primary, "a", "1", {"ash": 625, "birch": 375})
    a_place(primary, "b", "2", {"ash": 375, "birch": 625})
    before = board_of(primary)
    ruled(primary, f"district 1: {REST}", ["ash", "birch"], ["birch"])
    after = board_of(primary)
    ruled(primary, f"district 2: {REST}", ["ash", "birch"], ["birch"])
    both = board_of(primary)

    assert [(lot.unit, lot.step) for lot in before.lots] == [
        (None, f"district 1: {REST}"), (None, f"district 2: {REST}"),
    ]  # fmt: skip
    assert [part.open for part in before.parts] == [1, 1, 0]
    assert [lot.step for lot in after.lots] == [f"district 2: {REST}"]
    assert awarded(after)["district 1"] == {"ash": 2, "birch": 2}
    assert [lot.step for lot in in_use(after)] == [f"district 1: {REST}"]
    assert both.lots == []
    assert pledged(both) == {"ash": 2 + 1 + 2, "birch": 2 + 3 + 2}
    assert [lot.step for lot in counted_again(both).lots] == [f"district 1: {REST}", f"district 2: {REST}"]  # fmt: skip
    assert counted_again(after).count.tie.step == f"district 2: {REST}"


def test_a_ruling_whose_tie_is_gone_after_a_correction_is_told_of_with_its_part(
    primary: Contest,
) -> None:
    primary.pools = {"districts": [["1", 4]], "at_large": 4}
    unit = a_unit(primary, "a", delegates=None, district="1")
    wrong = a_report(unit, "final", {"ash": 625, "birch": 375})
    ruled(primary, f"district 1: {REST}", ["ash", "birch"], ["birch"])
    a_report(unit, "final", {"ash": 700, "birch": 300}, corrects=wrong)

    board = board_of(primary)

    assert board.together is not None
    assert board.together.flags == (
        f"district 1: There is a lot for «{REST}», but nothing is equal there.",
    )
    assert in_use(board) == []
    assert counted_again(board).lots == ()


def test_a_unit_in_no_district_is_said_and_counts_for_the_whole_contest_alone(
    primary: Contest,
) -> None:
    a_place(primary, "a", "1", {"ash": 60, "birch": 40})
    a_place(primary, "b", "", {"ash": 0, "birch": 900})
    a_place(primary, "c", "9", {"ash": 0, "birch": 100})

    board = board_of(primary)

    assert [line.unit.code for line in board.astray] == ["b", "c"]
    assert awarded(board)["district 1"] == {"ash": 5, "birch": 3}
    assert awarded(board)["at large"] == {"birch": 5}
    assert board.parts[1].said is None
    said = counted_again(board).said
    assert [one["unit"] for one in said["units"]] == ["district 1", "at large", "party leaders"]
    assert set(said["not_in_this_count"]) == {"b", "c", "delegates of district 2"}


def test_a_part_in_which_nobody_reaches_the_threshold_gives_nothing_and_says_why(
    primary: Contest,
) -> None:
    codes = [f"one-{number}" for number in range(8)]
    for order, code in enumerate(codes, 10):
        primary.candidates.create(
            campaign_id=primary.campaign_id, code=code, name=code, order=order
        )
    a_place(primary, "a", "1", dict.fromkeys(codes, 10))
    a_place(primary, "b", "2", {"ash": 900, "birch": 100})

    board = board_of(primary)

    assert [part.open for part in board.parts] == [8, 0, 0, 0]
    assert awarded(board)["district 2"] == {"ash": 7}
    assert board.together is not None
    assert board.together.flags[0].startswith("district 1: Nobody reaches the threshold.")


def test_without_a_vote_there_is_no_part_and_no_count_file(primary: Contest) -> None:
    a_place(primary, "a", "1", {"ash": 0, "birch": 0})

    board = board_of(primary)

    assert (board.together, [one.what for one in board.totals]) == (None, [Of.VOTES])
    with pytest.raises(BadInput, match="Nothing that could be counted"):
        count_file(board)


def test_a_primary_without_parts_gives_the_file_that_it_always_gave(primary: Contest) -> None:
    primary.pools = {}
    a_place(primary, "a", "1", {"ash": 60, "birch": 40})

    board = board_of(primary)

    said = json.loads(count_file(board))["input"]
    assert (said["unit"], said["pool"], said["delegates"]) == ("Primary", "at-large", 23)
    assert (board.parts, board.astray) == ([], [])


def test_new_hampshire_2016_gives_its_statewide_delegates_as_published(
    primary: Contest, test_data: Path
) -> None:
    """The data has no votes by district: what the published 15 to 9 leaves are 5 to 3 in each of two districts."""
    with (test_data / "primaries/dem2016_contest_calendar_merged.csv").open() as file:
        [row] = [row for row in csv.DictReader(file) if row["code"] == "NH"]
    primary.pools = {"at_large": 5, "pleo": 3}
    a_place(
        primary, "all", "", {"ash": int(row["sanders_votes"]), "birch": int(row["clinton_votes"])}
    )

    board = board_of(primary)

    assert awarded(board) == {
        "at large": {"ash": 3, "birch": 2}, "party leaders": {"ash": 2, "birch": 1},
    }  # fmt: skip
    statewide = pledged(board)
    left = (
        int(row["sanders_delegates"]) - statewide["ash"],
        int(row["clinton_delegates"]) - statewide["birch"],
    )
    assert left == (2 * 5, 2 * 3)
    assert board.astray == []


def address(contest: Contest, name: str, room: str = "live") -> str:
    return reverse(
        f"{room}:{name}", kwargs={"slug": contest.campaign.slug, "contest_id": contest.pk}
    )


def told(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_every_part_and_their_sum_stand_on_the_screen_and_on_the_public_page(
    alice_signed_in: Client, primary: Contest
) -> None:
    a_place(primary, "a", "1", {"ash": 625, "birch": 375})
    a_place(primary, "b", "", {"ash": 150, "birch": 350, "cedar": 10})
    a_unit(primary, "c", district="2")
    publishing.publish(primary, by=SETUP)

    for client, room in ((alice_signed_in, "live"), (Client(), "count")):
        page = told(client.get(address(primary, "numbers", room)))
        assert "Pledged delegates by part" in page
        assert (
            '<th scope="row"><bdi>District 1</bdi></th><td class="num">8</td>'
            '<td class="num">1 of 1</td><td class="num">5</td><td class="num">3</td><td class="num">0</td>'
        ) in page
        assert '<bdi>District 2</bdi></th><td class="num">7</td><td class="num">0 of 1</td><td class="num">–</td>' in page  # fmt: skip
        assert "<bdi>At large</bdi>" in page
        assert "<bdi>Party leaders and elected officials</bdi>" in page
        assert "1 unit lies in no district" in page
        assert (
            '<th scope="row">Together</th><td class="num">23</td><td></td>'
            '<td class="num">10</td><td class="num">6</td><td class="num">7</td>'
        ) in page


def test_a_tie_of_one_part_is_named_on_the_screen_and_is_ruled_on_the_page_of_lots(
    alice_signed_in: Client, primary: Contest
) -> None:
    primary.pools = {"districts": [["1", 4], ["2", 4]]}
    primary.save()
    a_place(primary, "a", "1", {"ash": 625, "birch": 375})
    a_place(primary, "b", "2", {"ash": 375, "birch": 625})

    page = told(alice_signed_in.get(address(primary, "numbers")))
    assert f"district 1: {REST}" in page
    assert "2 delegates are in no total until a lot is on record." in page
    answer = alice_signed_in.post(
        address(primary, "lots"),
        {
            "event": str(uuid.uuid4()), "unit": "", "step": f"district 2: {REST}", "chosen": "birch",
            "device": "a coin", "called_by": "the chair", "order": "ash, birch", "witnesses": "W",
        },
    )  # fmt: skip

    assert answer.status_code == 302
    assert Lot.objects.get().step == f"district 2: {REST}"
    assert [part.open for part in board_of(primary).parts] == [1, 0]
    lots = told(alice_signed_in.get(address(primary, "lots")))
    assert f"Primary</bdi> · district 2: {REST} <span" in lots


def test_json_and_csv_have_every_part_and_no_vote_twice(
    alice_signed_in: Client, primary: Contest
) -> None:
    a_place(primary, "a", "1", {"ash": 620, "birch": 300, "cedar": 80})
    a_place(primary, "b", "2", {"ash": 150, "birch": 350, "cedar": 100})

    said = alice_signed_in.get(address(primary, "json")).json()
    raw = alice_signed_in.get(address(primary, "csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(raw)))

    assert [(one["name"], one["pool"], one["delegates"]) for one in said["pools"]][:3] == [
        ("district 1", "district", 8), ("district 2", "district", 7), ("at large", "at-large", 5),
    ]  # fmt: skip
    assert said["pools"][1]["votes"] == {"ash": 150, "birch": 350, "cedar": 100}
    assert said["pools"][1]["awarded"] == {"ash": 2, "birch": 4, "cedar": 1}
    assert {one["of"]: one["numbers"] for one in said["totals"]}["pledged"] == {"ash": 12, "birch": 10, "cedar": 1}  # fmt: skip
    assert (said["in_no_district"], said["by_unit"][0]["district"]) == ([], "1")
    assert [row["name"] for row in rows[2:]] == ["district 1", "district 2", "at large", "party leaders", "all parts"]  # fmt: skip
    assert sum(int(row["final ash"] or 0) for row in rows) == 770
    assert [row["pledged ash"] for row in rows] == ["", "", "5", "2", "3", "2", "12"]
    assert (rows[0]["district"], rows[2]["delegates"], rows[-1]["delegates"]) == ("1", "8", "23")
    assert None not in rows[0]


def test_the_desk_is_told_before_the_night_which_units_lie_in_no_district(
    alice_signed_in: Client, primary: Contest
) -> None:
    page = reverse("contests:contest", args=[primary.campaign.slug, primary.pk])
    a_unit(primary, "a", district="1")
    assert "in no district" not in told(alice_signed_in.get(page))

    a_unit(primary, "b")

    assert "1 unit lies in no district: no district’s delegates are given from them." in told(alice_signed_in.get(page))  # fmt: skip


def test_the_calendar_adds_the_sum_of_the_parts(primary: Contest) -> None:
    a_place(primary, "a", "1", {"ash": 620, "birch": 300, "cedar": 80})
    a_place(primary, "b", "2", {"ash": 150, "birch": 350, "cedar": 100})

    found = season_of(primary.campaign, "")

    assert dict(found.sums.of("delegates").sums) == {"ash": 12, "birch": 10, "cedar": 1}


def test_a_primary_without_parts_shows_none(alice_signed_in: Client, primary: Contest) -> None:
    primary.pools = {}
    primary.save()
    a_place(primary, "a", "1", {"ash": 60, "birch": 40})

    page = told(alice_signed_in.get(address(primary, "numbers")))
    raw = alice_signed_in.get(address(primary, "csv")).content.decode("utf-8-sig")

    assert "by part" not in page
    assert raw.splitlines()[0].endswith("open,remarks")
