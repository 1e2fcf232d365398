"""Publishing, handing out, coming back: and that a door is in one live walk at most."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from hustings.apps.accounts.actions import enrol_device
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import access, handing_out, publishing
from hustings.apps.outings.models import CODE_LETTERS, Checkout, Turf, TurfDoor, WalkCode
from hustings.apps.outings.publishing import DoorIsOut, NotNow
from tests.apps.cast import SETUP
from tests.apps.outings.planting import a_cut, an_action, turfs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def here(campaign: Campaign) -> Iterator[Campaign]:
    """Riverside, with its wall open."""
    with tenant(campaign.pk):
        yield campaign


def published(campaign: Campaign, *walks: list[int]) -> list[Turf]:
    cut = a_cut(campaign, an_action(campaign), *walks)
    publishing.publish(campaign, cut.pk, by=SETUP)
    return turfs_of(cut)


def live_doors(campaign: Campaign) -> list[int]:
    return sorted(TurfDoor.objects.of(campaign).filter(live=True).values_list("door_id", flat=True))


def test_a_draft_holds_no_door_and_publishing_holds_them_all(here: Campaign) -> None:
    cut = a_cut(here, an_action(here), [1, 2], [3])
    assert live_doors(here) == []

    publishing.publish(here, cut.pk, by=SETUP)

    assert live_doors(here) == [1, 2, 3]
    assert [turf.state for turf in turfs_of(cut)] == ["published", "published"]


def test_two_cuts_of_one_action_cannot_both_have_a_door(here: Campaign) -> None:
    action = an_action(here)
    first, second = a_cut(here, action, [1, 2]), a_cut(here, action, [2, 3])
    publishing.publish(here, first.pk, by=SETUP)

    with pytest.raises(DoorIsOut):
        publishing.publish(here, second.pk, by=SETUP)

    assert live_doors(here) == [1, 2]
    assert turfs_of(second)[0].state == "draft"


def test_a_leaflet_round_may_share_a_door_with_a_canvass(here: Campaign) -> None:
    for name in ("Canvass", "Leaflets"):
        publishing.publish(here, a_cut(here, an_action(here, name), [1, 2]).pk, by=SETUP)

    assert live_doors(here) == [1, 1, 2, 2]


def test_the_database_itself_refuses_a_door_in_two_live_turfs(here: Campaign) -> None:
    action = an_action(here)
    cut = a_cut(here, action, [7], [8])
    publishing.publish(here, cut.pk, by=SETUP)

    with pytest.raises(IntegrityError, match="one_live_turf_a_door"), transaction.atomic():
        TurfDoor.objects.create(
            campaign=here, action=action, turf=turfs_of(cut)[1], door_id=7, stop=2, live=True
        )


@pytest.mark.django_db(transaction=True)
def test_two_organisers_publishing_at_once_cannot_share_a_door() -> None:
    campaign = create_campaign("riverside", "Riverside")
    with tenant(campaign.pk):
        action = an_action(campaign)
        cuts = [
            a_cut(campaign, action, list(range(1, 40))).pk,
            a_cut(campaign, action, list(range(60, 20, -1))).pk,
        ]
    start = Barrier(2)

    def publish(cut_id: int) -> str:
        try:
            start.wait(timeout=10)
            publishing.publish(campaign, cut_id, by=SETUP)
        except DoorIsOut:
            return "refused"
        finally:
            connection.close()
        return "published"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(publish, cuts))

    assert outcomes == ["published", "refused"]
    with tenant(campaign.pk):
        doors = live_doors(campaign)
        assert len(doors) == len(set(doors)) > 0


def test_each_walk_has_six_letters_of_its_own(here: Campaign, rivals: Campaign) -> None:
    mine = published(here, [1], [2], [3])
    with tenant(rivals.pk):
        theirs = published(rivals, [1], [2])

    codes = [turf.code for turf in mine + theirs]
    assert len(set(codes)) == 5
    assert all(len(code) == 6 and set(code) <= set(CODE_LETTERS) for code in codes)


def test_a_code_is_drawn_again_when_it_is_taken(
    here: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["AAAAAA", "AAAAAA", "AAAAAA", "BBBBBB"])
    monkeypatch.setattr(publishing, "new_code", lambda: next(drawn))

    codes = publishing.claim_codes(here, [1]) | publishing.claim_codes(here, [2])

    assert codes == {1: "AAAAAA", 2: "BBBBBB"}


def test_a_code_names_its_campaign_and_turf_however_it_is_typed(here: Campaign) -> None:
    (turf,) = published(here, [1])
    typed = f" {turf.code[:3].lower()}-{turf.code[3:]} "

    found = access.turf_of_code(typed)

    assert found is not None
    assert (found.campaign, found.turf_id) == (here, turf.pk)
    assert access.turf_of_code("AAAAA") is None
    assert access.turf_of_code("AAAAAA") is None


def test_publishing_is_undone_until_a_walk_was_handed_out(here: Campaign) -> None:
    (turf,) = published(here, [1, 2])
    publishing.withdraw(here, turf.cut_id, by=SETUP)

    assert live_doors(here) == []
    assert not WalkCode.objects.filter(campaign=here).exists()

    publishing.publish(here, turf.cut_id, by=SETUP)
    handing_out.check_out(here, turf.pk, "Tom", by=SETUP)
    with pytest.raises(NotNow, match="handed out"):
        publishing.withdraw(here, turf.cut_id, by=SETUP)


def test_a_draft_can_be_thrown_away_and_brought_back(here: Campaign) -> None:
    cut = a_cut(here, an_action(here), [1])

    assert publishing.throw_away(here, cut.pk, by=SETUP).state == "thrown_away"
    with pytest.raises(NotNow):
        publishing.publish(here, cut.pk, by=SETUP)
    assert publishing.bring_back(here, cut.pk, by=SETUP).state == "draft"


def test_a_walk_is_in_one_pair_of_hands(here: Campaign) -> None:
    (turf,) = published(here, [1])
    handing_out.check_out(here, turf.pk, "Tom B.", by=SETUP)

    assert turfs_of(turf.cut)[0].state == "checked_out"
    with pytest.raises(NotNow, match="with Tom B"):
        handing_out.check_out(here, turf.pk, "Asha", by=SETUP)
    with pytest.raises(IntegrityError), transaction.atomic():
        Checkout.objects.create(
            campaign=here, turf=turf, holder="x", made_by="x", expires_at=timezone.now()
        )


def test_a_draft_cannot_be_handed_out(here: Campaign) -> None:
    cut = a_cut(here, an_action(here), [1])

    with pytest.raises(NotNow, match="draft"):
        handing_out.check_out(here, turfs_of(cut)[0].pk, "Tom", by=SETUP)


def test_what_was_not_knocked_returns_to_the_next_cut(here: Campaign) -> None:
    (turf,) = published(here, [1, 2, 3])
    handing_out.check_out(here, turf.pk, "Tom", by=SETUP)
    handing_out.mark_knocked(turf, 2, timezone.now())

    freed = handing_out.return_turf(here, turf.pk, by=SETUP)

    assert freed == 2
    assert live_doors(here) == [2]
    assert turfs_of(turf.cut)[0].state == "returned"


def test_a_return_is_undone_unless_a_door_went_into_another_walk(here: Campaign) -> None:
    (turf,) = published(here, [1, 2])
    handing_out.check_out(here, turf.pk, "Tom", by=SETUP)
    handing_out.return_turf(here, turf.pk, by=SETUP)
    assert handing_out.undo_return(here, turf.pk, by=SETUP).state == "checked_out"
    held = turfs_of(turf.cut)[0].open_checkout
    assert held is not None
    assert held.holder == "Tom"

    handing_out.return_turf(here, turf.pk, by=SETUP)
    publishing.publish(here, a_cut(here, turf.action, [2]).pk, by=SETUP)
    with pytest.raises(DoorIsOut):
        handing_out.undo_return(here, turf.pk, by=SETUP)


def test_a_walk_nobody_had_is_free_again_when_its_return_is_undone(here: Campaign) -> None:
    (turf,) = published(here, [1])
    handing_out.check_out(here, turf.pk, "Tom", by=SETUP)
    handing_out.take_back(here, turf.pk, by=SETUP)
    handing_out.return_turf(here, turf.pk, by=SETUP)

    handing_out.undo_return(here, turf.pk, by=SETUP)

    assert turfs_of(turf.cut)[0].state == "published"


def test_a_walk_that_came_back_by_itself_gets_new_time_when_that_is_undone(here: Campaign) -> None:
    (turf,) = published(here, [1])
    past = timezone.now() - timedelta(minutes=1)
    handing_out.check_out(here, turf.pk, "Tom", by=SETUP, expires_at=past)
    handing_out.return_overdue(here, by=SETUP)

    handing_out.undo_return(here, turf.pk, by=SETUP)

    assert handing_out.return_overdue(here, by=SETUP) == 0
    assert turfs_of(turf.cut)[0].state == "checked_out"


def test_taking_back_leaves_the_walk_free_with_its_doors(here: Campaign) -> None:
    (turf,) = published(here, [1, 2])
    handing_out.check_out(here, turf.pk, "Tom", by=SETUP)

    handing_out.take_back(here, turf.pk, by=SETUP)

    assert turfs_of(turf.cut)[0].state == "published"
    assert live_doors(here) == [1, 2]


def test_a_retired_walk_frees_its_doors_and_can_be_taken_up_again(here: Campaign) -> None:
    (turf,) = published(here, [1, 2])
    handing_out.mark_knocked(turf, 1, timezone.now())
    handing_out.retire(here, turf.pk, by=SETUP)
    assert live_doors(here) == []

    handing_out.undo_retire(here, turf.pk, by=SETUP)

    assert live_doors(here) == [1, 2]


def test_a_walk_put_away_stays_away_when_its_cut_is_published_anew_and_can_be_brought_back(
    here: Campaign,
) -> None:
    away = published(here, [1, 2], [3])[0]
    handing_out.retire(here, away.pk, by=SETUP)
    publishing.withdraw(here, away.cut_id, by=SETUP)

    publishing.publish(here, away.cut_id, by=SETUP)

    assert [turf.state for turf in turfs_of(away.cut)] == ["retired", "published"]
    assert live_doors(here) == [3]
    brought = handing_out.undo_retire(here, away.pk, by=SETUP)
    assert (brought.state, len(brought.code)) == ("published", 6)
    assert live_doors(here) == [1, 2, 3]


def test_a_walk_brought_back_into_a_cut_that_was_withdrawn_holds_no_door(here: Campaign) -> None:
    (turf,) = published(here, [1, 2])
    handing_out.retire(here, turf.pk, by=SETUP)
    publishing.withdraw(here, turf.cut_id, by=SETUP)

    handing_out.undo_retire(here, turf.pk, by=SETUP)

    assert turfs_of(turf.cut)[0].state == "draft"
    assert live_doors(here) == []


def test_a_walk_comes_back_by_itself_when_its_time_is_over(here: Campaign) -> None:
    late, in_time = published(here, [1, 2], [3])
    now = timezone.now()
    handing_out.check_out(here, late.pk, "Tom", by=SETUP, expires_at=now - timedelta(minutes=1))
    handing_out.check_out(here, in_time.pk, "Asha", by=SETUP)
    handing_out.mark_knocked(late, 1, now)

    assert handing_out.return_overdue_everywhere() == 1

    assert [turf.state for turf in turfs_of(late.cut)] == ["returned", "checked_out"]
    assert live_doors(here) == [1, 3]


def test_a_phone_link_works_once_and_for_fifteen_minutes(here: Campaign) -> None:
    (turf,) = published(here, [1])
    fresh = handing_out.make_phone_link(here, turf.pk, by=SETUP)
    stale = handing_out.make_phone_link(here, turf.pk, by=SETUP, lives=timedelta(seconds=-1))

    link = handing_out.use_phone_link(fresh)

    assert link is not None
    assert link.turf_id == turf.pk
    assert handing_out.use_phone_link(fresh) is None
    assert handing_out.use_phone_link(stale) is None
    assert handing_out.use_phone_link("nonsense") is None


def test_a_phone_carries_the_walk_that_was_handed_out_and_a_second_phone_does_not(
    here: Campaign,
) -> None:
    (turf,) = published(here, [1])
    handing_out.check_out(here, turf.pk, "Tom", by=SETUP)
    later = timezone.now() + timedelta(days=1)
    phone, _token = enrol_device(here, "Tom's phone", expires_at=later)
    other, _token = enrol_device(here, "Another", expires_at=later)

    held = handing_out.carry_on_phone(here, turf.pk, phone)

    assert (held.holder, held.device_id) == ("Tom", phone.pk)
    assert access.turf_carried_by(phone) == turf
    assert access.turf_carried_by(other) is None
    with pytest.raises(NotNow, match="Another phone"):
        handing_out.carry_on_phone(here, turf.pk, other)


def test_every_step_leaves_its_line(here: Campaign) -> None:
    (turf,) = published(here, [1])
    handing_out.check_out(here, turf.pk, "Tom", by=SETUP)
    handing_out.extend(here, turf.pk, timezone.now(), by=SETUP)
    handing_out.return_turf(here, turf.pk, by=SETUP)
    handing_out.undo_return(here, turf.pk, by=SETUP)
    handing_out.retire(here, turf.pk, by=SETUP)

    verbs = list(AuditLine.objects.of(here).order_by("id").values_list("verb", flat=True))
    assert verbs == [
        "turf.publish", "turf.check_out", "turf.extend", "turf.return", "turf.undo_return",
        "turf.retire",
    ]  # fmt: skip
