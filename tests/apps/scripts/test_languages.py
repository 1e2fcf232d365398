"""A version in other languages: drafts, checks, what is missing, what goes with the next version."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.scripts import showing, translating, versions
from hustings.core.errors import BadInput
from hustings.core.script.tree import Script
from tests.core.script.scripts import BRANCHING, GREETING, POSTER, THANKS

if TYPE_CHECKING:
    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.scripts.models import ScriptVersion

WELSH = {"start": "Helo.", "start/0": "O blaid", "thanks": "Diolch.", "nowhere": "x", "poster": " "}


@pytest.fixture
def branching(campaign: Campaign, alice: Membership) -> ScriptVersion:
    """The second version, with branches."""
    made = versions.publish(campaign, BRANCHING, by=alice.actor)
    campaign.refresh_from_db()
    return made


def test_a_translation_is_a_draft_until_somebody_checked_it(
    branching: ScriptVersion, campaign: Campaign, alice: Membership
) -> None:
    row = translating.translate(branching, "cy", WELSH, by=alice.actor)

    with tenant(campaign.pk):
        (welsh,) = translating.languages_of(branching)
        assert (welsh.name, welsh.is_checked, welsh.missing) == ("Cymraeg", False, 5)
        assert showing.for_phone(campaign)["languages"] == []

        translating.check(row, by=alice.actor)

        (welsh,) = translating.languages_of(branching)
        assert (welsh.is_checked, welsh.checked_by) == (True, "Alice")
        (shown,) = showing.for_phone(campaign)["languages"]
    assert shown["mark"] == f"cy:{row.pk}"
    assert shown["texts"] == {"start": "Helo.", "start/0": "O blaid", "thanks": "Diolch."}


def test_checking_words_of_an_older_version_claims_nothing_about_phones(
    branching: ScriptVersion, campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    row = translating.translate(branching, "cy", WELSH, by=alice.actor)
    address = reverse("scripts:check", kwargs={"slug": campaign.slug, "translation_id": row.pk})
    now = alice_signed_in.post(address, follow=True).content.decode()
    versions.publish(campaign, Script((GREETING, POSTER, replace(THANKS, say="Goodbye."))), by=alice.actor)  # fmt: skip
    older = translating.translate(branching, "ga", WELSH, by=alice.actor)

    address = reverse("scripts:check", kwargs={"slug": campaign.slug, "translation_id": older.pk})
    then = alice_signed_in.post(address, follow=True).content.decode()

    assert "Phones offer this language from now on." in now
    assert "Phones offer this language from now on." not in then
    assert "Version 2 is not what is said now" in then


def test_new_words_wait_beside_those_that_were_checked(
    branching: ScriptVersion, campaign: Campaign, alice: Membership
) -> None:
    first = translating.translate(branching, "cy", WELSH, by=alice.actor)
    translating.check(first, by=alice.actor)
    translating.translate(branching, "cy", {**WELSH, "start": "Shwmae."}, by=alice.actor)

    with tenant(campaign.pk):
        (welsh,) = translating.languages_of(branching)
        (shown,) = showing.for_phone(campaign)["languages"]
        first.refresh_from_db()
    assert not welsh.is_checked
    assert shown["mark"] == f"cy:{first.pk}"
    assert first.texts["start"] == "Helo."


def test_words_of_what_did_not_change_go_with_the_next_version(
    branching: ScriptVersion, campaign: Campaign, alice: Membership
) -> None:
    row = translating.translate(branching, "cy", WELSH, by=alice.actor)
    translating.check(row, by=alice.actor)
    same = Script((GREETING, replace(POSTER, say="A poster, perhaps?"), THANKS))
    other = Script((GREETING, POSTER, replace(THANKS, say="Goodbye.")))

    kept = versions.publish(campaign, same, by=alice.actor)
    with tenant(campaign.pk):
        (welsh,) = translating.languages_of(kept)
    assert welsh.is_checked

    changed = versions.publish(campaign, other, by=alice.actor)
    with tenant(campaign.pk):
        (welsh,) = translating.languages_of(changed)
    assert not welsh.is_checked
    assert welsh.newest.texts == {"start": "Helo.", "start/0": "O blaid"}


@pytest.mark.parametrize(
    ("language", "words", "sentence"),
    [
        ("xx", WELSH, "no language by the code"),
        ("en-gb", WELSH, "written in this language"),
        ("cy", {"start": "  "}, "Nothing is translated yet"),
        ("cy", {"start/0": "w" * 81}, "too long"),
    ],
)
def test_what_is_no_translation_is_refused(
    branching: ScriptVersion, alice: Membership, language: str, words: dict[str, str], sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        translating.translate(branching, language, words, by=alice.actor)


def test_a_script_of_one_text_in_one_language_has_no_steps_on_the_phone(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        assert showing.for_phone(campaign) == {"steps": [], "languages": []}


def test_one_text_in_two_languages_has_a_step(campaign: Campaign, alice: Membership) -> None:
    with tenant(campaign.pk):
        version = versions.version_now(campaign)
        row = translating.translate(version, "ga", {"start": "Dia dhuit."}, by=alice.actor)
        translating.check(row, by=alice.actor)

        shown = showing.for_phone(campaign)
    assert [step["name"] for step in shown["steps"]] == ["start"]
    assert shown["languages"][0]["name"] == "Gaeilge"
