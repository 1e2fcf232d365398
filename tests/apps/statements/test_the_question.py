"""The first thing on the press desk answers for each of the others: did they send us a message of support?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements import receiving, told
from hustings.apps.statements.answering import answers
from hustings.apps.statements.reading import ledger_of
from tests.apps.cast import signed_in
from tests.apps.statements.test_embedding import withdrawn_by
from tests.apps.statements.test_responding import PHANTOM, a_claim, denies

if TYPE_CHECKING:
    from tests.apps.statements.talking import Desk


def desk_page(desk: Desk) -> str:
    """What stands before everything else."""
    page = signed_in(desk.ada).get(reverse("statements:desk", args=[desk.campaign.slug]))
    text = page.content.decode()
    return text[: text.index("Needs an answer")]


def verdicts(desk: Desk) -> list[tuple[str, str]]:
    with tenant(desk.campaign.pk):
        found = answers(ledger_of(desk.campaign))
    return [(one.verdict, one.look) for one in found]


def test_nothing_on_record_is_a_no_with_what_was_searched(riverside: Desk, harbour: Desk) -> None:
    riverside.meets(harbour)
    riverside.hears(harbour.bundle(harbour.says("It rains.", kind="fact")))

    assert "No. No message is on record." in desk_page(riverside)
    assert "Searched 1 of 1 of their records." in desk_page(riverside)
    assert verdicts(riverside) == [("no", "told")]


def test_a_claim_is_a_no_and_says_who_claims_it_and_that_it_was_denied(
    riverside: Desk, harbour: Desk
) -> None:
    party = riverside.meets(harbour)
    claim = a_claim(riverside, party)
    page = desk_page(riverside)
    assert "No. No message is on record." in page
    assert "Claimed by us: no message on record" in page
    assert PHANTOM in page
    assert verdicts(riverside) == [("no", "claimed")]

    denies(riverside, party, claim)

    assert "Denied by their press office" in desk_page(riverside)
    assert verdicts(riverside) == [("no", "denied")]


def test_a_hope_and_hearsay_are_a_no(riverside: Desk, harbour: Desk) -> None:
    party = riverside.meets(harbour)
    campaign, by = riverside.campaign, riverside.ada.actor
    with tenant(campaign.pk):
        told.hope(campaign, party, kind="endorsement", quote="A word.", due=None, by=by)
    assert "Hoped for, not received" in desk_page(riverside)
    with tenant(campaign.pk):
        told.word_of(
            campaign, party, kind="support", body="We support you.", when=timezone.now(),
            evidence="told", source="x", by=by,
        )  # fmt: skip
    assert [verdict for verdict, _look in verdicts(riverside)] == ["no"]


def test_a_greeting_is_no_support_and_support_is_a_yes_until_it_is_taken_back(
    riverside: Desk, harbour: Desk
) -> None:
    party = riverside.meets(harbour)
    riverside.hears(harbour.bundle(harbour.says("Be well.")))
    assert "No. They sent a greeting, which is not support." in desk_page(riverside)
    row = riverside.hears(harbour.bundle(harbour.says("We support you.", kind="support")))
    assert "Yes: a message of support." in desk_page(riverside)
    receiving.announce(
        riverside.campaign, by_party=party.code, kind="support", quote="We support you.",
        of=row.name, by=riverside.ada.actor,
    )  # fmt: skip
    public = f"/says/{riverside.campaign.slug}/"
    assert "We support you." in Client().get(public).content.decode()

    riverside.hears(withdrawn_by(harbour, row.name))

    assert "Yes:" not in desk_page(riverside)
    assert "announces no message from anybody" in Client().get(public).content.decode()


def test_a_word_to_somebody_else_is_no_word_to_us(riverside: Desk, harbour: Desk) -> None:
    riverside.meets(harbour)
    riverside.hears(
        harbour.bundle(harbour.says("We support them.", kind="support", to=["node:zOther"]))
    )

    assert [verdict for verdict, _look in verdicts(riverside)] == ["no"]


def test_what_may_be_said_at_a_door_stands_beside_the_answer(
    riverside: Desk, harbour: Desk
) -> None:
    riverside.meets(harbour)
    assert "Do not say that they support us." in desk_page(riverside)

    riverside.hears(harbour.bundle(harbour.says("Be well.", kind="greeting")))
    assert "You may say that they greeted us, in these words." in desk_page(riverside)
    assert "Do not say that they support us." in desk_page(riverside)

    secret = harbour.says("We support you.", kind="support", public=False)
    riverside.hears(harbour.bundle(secret))
    assert "It is not public: say nothing of it." in desk_page(riverside)
