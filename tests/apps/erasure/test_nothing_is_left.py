"""Erasing a person leaves no word of them in any table, file or copy, and everybody else as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from hustings.apps.accounts.models import User
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.erasure.actions import erase_person
from hustings.apps.people.models import Erasure, Household, Person
from hustings.apps.register.models import RegisterEntry
from tests.apps.a_row_of_each import MODELS
from tests.apps.cast import member
from tests.apps.erasure.somebody import left_of_her, plant, says_something_of_her
from tests.rooms.test_personal_data import TABLES, reached

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.apps.erasure.somebody import Planted

pytestmark = pytest.mark.trust(29)


@pytest.fixture(autouse=True)
def _uploads(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ada(campaign: Campaign, alice: Membership) -> Planted:
    with tenant(campaign.pk):
        return plant(campaign)


def erase(ada: Planted, by: Membership, **more: Any) -> None:
    erase_person(
        ada.campaign, ada.person.pk, request="person", by=by.actor,
        members=[ada.membership.pk], phones=[ada.device.pk], **more,
    )  # fmt: skip


def test_no_word_of_her_is_left_in_any_table_or_file(
    ada: Planted, alice: Membership, campaign: Campaign, tmp_path: Path
) -> None:
    with tenant(campaign.pk):
        before = left_of_her(tmp_path)
    assert set(before) >= {"people_person", "register_registerentry", "audit_auditline", "files"}

    erase(ada, alice)

    with tenant(campaign.pk):
        assert left_of_her(tmp_path) == {}


def test_her_words_are_told_from_keys_that_chance_makes() -> None:
    words, key = b'{"body":"Zqxada will speak."}'.hex(), b'{"proofValue":"z4Mr1rvzqxkKhH42"}'.hex()
    for hers in (
        f'(1,"\\\\x{words}")', f"(1,\\x{b'zqx'.hex()})", '(1,"a\\nZqxada")', "(1,zqx@zqx.example)",
        "(1,+447700900777)",
    ):  # fmt: skip
        assert says_something_of_her(hers), hers
    for chance in (f'(1,"\\\\x{key}")', "(1,node:zQx1YM3jsR28GX64ureLdQgxr5)", "(1,\\xa7a7178b)"):
        assert not says_something_of_her(chance), chance


def test_she_was_planted_in_every_table_that_erasing_reaches(
    ada: Planted, alice: Membership, campaign: Campaign, tmp_path: Path
) -> None:
    """Without this the test above would not see a table that is new."""
    with tenant(campaign.pk):
        before = left_of_her(tmp_path)
    only_numbers = {
        "people_personstanding", "register_absentvote", "canvass_visit", "canvass_doorstanding",
        "canvass_personmet", "people_donotcontact", "accounts_membership", "accounts_signinlink",
        "django_session", "people_erasedrows", "safety_watch", "safety_sign", "safety_alert",
        "volunteers_ownpage", "volunteers_joinform", "volunteers_invite", "volunteers_abroad",
        "shifts_signup", "contests_reporterlink", "contests_reporterstep",
    }  # fmt: skip

    wanted = {table for table, said in TABLES.items() if reached(said)}

    assert wanted - set(before) - only_numbers == set()


def test_what_only_has_her_number_is_gone_too(
    ada: Planted, alice: Membership, campaign: Campaign
) -> None:
    erase(ada, alice)

    with tenant(campaign.pk), connection.cursor() as cursor:
        for model in MODELS:
            table = model._meta.db_table
            for column in (
                f.column for f in model._meta.concrete_fields if f.column == "person_id"
            ):
                cursor.execute(
                    f"select count(*) from {table} where {column} = %s",  # noqa: S608
                    [ada.person.pk],
                )
                assert cursor.fetchone() == (0,), table
    assert not User.objects.filter(pk=ada.membership.user_id).exists()


def test_the_digest_of_an_event_goes_since_an_answer_could_be_found_by_trying(
    ada: Planted, alice: Membership, campaign: Campaign
) -> None:
    erase(ada, alice)

    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute(
            "select kind, support, length(digest), person_id, strength, language, come_back_at, "
            "wishes, wish_note from canvass_canvassevent"
        )
        assert cursor.fetchall() == [("spoken_to", "", 0, None, None, "", None, "", "")]


def test_the_tombstone_says_when_by_whom_on_whose_request_and_what_went(
    ada: Planted, alice: Membership, campaign: Campaign
) -> None:
    erase(ada, alice)

    with tenant(campaign.pk):
        tombstone = Erasure.objects.get(person_number=ada.person.pk)
        kinds = dict(tombstone.kinds.values_list("kind", "count"))
    assert (tombstone.person_number, tombstone.by_label, tombstone.request) == (
        ada.person.pk, "Alice", "person",
    )  # fmt: skip
    assert tombstone.at is not None
    assert kinds["people_person"] == 1
    assert kinds["register_registerentry"] == 2
    assert kinds["canvass_canvassevent"] == 1


def test_whoever_lives_with_her_stays_with_the_household(
    ada: Planted, alice: Membership, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        ben = Person.objects.create(
            campaign=campaign, household=ada.person.household, surname="Smith", name_key="smith"
        )
        RegisterEntry.objects.create(
            campaign=campaign, person=ben, number="B-1", surname="Smith", added_in=1
        )

    erase(ada, alice)

    with tenant(campaign.pk):
        assert list(Person.objects.values_list("surname", flat=True)) == ["Smith"]
        assert RegisterEntry.objects.count() == 1
        assert Household.objects.count() == 1


def test_the_same_name_in_another_campaign_is_not_touched(
    ada: Planted, alice: Membership, rivals: Campaign, charlie: Membership, tmp_path: Path
) -> None:
    with tenant(rivals.pk):
        theirs = Person.objects.create(campaign=rivals, surname="Zqxbyron", forename="Zqxada")
        before = left_of_her(tmp_path)

    erase(ada, alice)

    with tenant(rivals.pk):
        assert Person.objects.get() == theirs
        assert {"people_person"} <= set(left_of_her(tmp_path)) <= set(before)


def test_an_account_that_helps_another_campaign_stays_there(
    ada: Planted, alice: Membership, rivals: Campaign
) -> None:
    there = member(rivals, "x", "canvasser")
    type(there).objects.filter(pk=there.pk).update(user=ada.membership.user)

    erase(ada, alice)

    assert User.objects.filter(pk=ada.membership.user_id).exists()
    assert type(there).objects.filter(user=ada.membership.user_id).count() == 1


def test_names_that_only_sound_alike_stay(
    ada: Planted, alice: Membership, campaign: Campaign
) -> None:
    from hustings.apps.places.models import Building

    with tenant(campaign.pk):
        note = Building.objects.create(
            campaign=campaign, street_key="x", number_key="1", access_note="Zqxada's sister rings."
        )

    erase(ada, alice)

    with tenant(campaign.pk):
        note.refresh_from_db()
        assert note.access_note == "Zqxada's sister rings."
