"""A person who is erased is gone from whatever a press desk kept about them, and every proof still holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.erasure.actions import erase_person
from hustings.apps.people.models import ContactPoint, Erasure, Household, Person
from hustings.apps.statements import drafting, parties, receiving, responding, told
from hustings.apps.statements.access import NotYet
from hustings.apps.statements.models import Arrival, Entry, Head, Record, Salted
from hustings.apps.statements.proving import bundle_of
from hustings.apps.statements.publishing import published
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.salting import forget
from hustings.core.ledger.checkpoint import Checkpoint
from hustings.core.ledger.merkle import leaf_hash, root_of
from hustings.core.ledger.note import read_note
from hustings.core.ledger.verify import verify_bundle
from tests.apps.cast import SETUP, signed_in
from tests.apps.erasure.somebody import NAME, TELEPHONE, left_of_her
from tests.apps.statements.talking import Desk, harbour, riverside

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.apps.accounts.models import Membership

__all__ = ["harbour", "riverside"]
pytestmark = pytest.mark.trust(29)


@pytest.fixture(autouse=True)
def _uploads(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def a_person(desk: Desk) -> Person:
    home = Household.objects.create(campaign=desk.campaign, address_key="zqx|", address="Zqxhome")
    person: Person = Person.objects.create(
        campaign=desk.campaign, household=home, surname="Zqxbyron", forename="Zqxada",
        name_key="zqxbyron zqxada",
    )  # fmt: skip
    ContactPoint.objects.create(
        campaign=desk.campaign, person=person, kind="phone", value=TELEPHONE
    )
    return person


def a_call() -> told.Call:
    return told.Call(NAME, TELEPHONE, timezone.now(), "Ada", NAME)


def named_everywhere(desk: Desk, harbour: Desk) -> None:
    """Wherever a press desk may write somebody's name down without saying it in public."""
    campaign, by, now = desk.campaign, desk.ada.actor, timezone.now()
    party = parties.add_by_name(campaign, NAME, telephone=TELEPHONE, by=by)
    met = desk.meets(harbour, spoke=False)
    parties.meet(campaign, met, read_with=NAME, by=by)
    claim = told.claim(
        campaign, met, kind="support", quote="They wrote.", when=now, told_by=NAME, by=by
    )
    told.word_of(
        campaign, met, kind="greeting", body="We wish you well.", when=now, evidence="told",
        source=f"{NAME} heard it", by=by,
    )  # fmt: skip
    told.word_of(
        campaign, met, kind="greeting", body=f"We greet {NAME}.", when=now, evidence="told",
        source="somebody", by=by,
    )  # fmt: skip
    told.answer_of(
        campaign, met, claim, decision="deny", text="No.", authority="press_office", when=now,
        evidence="called_back", source=f"rang {NAME}", call=a_call(), by=by,
    )  # fmt: skip
    told.hope(
        campaign, party, kind="support", quote=f"{NAME} hopes for it.", due=now + timedelta(days=1),
        by=by,
    )  # fmt: skip
    desk.drafts(f"{NAME} will speak on Saturday.")
    row = desk.drafts(f"Thank you, {NAME}.")
    for who in (desk.ben, desk.cora):
        drafting.approve(campaign, row, by=who)
    drafting.sign_later(campaign, row, by=by)
    matter = responding.open_matter(campaign, "other", f"{NAME} rang.", by=by)
    responding.leave(campaign, matter.pk, f"{NAME} rang off.", by=by)
    receiving.receive(campaign, f"{NAME} says hello", by=by)


def every_proof_holds(desk: Desk) -> int:
    """The log from its first record to its head, and every bundle, ours and theirs."""
    campaign = desk.campaign
    entries = list(Entry.objects.of(campaign).order_by("place").select_related("record"))
    leaves = [leaf_hash(bytes(entry.record.content)) for entry in entries]
    assert [entry.place for entry in entries] == list(range(len(entries)))
    for head in Head.objects.of(campaign):
        assert Checkpoint.of_text(read_note(head.note).text).root == root_of(leaves[: head.size])
    for entry in entries:
        assert verify_bundle(bundle_of(entry.record)).good
    for arrival in Arrival.objects.of(campaign).select_related("record"):
        verdict = verify_bundle(arrival.bundle)
        assert (verdict.good, verdict.hash) == (True, arrival.record.name)
    assert ledger_of(campaign).false == ()
    return len(entries)


def test_erasing_a_person_leaves_no_word_of_them_and_every_proof_holds(
    riverside: Desk, harbour: Desk, alice: Membership, tmp_path: Path
) -> None:
    campaign = riverside.campaign
    with tenant(campaign.pk):
        person = a_person(riverside)
        named_everywhere(riverside, harbour)
        riverside.says("It rains.", kind="fact")
        riverside.hears(harbour.bundle(harbour.says("Be well.")))
        before, size = left_of_her(tmp_path), every_proof_holds(riverside)
        said = [item.words for item in published(campaign)]
        claims = [state.state for state in ledger_of(campaign).standing.claims.values()]
    assert set(before) >= {
        "statements_record", "statements_salted", "statements_party", "statements_meeting",
        "statements_matter", "statements_matterstep", "statements_refusal",
    }  # fmt: skip
    assert (size, claims) == (3, ["denied"])

    erase_person(campaign, person.pk, request="person", by=alice.actor)

    with tenant(campaign.pk):
        assert left_of_her(tmp_path) == {}
        assert every_proof_holds(riverside) == size
        assert [item.words for item in published(campaign)] == said
        # Who it was is gone; that it was denied, and how well we know it, is not.
        after = ledger_of(campaign)
        assert [state.state for state in after.standing.claims.values()] == ["denied"]
        assert riverside.says("It still rains.", kind="fact")
        assert every_proof_holds(riverside) == size + 1


def test_the_database_lets_no_record_go_that_decides_anything(
    riverside: Desk, harbour: Desk
) -> None:
    campaign = riverside.campaign
    with tenant(campaign.pk):
        named_everywhere(riverside, harbour)
        riverside.says("It rains.", kind="fact")
        riverside.hears(harbour.bundle(harbour.says("Be well.")))
        there = {row.pk: (row.kind, row.said.get("evidence", "")) for row in Record.objects.all()}
        person = a_person(riverside)
        Erasure.objects.create(
            campaign=campaign, person_number=person.pk, by_label="x", request="person"
        )
        with connection.cursor() as cursor:
            cursor.execute("select erase_from_records(%s, %s)", [person.pk, list(there)])
        left = set(Record.objects.values_list("pk", flat=True))
        assert {kind for number, kind in there.items() if number not in left} == {
            ("draft", ""), ("expectation", ""), ("report", "told")
        }  # fmt: skip
        assert {"claim", "statement", "receipt", "approval", "report"} == {
            there[number][0] for number in left
        }
        every_proof_holds(riverside)


def test_a_page_forgets_who_told_us_and_the_proof_still_holds(riverside: Desk) -> None:
    campaign, client = riverside.campaign, signed_in(riverside.ada)
    with tenant(campaign.pk):
        party = parties.add_by_name(campaign, "Harbour", telephone="", by=SETUP)
        row = told.claim(
            campaign, party, kind="support", quote="They wrote.", when=timezone.now(),
            told_by=NAME, by=SETUP,
        )  # fmt: skip
    page = reverse("statements:record", args=[campaign.slug, row.pk])
    assert NAME in client.get(page).content.decode()

    client.post(reverse("statements:verb", args=[campaign.slug, row.pk, "forget"]))

    shown = client.get(page).content.decode()
    assert NAME not in shown
    assert "erased; the record and its proof stay as they are" in shown
    with tenant(campaign.pk):
        assert not Salted.objects.of(campaign).exists()
        assert every_proof_holds(riverside) == 1
        with pytest.raises(NotYet, match="Nothing is kept"):
            forget(campaign, row, by=SETUP)
