"""The register's room in the browser: upload, preflight, commit, undo, and every refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.jobs import uploads
from hustings.apps.people.models import Person
from hustings.apps.register.models import ImportBatch, RegisterEntry
from tests.apps.register.files import HEADER, everything, line

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from hustings.apps.campaigns.models import Campaign


@pytest.fixture(autouse=True)
def uploads_folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "waiting"


def send(client: Client, campaign: Campaign, content: str | bytes, **more: Any) -> Any:
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(more.pop("name", "may.csv"), content)
    address = reverse("register:upload", kwargs={"slug": campaign.slug})
    return client.post(address, {"file": file, **more}, follow=True)


def act(client: Client, campaign: Campaign, verb: str, **data: Any) -> Any:
    with tenant(campaign.pk):
        batch = ImportBatch.objects.of(campaign).latest("pk")
    address = reverse(f"register:{verb}", kwargs={"slug": campaign.slug, "batch_id": batch.pk})
    return client.post(address, data, follow=True)


REGISTER = "\r\n".join([HEADER, line(1), line(2, "Ibarra", "Zoë"), line(2, "Twice")])


def test_a_file_is_looked_through_brought_in_and_undone(
    alice_signed_in: Client, campaign: Campaign, uploads_folder: Path
) -> None:
    page = send(alice_signed_in, campaign, REGISTER)
    assert "Nothing is written yet" in page.content.decode()
    assert "The same elector number or id stands on an earlier row" in page.content.decode()
    with tenant(campaign.pk):
        assert not RegisterEntry.objects.of(campaign).exists()
    assert len(list(uploads_folder.iterdir())) == 1

    page = act(alice_signed_in, campaign, "commit")
    assert "Undo this file" in page.content.decode()
    with tenant(campaign.pk):
        assert Person.objects.of(campaign).count() == 2

    page = act(alice_signed_in, campaign, "undo")
    assert "everything is as it was before" in page.content.decode()
    with tenant(campaign.pk):
        assert all(rows == [] for rows in everything().values())


def test_the_upload_is_forgotten_once_it_is_brought_in(
    alice_signed_in: Client,
    campaign: Campaign,
    uploads_folder: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    send(alice_signed_in, campaign, REGISTER)
    with django_capture_on_commit_callbacks(execute=True):
        act(alice_signed_in, campaign, "commit")

    assert list(uploads_folder.iterdir()) == []


def test_a_second_tap_on_bring_it_in_brings_nothing_in_twice(
    alice_signed_in: Client, campaign: Campaign
) -> None:
    send(alice_signed_in, campaign, REGISTER)
    act(alice_signed_in, campaign, "commit")

    again = act(alice_signed_in, campaign, "commit")

    assert "not waiting to be brought in" in again.content.decode()
    with tenant(campaign.pk):
        assert RegisterEntry.objects.of(campaign).count() == 2


def test_looking_again_as_the_whole_list_shows_whom_it_would_remove(
    alice_signed_in: Client, campaign: Campaign
) -> None:
    send(alice_signed_in, campaign, REGISTER)
    act(alice_signed_in, campaign, "commit")
    send(alice_signed_in, campaign, "\r\n".join([HEADER, line(1)]))

    act(alice_signed_in, campaign, "recheck", whole="1")

    with tenant(campaign.pk):
        batch = ImportBatch.objects.of(campaign).latest("pk")
        assert batch.counts is not None
        assert (batch.counts["removed"], batch.counts["unchanged"]) == (1, 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty"),
        ("a,b,c\n", "one line and no rows"),
        (b"%PDF-1.4 x", "a PDF document"),
        ("HouseID,HouseNumber,PollingStationName,PollingStationNumber\n1,2,3,4\n", "Idox Eros"),
    ],
)
def test_what_is_no_register_is_refused_on_the_same_page_and_not_kept(
    alice_signed_in: Client,
    campaign: Campaign,
    uploads_folder: Path,
    content: str | bytes,
    sentence: str,
) -> None:
    page = send(alice_signed_in, campaign, content)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert list(uploads_folder.iterdir()) == []
    with tenant(campaign.pk):
        assert not ImportBatch.objects.of(campaign).exists()


BY_HAND = "Roll no,Family,Given,House,Post code\nAB-1,Liles,Pat,1 Albert Lane,E17 4JG\n"


def test_an_unknown_layout_is_mapped_by_hand_with_guesses_filled_in(
    alice_signed_in: Client, campaign: Campaign
) -> None:
    page = send(alice_signed_in, campaign, BY_HAND).content.decode()
    assert "What do its columns mean?" in page
    assert "for example: AB-1" in page
    assert '<option value="number" selected>' in page

    page = act(
        alice_signed_in, campaign, "columns", kind="register", dates="day",
        column_0="number", column_1="surname", column_2="forename", column_3="address",
        column_4="postcode",
    ).content.decode()  # fmt: skip
    assert "Nothing is written yet" in page
    act(alice_signed_in, campaign, "commit")

    with tenant(campaign.pk):
        entry = RegisterEntry.objects.of(campaign).select_related("person__household").get()
        assert (entry.number, entry.surname) == ("AB-1", "Liles")
        assert entry.person.household.address == "1 Albert Lane"


def test_a_mapping_without_an_identity_is_refused_with_what_is_missing(
    alice_signed_in: Client, campaign: Campaign
) -> None:
    send(alice_signed_in, campaign, BY_HAND)

    page = act(
        alice_signed_in, campaign, "columns", kind="register", dates="day", column_1="surname"
    )

    assert page.status_code == 422
    assert "needs a column for file_id or number" in page.content.decode()


def test_an_upload_put_aside_is_forgotten(
    alice_signed_in: Client,
    campaign: Campaign,
    uploads_folder: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    send(alice_signed_in, campaign, REGISTER)
    with django_capture_on_commit_callbacks(execute=True):
        act(alice_signed_in, campaign, "drop")

    assert list(uploads_folder.iterdir()) == []


def test_a_full_disk_while_uploading_keeps_nothing(
    alice_signed_in: Client,
    campaign: Campaign,
    uploads_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(SimpleUploadedFile, "chunks", full)
    monkeypatch.setattr(
        "django.core.files.uploadedfile.TemporaryUploadedFile.chunks", full, raising=False
    )

    page = send(alice_signed_in, campaign, REGISTER)

    assert "most likely because the disk is full" in page.content.decode()
    assert list(uploads.folder().iterdir()) == []


def test_the_progress_answers_304_while_nothing_changed(
    alice_signed_in: Client, campaign: Campaign
) -> None:
    send(alice_signed_in, campaign, REGISTER)
    with tenant(campaign.pk):
        batch = ImportBatch.objects.of(campaign).latest("pk")
    address = reverse("register:progress", kwargs={"slug": campaign.slug, "batch_id": batch.pk})
    first = alice_signed_in.get(address)

    second = alice_signed_in.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, second.status_code) == (200, 304)


@pytest.mark.parametrize("verb", ["upload", "list"])
def test_only_organisers_come_in(bob_signed_in: Client, campaign: Campaign, verb: str) -> None:
    address = reverse(f"register:{verb}", kwargs={"slug": campaign.slug})

    assert bob_signed_in.get(address).status_code in {403, 404, 405}


def test_the_rows_with_a_problem_come_as_csv_that_runs_no_formula(
    alice_signed_in: Client, campaign: Campaign
) -> None:
    send(alice_signed_in, campaign, "\r\n".join([HEADER, line(1, "=1+1?x"), line(1)]))
    with tenant(campaign.pk):
        batch = ImportBatch.objects.of(campaign).latest("pk")

    address = reverse("register:problems", kwargs={"slug": campaign.slug, "batch_id": batch.pk})
    text = alice_signed_in.get(address).content.decode()

    assert "2,'=1+1?x Pat,A letter of the name was lost" in text
    assert "3,WA1-1,The same elector number" in text
