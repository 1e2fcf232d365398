"""Reports: each is taken in once, none is changed, two sources match, and what nobody vouches for counts nowhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import inviting, settling, standing, tray
from hustings.apps.contests.models import (
    Audit,
    AuditStep,
    Lot,
    Report,
    ReporterStep,
    SheetPhoto,
    TrayReport,
)
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP
from tests.apps.contests.cast import (
    ALPHA,
    ALPHA_WINS,
    a_caucus,
    a_reporter,
    a_unit,
    event,
    post,
    send,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Contest, Unit

TOSSED = {
    "id": "8c1d6f0e-7d0b-4c0f-9f0a-4c5a3c1b2d3e", "step": "one less, turn 1", "among": ["ash", "elm"], "chosen": ["elm"],
}  # fmt: skip
JPEG = b"\xff\xd8\xff\xe0" + b"a sheet" * 20


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    """Tonight's caucus, behind the campaign's wall."""
    with tenant(campaign.pk):
        yield a_caucus(campaign)


@pytest.fixture
def mill(contest: Contest) -> Unit:
    """Precinct Alpha of the party's own example."""
    return a_unit(contest, "Mill Lane")


def state_of(unit: Unit, phase: str = "first") -> str:
    return standing.standings(unit.contest, phase).get(unit.pk, standing.standing_of([])).state


def newest(unit: Unit) -> int:
    return Report.objects.filter(unit=unit).latest("pk").pk


def test_a_report_sent_twice_is_one_report(contest: Contest, mill: Unit) -> None:
    _bob, token = a_reporter(contest, "Bob", mill)
    said = event(mill)

    assert [one["status"] for one in send(token, said)] == ["stored"]
    assert [one["status"] for one in send(token, said, said)] == ["known", "known"]
    assert Report.objects.count() == 1
    assert AuditLine.objects.filter(verb="contest.report").count() == 1


def test_the_same_id_with_other_numbers_is_refused_and_the_first_stays(
    contest: Contest, mill: Unit
) -> None:
    _bob, token = a_reporter(contest, "Bob", mill)
    said = event(mill)
    send(token, said)

    other = said | {"numbers": {"counts": ALPHA | {"ash": 21}}}

    assert send(token, other)[0]["status"] == "refused"
    assert Report.objects.get().numbers["counts"]["ash"] == 20


def test_one_source_is_reported_and_two_that_agree_are_matched(
    contest: Contest, mill: Unit
) -> None:
    _bob, captain = a_reporter(contest, "Bob", mill)
    _eve, second = a_reporter(contest, "Eve", mill, source="second")

    assert state_of(mill) == "expected"
    send(captain, event(mill))
    assert state_of(mill) == "reported"
    send(second, event(mill))
    assert state_of(mill) == "matched"
    assert standing.total(standing.standings(contest, "first")) == ALPHA


def test_the_same_person_twice_is_no_second_source(contest: Contest, mill: Unit) -> None:
    bob, token = a_reporter(contest, "Bob", mill)
    send(token, event(mill))
    Report.objects.create(
        campaign_id=contest.campaign_id, contest=contest, unit=mill, source="office", phase="first",
        numbers={"counts": ALPHA}, event_id=event(mill)["id"], reporter=bob, by="Alice",
        reported_at=Report.objects.get().reported_at,
    )  # fmt: skip

    assert state_of(mill) == "reported"


def test_two_that_differ_open_one_audit_and_are_in_no_total(contest: Contest, mill: Unit) -> None:
    other = a_unit(contest, "Station Road")
    _bob, captain = a_reporter(contest, "Bob", mill, other)
    _eve, second = a_reporter(contest, "Eve", mill, source="second")
    send(captain, event(mill), event(other, counts={"ash": 5, "elm": 4}))

    send(second, event(mill, counts=ALPHA | {"ash": 19}))
    send(second, event(mill, counts=ALPHA | {"ash": 18}))

    assert state_of(mill) == "mismatch"
    assert Audit.objects.count() == 1
    assert standing.total(standing.standings(contest, "first")) == {"ash": 5, "elm": 4}


def test_a_correction_is_a_new_report_and_ends_the_audit_where_they_agree_then(
    contest: Contest, mill: Unit
) -> None:
    _bob, captain = a_reporter(contest, "Bob", mill)
    _eve, second = a_reporter(contest, "Eve", mill, source="second")
    wrong = event(mill, counts=ALPHA | {"ash": 2})
    send(captain, wrong)
    send(second, event(mill))
    assert state_of(mill) == "mismatch"

    send(captain, event(mill, corrects=wrong["id"]))

    assert state_of(mill) == "matched"
    assert [step.kind for step in AuditStep.objects.order_by("pk")] == ["agreed"]
    assert Report.objects.filter(source="captain").count() == 2


def test_an_audit_that_found_one_right_counts_it_and_opens_again_when_somebody_says_otherwise(
    contest: Contest, mill: Unit
) -> None:
    _bob, captain = a_reporter(contest, "Bob", mill)
    _eve, second = a_reporter(contest, "Eve", mill, source="second")
    send(captain, event(mill))
    send(second, event(mill, counts=ALPHA | {"ash": 19}))
    audit = Audit.objects.get()
    right = Report.objects.get(source="captain")

    settling.take(audit, by=SETUP)
    settling.settle(
        audit, right, "The sheet says 20.", seen=newest(mill), photo="ab" * 32, by=SETUP
    )
    assert state_of(mill) == "verified"
    assert standing.total(standing.standings(contest, "first")) == ALPHA
    with pytest.raises(BadInput, match="ended"):
        settling.take(audit, by=SETUP)

    send(second, event(mill))
    assert state_of(mill) == "verified"
    send(second, event(mill, counts=ALPHA | {"ash": 17}))

    assert state_of(mill) == "mismatch"
    assert [step.kind for step in AuditStep.objects.order_by("pk")] == ["taken", "verified", "reopened"]  # fmt: skip


def test_an_audit_is_settled_with_a_reason_and_a_report_of_the_same_unit(
    contest: Contest, mill: Unit
) -> None:
    other = a_unit(contest, "Station Road")
    _bob, captain = a_reporter(contest, "Bob", mill, other)
    _eve, second = a_reporter(contest, "Eve", mill, source="second")
    send(captain, event(mill), event(other))
    send(second, event(mill, counts={"ash": 1}))
    audit = Audit.objects.get()

    with pytest.raises(BadInput, match="another unit"):
        settling.settle(
            audit, Report.objects.get(unit=other), "So it is.", seen=newest(mill), by=SETUP
        )
    with pytest.raises(BadInput, match="how you know"):
        settling.settle(
            audit, Report.objects.filter(unit=mill)[0], " ", seen=newest(mill), by=SETUP
        )


def test_what_an_ended_link_sends_goes_to_the_tray_and_into_no_total(
    contest: Contest, mill: Unit
) -> None:
    bob, token = a_reporter(contest, "Bob", mill)
    inviting.end_links(bob, by=SETUP)

    said = event(mill)
    answers = [send(token, said)[0], send(token, said)[0]]

    assert [one["status"] for one in answers] == ["tray", "tray"]
    assert TrayReport.objects.count() == 1
    assert not Report.objects.exists()
    assert standing.total(standing.standings(contest, "first")) == {}


def test_what_was_taken_in_and_is_sent_again_by_an_ended_link_is_known_and_not_in_the_tray(
    contest: Contest, mill: Unit
) -> None:
    """The answer was lost on the way, and the link was ended before the phone asked again."""
    bob, token = a_reporter(contest, "Bob", mill)
    sent = event(mill)
    assert send(token, sent)[0]["status"] == "stored"
    inviting.end_links(bob, by=SETUP)

    again, changed = send(token, sent, {**sent, "numbers": {**sent["numbers"], "attendance": 99}})

    assert (again["status"], changed["status"]) == ("known", "tray")
    with tenant(contest.campaign_id):
        assert Report.objects.count() == 1
        assert TrayReport.objects.count() == 1


def test_a_lot_that_came_with_a_report_in_the_tray_is_read_there(
    contest: Contest, mill: Unit, alice_signed_in: Client
) -> None:
    bob, token = a_reporter(contest, "Bob", mill)
    inviting.end_links(bob, by=SETUP)
    drawn = {
        "id": event(mill)["id"], "step": "one more, turn 1", "among": ["ash", "birch"], "chosen": ["birch"],
        "record": {"device": "a coin", "called_by": "the chair"},
    }  # fmt: skip

    [answer] = send(token, {**event(mill), "lots": [drawn]})
    page = alice_signed_in.get(
        reverse("contests:tray", kwargs={"slug": contest.campaign.slug, "contest_id": contest.pk})
    ).content.decode()

    assert answer["status"] == "tray"
    kept = TrayReport.objects.get().came_with.get()
    assert (kept.step, kept.among, kept.chosen) == ("one more, turn 1", ["ash", "birch"], ["birch"])
    assert "a coin" in page
    assert "the chair" in page


def test_a_unit_that_is_not_theirs_goes_to_the_tray_too(contest: Contest, mill: Unit) -> None:
    _bob, token = a_reporter(contest, "Bob", mill)
    other = a_unit(contest, "Station Road")

    assert send(token, event(other))[0]["status"] == "tray"
    assert not Report.objects.exists()


def test_a_report_before_the_night_has_begun_goes_to_the_tray(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        coming = a_caucus(campaign, "Tomorrow", opens_at=timezone.now() + timedelta(days=1))
        ward = a_unit(coming, "Ward 1")
        _bob, token = a_reporter(coming, "Bob", ward)

        answer = send(token, event(ward))[0]

        assert (answer["status"], "not begun" in answer["message"]) == ("tray", True)
        assert not Report.objects.exists()


def test_the_tray_counts_once_somebody_vouches_for_it_and_never_twice(
    contest: Contest, mill: Unit
) -> None:
    bob, token = a_reporter(contest, "Bob", mill)
    inviting.end_links(bob, by=SETUP)
    send(token, event(mill))
    row = TrayReport.objects.get()

    tray.vouch(row, by=SETUP)
    row.refresh_from_db()

    assert state_of(mill) == "reported"
    assert row.became == Report.objects.get()
    with pytest.raises(BadInput, match="decided"):
        tray.vouch(row, by=SETUP)


def test_a_practice_is_kept_and_counts_nowhere(contest: Contest, mill: Unit) -> None:
    contest.opens_at = timezone.now() + timedelta(hours=1)
    contest.save()
    bob, token = a_reporter(contest, "Bob", mill)
    said = event(mill, kind="practice")

    assert [one["status"] for one in send(token, said)] == ["stored"]
    assert [one["status"] for one in send(token, said)] == ["known"]
    assert ReporterStep.objects.get(reporter=bob).numbers["counts"] == ALPHA
    assert state_of(mill) == "expected"


def test_a_practice_by_an_ended_link_is_not_kept_and_one_that_was_kept_is_known(
    contest: Contest, mill: Unit
) -> None:
    contest.opens_at = timezone.now() + timedelta(hours=1)
    contest.save()
    bob, token = a_reporter(contest, "Bob", mill)
    before = event(mill, kind="practice")
    send(token, before)
    inviting.end_links(bob, by=SETUP)

    again, after = send(token, before, event(mill, kind="practice"))

    assert again["status"] == "known"
    assert (after["status"], "ring the office" in after["message"]) == ("refused", True)
    assert ReporterStep.objects.filter(kind="practised").count() == 1


def test_a_lot_that_was_drawn_in_the_room_is_on_record_once(contest: Contest, mill: Unit) -> None:
    _bob, token = a_reporter(contest, "Bob", mill)
    lot = {
        "id": event(mill)["id"], "step": "one less, turn 1", "among": ["ash", "elm"],
        "chosen": ["elm"], "record": {"device": "coin", "witnesses": "Ada, Ben"},
    }  # fmt: skip
    said = event(mill, "delegates", ALPHA_WINS, lots=[lot])

    send(token, said)
    send(token, event(mill, "delegates", ALPHA_WINS, lots=[lot], corrects=said["id"]))

    assert Lot.objects.get().record == {"device": "coin", "witnesses": "Ada, Ben"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"numbers": {"counts": {"ash": -1}}}, "counts of ash: It must not be negative: -1."),
        ({"numbers": {"counts": {"ash": 1.5}}}, "whole number"),
        ({"numbers": {"counts": {"ash": True}}}, "whole number"),
        ({"numbers": {"counts": {"oak": 3}}}, "oak does not stand here"),
        ({"numbers": {"counts": {}}}, "No number"),
        ({"numbers": "many"}, "«counts»"),
        ({"phase": "second"}, "phase"),
        ({"unit": "1"}, "unit"),
        ({"unit": 10**30}, "unit"),
        ({"unit": 9_999_999}, "no such unit"),
        ({"id": "7"}, "no id"),
        ({"kind": "joke"}, "kind"),
        ({"kind": []}, "kind"),
        ({"reported_at": "yesterday"}, "reported_at"),
        ({"reported_at": "2020-02-30T00:00:00Z"}, "reported_at"),
        ({"lots": [{"step": "x"}]}, "lots"),
        ({"lots": [TOSSED | {"step": "one\0less"}]}, "for which tie"),
        ({"lots": [TOSSED | {"record": {"device": "a\0coin"}}]}, "Its record"),
        ({"lots": [TOSSED | {"record": {"device": "a coin \ud83d"}}]}, "Its record"),
        ({"lots": [TOSSED | {"record": {"de\0vice": "a coin"}}]}, "Its record"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_field_and_the_others_go_on(
    contest: Contest, mill: Unit, change: dict[str, Any], says: str
) -> None:
    _bob, token = a_reporter(contest, "Bob", mill)

    bad, good = send(token, event(mill) | change, event(mill, "final"))

    assert bad["status"] == "refused"
    assert says in bad["message"]
    assert good["status"] == "stored"
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    "body", [b"\xff\xfe" * 50, "{", "[1]", '{"events": 3}', '{"events": [1]}', "[" * 200_000]
)
def test_garbage_is_refused_with_a_sentence(contest: Contest, mill: Unit, body: object) -> None:
    _bob, token = a_reporter(contest, "Bob", mill)

    answer = post(token, body)

    assert answer.status_code == 422
    assert answer.json()["error"]  # type: ignore[attr-defined]  # the test client's own
    assert not Report.objects.exists()


def test_a_link_that_nobody_was_given_leads_nowhere(contest: Contest, mill: Unit) -> None:
    token = f"{contest.campaign_id.hex}.guessed"

    assert post(token, {"events": [event(mill)]}).status_code == 404
    assert Client().get(reverse("night:page", args=[token])).status_code == 404
    assert Client().get(reverse("night:facts", args=["nobody"])).status_code == 404
    assert not Report.objects.exists()
    assert not TrayReport.objects.exists()


def test_a_phone_carries_only_its_own_units_and_nobodys_name_but_its_holders(
    contest: Contest, mill: Unit
) -> None:
    a_unit(contest, "Station Road")
    _bob, token = a_reporter(contest, "Bob", mill)
    _eve, second = a_reporter(contest, "Eve", mill, source="second")
    send(second, event(mill))

    said = Client().get(reverse("night:facts", args=[token])).json()

    assert [unit["name"] for unit in said["units"]] == ["Mill Lane"]
    assert said["has"] == []
    assert "Eve" not in str(said)
    assert said["rules"]["viability"][-1] == {"share": "3/20"}
    assert ReporterStep.objects.filter(kind="opened").count() == 1


def test_a_photograph_of_the_sheet_is_kept_once_and_nothing_else_is(
    contest: Contest, mill: Unit
) -> None:
    _bob, token = a_reporter(contest, "Bob", mill)
    other = a_unit(contest, "Station Road")
    number = event(mill)["id"]

    def photo(content: bytes, unit: Unit | str = mill) -> Any:
        address = reverse("night:photo", args=[token, number])
        query = f"?unit={unit if isinstance(unit, str) else unit.pk}&taken_at=2026-02-03T20:00:00Z&report={number}"
        return Client().post(address + query, content, content_type="image/jpeg")

    assert photo(b"%PDF-1.7").status_code == 422
    assert photo(JPEG + b"x" * 2_000_001).status_code == 422
    assert photo(JPEG, other).status_code == 422
    assert photo(JPEG, "9" * 5_000).status_code == 422
    assert photo(JPEG).json() == {"status": "stored"}
    assert photo(JPEG).json() == {"status": "known"}
    assert bytes(SheetPhoto.objects.get().content) == JPEG


def test_a_report_cannot_be_changed_by_whatever_serves_the_page(
    contest: Contest, mill: Unit
) -> None:
    from django.db import DatabaseError, transaction

    _bob, token = a_reporter(contest, "Bob", mill)
    send(token, event(mill))

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Report.objects.update(numbers={"counts": {"ash": 100}})
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Report.objects.all().delete()
