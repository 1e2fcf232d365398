"""A word that is taken back is gone from every text that holds it, and every copy on paper is listed (gate 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.accounts.actions import change_script
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.materials import actions as materials
from hustings.apps.materials import counting
from hustings.apps.materials import publishing as leaflets
from hustings.apps.outings.models import Action, Checkout
from hustings.apps.outings.packs import print_pack
from hustings.apps.statements import drafting, parties, receiving, told
from hustings.apps.statements.embedding import Places, places_of
from hustings.apps.statements.models import Embedding, Record
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput
from hustings.core.ledger.embedded import token
from tests.apps.canvass.cast import a_walk
from tests.apps.cast import SETUP, signed_in
from tests.apps.materials.planting import an_imprint
from tests.apps.statements.test_their_word import a_call

if TYPE_CHECKING:
    from hustings.apps.statements.models import Party
    from tests.apps.statements.talking import Desk

WORDS = "The senator has a lot of respect for Riverside."
A_MINUTE = timedelta(seconds=60)
SCRIPT = {
    "support_as": "scale", "support_scale": ["For", "Against"], "parties": [],
    "phones_need_letting_in": False,
}  # fmt: skip


@dataclass
class Everywhere:
    """One word of Harbour's in every text there is: public page, feeds, script, leaflet, paper."""

    desk: Desk
    row: Record
    phone: Client
    walk: int
    release: int

    def shown(self) -> dict[str, str]:
        """What each surface shows, as anybody gets it."""
        slug, name = self.desk.campaign.slug, self.row.name
        anybody, ada = Client(), signed_in(self.desk.ada)
        asked = {
            "page": (anybody, f"/says/{slug}/"),
            "atom": (anybody, f"/says/{slug}/feed.atom"),
            "json": (anybody, f"/says/{slug}/feed.json"),
            "statement": (anybody, f"/says/{slug}/{name}/"),
            "short address": (anybody, f"/says/{slug}/{name[:16]}/"),
            "phone": (self.phone, f"/w/walk/{self.walk}/script/"),
            "leaflet": (ada, reverse("materials:release", args=[slug, self.release])),
        }  # fmt: skip
        found = {}
        for surface, (client, address) in asked.items():
            answer = client.get(address)
            kept = answer.headers.get("Cache-Control", "")
            assert (
                "no-store" in kept
                or "max-age=30" in kept
                or "no-cache" in kept
                or surface == "leaflet"
            ), (surface, kept)
            found[surface] = answer.content.decode()
        return found

    def places(self) -> Places:
        with tenant(self.desk.campaign.pk):
            return places_of(self.desk.campaign, ledger_of(self.desk.campaign), self.row)


def everywhere(desk: Desk, row: Record, party: Party) -> Everywhere:
    """Announced, put into the script, onto a leaflet with copies, and printed on a walk that Bob has."""
    campaign, by = desk.campaign, desk.ada.actor
    receiving.announce(
        campaign, by_party=party.code, kind="greeting", quote=WORDS, of=row.name, by=by
    )
    change_script(
        campaign, {**SCRIPT, "script_wording": f"Good evening. {token(row.name)} Thank you."}, by=by
    )
    with tenant(campaign.pk):
        release = materials.new_design(
            campaign, "Library", "leaflet", {"headline": "A library", "language": "en-GB"},
            [an_imprint()], by=by, quotes=[materials.Quoted(row.name, "a lot of respect")],
        )  # fmt: skip
        leaflets.publish(campaign, release.pk, by=desk.ada)
        leaflets.export(campaign, release.pk, "GB", by=desk.ada)
        office = materials.add_place(campaign, "Office", by=by)
        for kind, count, holder in (("printed", 100, ""), ("given_out", 30, "Asha")):
            counting.move(
                campaign, release.pk, kind, office.pk, count, holder=holder, form_id=uuid4(), by=by
            )
        turf = a_walk(campaign, [1, 2])
        print_pack(campaign, Action.objects.get(), [turf], by=by)
        Checkout.objects.create(
            campaign=campaign, turf=turf, holder="Bob", made_by="Alice",
            expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
        _device, cookie = canvass.ask_for_walk(turf, "Bob", by=SETUP)
    phone = Client()
    phone.cookies[DEVICE_COOKIE] = cookie
    return Everywhere(desk, row, phone, turf.pk, release.pk)


@pytest.fixture
def signed(riverside: Desk, harbour: Desk) -> Everywhere:
    party = riverside.meets(harbour)
    row = riverside.hears(harbour.bundle(harbour.says(WORDS)))
    receiving.decide(riverside.campaign, row, accept=True, by=riverside.ada.actor)
    return everywhere(riverside, row, party)


def called_back(desk: Desk) -> tuple[Party, Record]:
    with tenant(desk.campaign.pk):
        party = parties.add_by_name(
            desk.campaign, "Office of Senator Birch", telephone="01632 960 001", by=desk.ada.actor
        )
        row = told.word_of(
            desk.campaign, party, kind="greeting", body=WORDS, when=timezone.now(),
            evidence="called_back", source="telephone", call=a_call(), by=desk.ada.actor,
        )  # fmt: skip
    return party, row


def withdrawn_by(harbour: Desk, name: str) -> str:
    """The bundle of a withdrawal."""
    row = drafting.draft(
        harbour.campaign, kind="withdrawal", body="We take it back.", to=[], replaces=name,
        by=harbour.ada,
    )  # fmt: skip
    for who in (harbour.ben, harbour.cora):
        drafting.approve(harbour.campaign, row, by=who)
    return harbour.bundle(drafting.sign(harbour.campaign, row, by=harbour.ada.actor))


def everything_shows_it(one: Everywhere) -> None:
    shown, places = one.shown(), one.places()
    assert [name for name, page in shown.items() if "a lot of respect" not in page] == []
    assert places.stands
    assert (places.right, len(places.online)) == (3, 3)


def nothing_shows_it(one: Everywhere) -> None:
    shown, places = one.shown(), one.places()
    assert [name for name, page in shown.items() if "a lot of respect" in page] == []
    assert not places.stands
    assert (places.right, len(places.online)) == (3, 3)
    assert "Do not say this any more" in shown["phone"]
    assert "A quote on it does not stand" in shown["leaflet"]


def test_a_withdrawal_reaches_every_text_within_a_minute(signed: Everywhere, harbour: Desk) -> None:
    everything_shows_it(signed)
    text = withdrawn_by(harbour, signed.row.name)
    everything_shows_it(signed)

    with time_machine.travel(timezone.now(), tick=False) as clock:
        signed.desk.hears(text)
        clock.shift(A_MINUTE)
        nothing_shows_it(signed)


def test_a_denial_on_the_telephone_reaches_every_text_within_a_minute(riverside: Desk) -> None:
    party, row = called_back(riverside)
    one = everywhere(riverside, row, party)
    everything_shows_it(one)

    with time_machine.travel(timezone.now(), tick=False) as clock:
        with tenant(riverside.campaign.pk):
            told.answer_of(
                riverside.campaign, party, row, decision="deny", text="She did not send a message.",
                authority="press_office", when=timezone.now(), evidence="called_back",
                source="telephone", call=a_call(), by=riverside.ada.actor,
            )  # fmt: skip
        clock.shift(A_MINUTE)
        nothing_shows_it(one)


def test_what_holds_until_a_moment_is_gone_at_that_moment(riverside: Desk, harbour: Desk) -> None:
    party = riverside.meets(harbour)
    now = timezone.now()
    row = riverside.hears(harbour.bundle(harbour.says(WORDS, expires=now + timedelta(hours=1))))
    one = everywhere(riverside, row, party)

    with time_machine.travel(now + timedelta(hours=1), tick=False):
        nothing_shows_it(one)


def test_every_copy_on_paper_is_listed_with_its_place_and_holder(
    signed: Everywhere, harbour: Desk
) -> None:
    signed.desk.hears(withdrawn_by(harbour, signed.row.name))

    printed = {
        (spot.title, spot.place, spot.holder, spot.copies)
        for _kind, spot in signed.places().printed
    }

    assert printed == {
        ("Library, version 1", "Office", "", 70), ("Library, version 1", "Office", "Asha", 30),
        ("Walk 7 · Mill Lane", "", "Bob", 1),
    }  # fmt: skip
    slug = signed.desk.campaign.slug
    page = signed_in(signed.desk.ada).get(
        reverse("statements:where", args=[slug, signed.row.pk])
    ).content.decode()  # fmt: skip
    assert "3 of 3 places have dropped these words" in page
    assert "101 copies still say so" in page
    assert "Asha" in page


def test_a_leaflet_is_not_printed_any_more_and_its_next_version_cannot_quote_it(
    signed: Everywhere, harbour: Desk
) -> None:
    signed.desk.hears(withdrawn_by(harbour, signed.row.name))
    campaign, ada = signed.desk.campaign, signed.desk.ada

    with tenant(campaign.pk):
        with pytest.raises(BadInput, match="cannot be quoted"):
            leaflets.export(campaign, signed.release, "GB", by=ada)
        with pytest.raises(BadInput, match="cannot be quoted"):
            materials.new_design(
                campaign, "Another", "leaflet", {"headline": "x", "language": "en-GB"},
                [an_imprint()], by=ada.actor, quotes=[materials.Quoted(signed.row.name, "respect")],
            )  # fmt: skip


def test_a_script_takes_only_what_may_be_quoted(riverside: Desk, harbour: Desk) -> None:
    party = riverside.meets(harbour)
    campaign, by = riverside.campaign, riverside.ada.actor
    with tenant(campaign.pk):
        hope = told.hope(campaign, party, kind="support", quote="A word.", due=None, by=by)
        claim = told.claim(
            campaign, party, kind="support", quote="They wrote.", when=timezone.now(), by=by
        )
    for name in (hope.name, claim.name, "ab" * 32):
        with pytest.raises(BadInput, match="cannot be quoted"):
            change_script(campaign, {**SCRIPT, "script_wording": token(name)}, by=by)
    with pytest.raises(BadInput, match="16 of them at least"):
        change_script(campaign, {**SCRIPT, "script_wording": "[[statement 12]]"}, by=by)
    with tenant(campaign.pk):
        assert not Embedding.objects.of(campaign).exists()


def test_the_settings_say_why_a_script_was_not_taken(riverside: Desk, alice: object) -> None:
    form = {
        "script_wording": token("ab" * 32), "support_as": "scale", "support_scale": "For\nAgainst",
    }  # fmt: skip

    answer = signed_in(alice).post(f"/c/{riverside.campaign.slug}/settings/doors/", form)  # type: ignore[arg-type]  # Alice

    assert answer.status_code == 422
    assert "no such statement is on record" in answer.content.decode()


def test_a_script_that_lost_a_statement_can_be_saved_with_it_and_without(
    signed: Everywhere, harbour: Desk
) -> None:
    """Whoever mends a spelling must not be stopped by a word that was taken back; it stays hidden."""
    signed.desk.hears(withdrawn_by(harbour, signed.row.name))
    campaign, by = signed.desk.campaign, signed.desk.ada.actor

    change_script(
        campaign, {**SCRIPT, "script_wording": f"Good day. {token(signed.row.name)}"}, by=by
    )
    assert len(signed.places().online) == 3
    change_script(campaign, {**SCRIPT, "script_wording": "Good day."}, by=by)

    assert len(signed.places().online) == 2


def test_a_plain_script_asks_the_database_nothing(
    campaign: object, django_assert_num_queries: object
) -> None:
    from hustings.apps.canvass.script import said_now

    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture
        assert [piece.text for piece in said_now(campaign)] == [campaign.script_wording]  # type: ignore[arg-type, attr-defined]  # Riverside


def test_a_place_is_listed_also_where_its_row_is_missing(signed: Everywhere) -> None:
    """What is shown there counts, not only what was kept of it."""
    with tenant(signed.desk.campaign.pk):
        Embedding.objects.exclude(surface="pack").delete()

    assert len(signed.places().online) == 3
    assert signed.places().copies == 101
