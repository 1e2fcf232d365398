"""
Killed in mid-import, or out of disk: nothing half done, and the next run gives what it would have given.

The importing process is killed (SIGKILL) before each statement it sends, one run for each, and within the
COPY, until a run is not reached by the killing any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from hustings.apps.audit.actors import command
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.jobs.disk import DiskFull
from hustings.apps.register import staging
from hustings.apps.register.actions import import_file
from hustings.apps.register.models import ImportBatch
from tests.apps.killing import killed_at
from tests.apps.register.files import everything, line, register_file

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.apps.campaigns.models import Campaign

ME = command("tests")


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return register_file(tmp_path, *(line(n) for n in range(1, 40)), name="first.csv")


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """Adds, changes and (brought in as the whole register) removes."""
    changed = [line(n, "Changed", house=n) for n in range(20, 30)]
    return register_file(tmp_path, *changed, *(line(n) for n in range(30, 60)), name="second.csv")


def bring(campaign: Campaign, path: Path) -> None:
    with tenant(campaign.pk):
        import_file(campaign, path, by=ME, whole=True)


def state(
    campaign: Campaign, *, ids: bool = True
) -> tuple[dict[str, list[object]], tuple[int, int]]:
    with tenant(campaign.pk):
        batches = (
            ImportBatch.objects.count(),
            AuditLine.objects.filter(verb="register.import").count(),
        )
        return everything(ids=ids), batches


@pytest.mark.trust(11, 62)
@pytest.mark.django_db(transaction=True)
def test_killed_before_any_statement_nothing_is_half_done_and_the_next_run_is_whole(
    first: Path, second: Path
) -> None:
    reference, victim = create_campaign("reference"), create_campaign("victim")
    for campaign in (reference, victim):
        bring(campaign, first)
    bring(reference, second)
    before = state(victim)

    count = 1
    while killed_at(count, lambda: bring(victim, second)):
        assert state(victim) == before, f"Killed before statement {count}, something was left."
        count += 1

    assert count > 20
    assert state(victim, ids=False) == state(reference, ids=False)
    assert state(victim) != before


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_anywhere_in_a_first_register_nothing_is_there_and_the_next_run_is_whole(
    first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hustings.apps.register.beginning.PIECE", 15)
    reference, victim = create_campaign("reference"), create_campaign("victim")
    bring(reference, first)

    count = 1
    while killed_at(count, lambda: bring(victim, first)):
        rows, batches = state(victim)
        assert batches == (0, 0)
        assert not any(rows.values()), f"Killed before statement {count}, something was left."
        count += 1

    assert count > 30
    assert state(victim, ids=False) == state(reference, ids=False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at_write", [1, 2, 3])
def test_a_full_disk_is_one_sentence_and_nothing_is_left(
    first: Path, second: Path, at_write: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = create_campaign("full")
    bring(campaign, first)
    before = state(campaign)
    written = 0

    def full(copy: psycopg.Copy, data: str) -> None:
        nonlocal written
        written += 1
        if written == at_write:
            raise psycopg.errors.DiskFull("could not extend file: No space left on device")

    monkeypatch.setattr(psycopg.Copy, "write", full)
    monkeypatch.setattr(staging, "PIECE", 10)
    with pytest.raises(DiskFull, match="The disk is full: nothing was brought in"):
        bring(campaign, second)
    monkeypatch.undo()

    assert state(campaign) == before
    bring(campaign, second)
    assert state(campaign) != before


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_fills_while_rows_are_written_is_the_same_sentence(
    first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = create_campaign("full")

    def full(*arguments: object, **options: object) -> None:
        raise psycopg.errors.DiskFull("could not extend file: No space left on device")

    monkeypatch.setattr("hustings.apps.register.actions.write_first", full)
    with pytest.raises(DiskFull):
        bring(campaign, first)

    assert all(rows == [] for rows in everything().values())
