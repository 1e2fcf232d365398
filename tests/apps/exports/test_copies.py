"""What left and when it must be destroyed: on paper, on phones, as files and as backups."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import access as canvass_access
from hustings.apps.canvass import actions as canvass
from hustings.apps.exports import leaving, queries
from hustings.apps.exports.asking import Asked
from hustings.apps.exports.models import Copy, Destroyed
from hustings.core.errors import HustingsError
from hustings.server import command_backup, start
from hustings.server.database import programs
from tests.apps.canvass.test_phone_page import Shift
from tests.apps.cast import SETUP

if TYPE_CHECKING:
    from django.test import Client

    from hustings.apps.accounts.models import Membership


@pytest.fixture
def shift(campaign: Campaign, alice: Membership) -> Shift:
    return Shift(campaign, alice)


def copies(campaign: Campaign) -> list[Copy]:
    with tenant(campaign.pk):
        return list(Copy.objects.of(campaign).prefetch_related("destroyed").order_by("pk"))


def gone(campaign: Campaign) -> list[bool]:
    today = timezone.localdate()
    return [leaving.is_gone(copy, today) for copy in copies(campaign)]


def test_a_phone_that_is_let_in_carries_a_copy_until_its_time_is_over(
    campaign: Campaign, shift: Shift
) -> None:
    (copy,) = copies(campaign)
    assert (copy.path, copy.receiver, copy.rows, copy.by) == ("phone", "own-helper", 3, "Alice")
    with tenant(campaign.pk):
        until = canvass_access.grant_for(shift.device, shift.turf.pk).expires_at
    assert copy.expires_on == timezone.localtime(until).date()
    assert gone(campaign) == [False]
    with time_machine.travel(until + timedelta(days=1)):
        assert gone(campaign) == [True]


def test_a_walk_that_is_handed_back_leaves_no_copy(campaign: Campaign, shift: Shift) -> None:
    with tenant(campaign.pk):
        grant = canvass_access.grant_for(shift.device, shift.turf.pk)
        canvass.hand_back(grant, by=shift.device.actor)

    assert gone(campaign) == [True]


def test_a_phone_whose_leave_is_taken_back_has_no_copy(
    campaign: Campaign, shift: Shift, alice: Membership
) -> None:
    with tenant(campaign.pk):
        other, _token = canvass.ask_for_walk(shift.turf, "Una", by=alice.actor)
        assert gone(campaign) == [False, False]
        canvass.take_back(campaign, [other], by=alice.actor)

    assert gone(campaign) == [False, True]


def test_asking_for_the_same_walk_again_the_same_day_is_the_same_copy(
    campaign: Campaign, shift: Shift, alice: Membership
) -> None:
    with tenant(campaign.pk):
        canvass.ask_for_walk(shift.turf, "Tom", device=shift.device, by=alice.actor)

    assert len(copies(campaign)) == 1


def test_a_phone_that_only_waits_carries_nothing(campaign: Campaign, alice: Membership) -> None:
    shift = Shift(campaign, alice)
    with tenant(campaign.pk):
        canvass.ask_for_walk(shift.turf, "Una")

    assert len(copies(campaign)) == 1


def test_the_helper_is_told_before_the_phone_shows_anybody(
    campaign: Campaign, shift: Shift, client: Client
) -> None:
    from hustings.apps.outings.handing_out import make_phone_link

    with tenant(campaign.pk):
        token = make_phone_link(campaign, shift.turf.pk, by=SETUP)

    page = client.get(reverse("phone:link", args=[token])).content.decode()
    assert "binds its helpers too" in page


def a_copy(campaign: Campaign, **more: Any) -> Copy:
    with tenant(campaign.pk):
        copy = leaving.leave(campaign, "pack", rows=40, by=SETUP, asked=Asked(**more))
    assert copy is not None
    return copy


def test_copies_of_one_day_are_one_line_and_destroyed_together(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    made = [a_copy(campaign) for _ in range(3)]
    (batch,) = in_batches(campaign)
    assert (batch.rows, len(batch.left)) == (120, 3)

    address = reverse("exports:destroyed", args=[campaign.slug])
    for _ in range(2):  # the second press finds nothing left
        answer = alice_signed_in.post(address, {"copy": [copy.pk for copy in made]})
        assert answer.status_code == 302

    with tenant(campaign.pk):
        assert Destroyed.objects.of(campaign).filter(by="Alice").count() == 3
        assert AuditLine.objects.of(campaign).get(verb="copy.destroy").count == 3
    (batch,) = in_batches(campaign)
    assert not batch.left
    page = alice_signed_in.get(reverse("exports:list", args=[campaign.slug])).content.decode()
    assert "Destroyed, or ended by itself" in page


def in_batches(campaign: Campaign) -> list[queries.Batch]:
    with tenant(campaign.pk):
        return queries.batches(campaign)


def test_what_is_overdue_stands_first_and_is_said(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    today = timezone.localdate()
    a_copy(campaign, until=today + timedelta(days=9))
    a_copy(campaign, until=today)
    address = reverse("exports:list", args=[campaign.slug])
    assert "should be destroyed by now" not in alice_signed_in.get(address).content.decode()

    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        first, second = in_batches(campaign)
        assert (first.is_overdue, second.is_overdue) == (True, False)
        client = type(alice_signed_in)()
        client.cookies = alice_signed_in.cookies
        assert "1 copy should be destroyed by now" in client.get(address).content.decode()


def test_how_long_copies_are_kept_is_the_campaigns(campaign: Campaign) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(copies_kept_days=3)
    campaign.refresh_from_db()

    assert a_copy(campaign).expires_on == timezone.localdate() + timedelta(days=3)


def test_nothing_is_recorded_where_nothing_leaves(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        assert leaving.leave(campaign, "pack", rows=0, by=SETUP) is None

    assert copies(campaign) == []


def test_nobody_changes_what_left(campaign: Campaign) -> None:
    copy = a_copy(campaign)
    with tenant(campaign.pk):
        for change in ({"rows": 1}, {"expires_on": "2099-01-01"}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                Copy.objects.of(campaign).filter(pk=copy.pk).update(**change)


def test_a_canvasser_sees_no_list_of_copies(campaign: Campaign, bob_signed_in: Client) -> None:
    assert bob_signed_in.get(reverse("exports:list", args=[campaign.slug])).status_code == 403


# --- backups ----------------------------------------------------------------------------------------


@pytest.fixture
def dumped(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Files that a backup was written to; the real one is gone through in tests/server."""
    files: list[Path] = []
    monkeypatch.setattr(start, "django_setup", lambda **_: None)
    monkeypatch.setattr(programs, "dump", files.append)
    return files


def test_a_backup_is_a_copy_of_every_campaign_with_people(
    campaign: Campaign, rivals: Campaign, shift: Shift, dumped: list[Path], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    file = tmp_path / "one.backup"
    assert command_backup.main([str(file), "--until", "2099-01-01"]) == 0

    copy = copies(campaign)[-1]
    assert (copy.path, copy.purpose, copy.rows) == ("backup", "backup", 3)
    assert str(copy.expires_on) == "2099-01-01"
    assert copies(rivals) == []
    assert "list of copies" in capsys.readouterr().out
    assert file.exists()
    assert len(dumped) == 1


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        (["--receiver", "another-campaign"], "OWN-1"),
        (["--receiver", "another-person"], "OWN-1"),
        (["--kept-in", "US"], "OWN-1"),
        (["--until", "2020-01-01"], "OWN-1"),
    ],
)
def test_a_backup_for_somebody_else_is_not_written(
    campaign: Campaign, shift: Shift, dumped: list[Path], tmp_path: Path, options: list[str], rule: str
) -> None:  # fmt: skip
    Campaign.objects.filter(pk=campaign.pk).update(country="GB")
    file = tmp_path / "one.backup"
    with pytest.raises(HustingsError, match=rf"Riverside: .*{rule}"):
        command_backup.main([str(file), *options])

    assert list(tmp_path.iterdir()) == []
    assert dumped == []
    assert [copy.path for copy in copies(campaign)] == ["phone"]


def test_a_backup_before_migrating_is_made_and_says_that_it_stands_in_no_list(
    campaign: Campaign, dumped: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(type(connection.introspection), "table_names", lambda *a, **o: [])
    assert command_backup.main([str(tmp_path / "one.backup")]) == 0

    assert "older version" in capsys.readouterr().out
    assert len(dumped) == 1
