"""
A message that was never sent is announced by no path: page, action, file, database as the role that serves and as
its owner; and wherever it was pushed in, no page, feed, file, script or leaflet shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.materials import publishing as leaflets
from hustings.apps.materials.models import Publication, Quote
from hustings.apps.materials.quoting import RELEASE, address_of_proof
from hustings.apps.statements import parties, receiving, told
from hustings.apps.statements.models import (
    Arrival,
    Embedding,
    KeyLine,
    Meeting,
    Party,
    Record,
    Refusal,
)
from hustings.apps.statements.recording import say
from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical, digest
from hustings.core.ledger.embedded import token
from hustings.core.ledger.keys import SecretKey
from hustings.core.ledger.proof import signed
from tests.apps.canvass.cast import a_walk
from tests.apps.cast import SETUP, signed_in
from tests.apps.materials.planting import a_release, an_imprint
from tests.apps.statements.test_embedding import called_back
from tests.core.ledger.campaigns import Campaign as Stranger

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.apps.statements.talking import Desk

PHANTOM = "Zqxphantom: they tried to stop her too."
THIEF = SecretKey(b"\x07" * 32)


def forged(type_: str, issuer: str, **fields: Any) -> dict[str, Any]:
    """A record in that name, signed with a key that is not theirs."""
    bare = {
        "id": uuid4().urn, "type": type_, "issuer": issuer, "created": "2016-08-21T11:00:00Z",
        **fields,
    }  # fmt: skip
    return signed(bare, THIEF, f"{issuer}#{THIEF.public.multikey}")


def a_statement_of(issuer: str) -> dict[str, Any]:
    return forged(
        "statement", issuer, kind="support", to=[], body=PHANTOM, lang="en", public=True, seq=0
    )


def written(desk: Desk, said: dict[str, Any]) -> Record:
    """A row as whoever has the database's password could write it."""
    row: Record = Record.objects.create(
        campaign=desk.campaign, name=digest(said), kind=said["type"], issuer=said["issuer"],
        content=canonical(said),
    )  # fmt: skip
    return row


def pushed_everywhere(desk: Desk, name: str) -> tuple[Client, int, int]:
    """Whatever could make it public is written past the program: an announcement, rows, a script, a leaflet."""
    campaign = desk.campaign
    written(desk, forged("announcement", desk.node, of=name, kind="support", quote=PHANTOM))
    say(campaign, "announcement", of=name, kind="support", quote=PHANTOM)
    Embedding.objects.create(campaign=campaign, surface="public", subject=1, record=name)
    Embedding.objects.create(campaign=campaign, surface="script", subject=0, record=name)
    Campaign.objects.filter(pk=campaign.pk).update(script_wording=f"Good evening. {token(name)}")
    release = a_release(campaign, an_imprint())
    Quote.objects.create(
        campaign=campaign, release=release, statement=name, words=PHANTOM,
        proof_address=address_of_proof(campaign, name),
    )  # fmt: skip
    Embedding.objects.create(campaign=campaign, surface=RELEASE, subject=release.pk, record=name)
    turf = a_walk(campaign, [1, 2])
    device, cookie = canvass.ask_for_walk(turf, "Bob", by=SETUP)
    if not device.admissions.exists():
        device.admissions.create(campaign=campaign, by_label="tests")
    phone = Client()
    phone.cookies[DEVICE_COOKIE] = cookie
    return phone, turf.pk, release.pk


def shown_nowhere(desk: Desk, name: str) -> None:
    """Published nowhere, after everything was tried that publishes."""
    campaign, ada = desk.campaign, signed_in(desk.ada)
    with tenant(campaign.pk):
        phone, walk, release = pushed_everywhere(desk, name)
        with pytest.raises(BadInput, match="cannot be quoted"):
            leaflets.publish(campaign, release, by=desk.ada)
        Publication.objects.create(campaign=campaign, release_id=release, by="x")
        with pytest.raises(BadInput, match="cannot be quoted"):
            leaflets.export(campaign, release, "GB", by=desk.ada)
    slug, says = campaign.slug, f"/says/{campaign.slug}"
    for client, address in (
        (Client(), f"{says}/"), (Client(), f"{says}/feed.atom"), (Client(), f"{says}/feed.json"),
        (Client(), f"{says}/{name}/"), (Client(), f"{says}/{name[:16]}/"),
        (Client(), f"{says}/{name}.bundle"),
        (phone, f"/w/walk/{walk}/script/"),
        (ada, reverse("materials:release", args=[slug, release])),
        (ada, reverse("materials:pdf", args=[slug, release])),
    ):  # fmt: skip
        answer = client.get(address)
        assert b"Zqxphantom" not in answer.content.replace(b"\xc2\xab" + PHANTOM.encode(), b""), (
            address
        )
    with tenant(campaign.pk):
        from hustings.apps.statements.publishing import published

        assert [item for item in published(campaign) if PHANTOM in item.words] == []


# --- paths that the program offers -------------------------------------------------------------


@pytest.mark.parametrize("how", ["claim", "hope", "told", "published"])
def test_no_page_and_no_action_announces_what_was_only_said_of_them(
    riverside: Desk, how: str
) -> None:
    campaign, by = riverside.campaign, riverside.ada.actor
    with tenant(campaign.pk):
        party = parties.add_by_name(campaign, "Harbour", telephone="", by=by)
        now = timezone.now()
        if how == "claim":
            row = told.claim(campaign, party, kind="support", quote=PHANTOM, when=now, by=by)
        elif how == "hope":
            row = told.hope(campaign, party, kind="support", quote=PHANTOM, due=None, by=by)
        else:
            row = told.word_of(
                campaign, party, kind="support", body=PHANTOM, when=now, evidence=how, source="x",
                by=by,
            )  # fmt: skip
        with pytest.raises(receiving.NotToBeAnnounced):
            receiving.announce(
                campaign, by_party=party.code, kind="support", quote=PHANTOM, of=row.name, by=by
            )
    page = signed_in(riverside.ada).post(
        reverse("statements:announce", args=[campaign.slug, row.pk]),
        {"quote": PHANTOM, "kind": "support"},
    )
    assert page.status_code == 422
    shown_nowhere(riverside, row.name)


@pytest.mark.parametrize(
    "who", ["a stranger", "somebody met, with a stolen name", "a tampered word"]
)
def test_no_file_brings_it_in(riverside: Desk, harbour: Desk, who: str) -> None:
    riverside.meets(harbour)
    if who == "a tampered word":
        text = harbour.bundle(harbour.says("They wish us well.")).replace(
            "They wish us well.", PHANTOM
        )
    else:
        stranger = Stranger("Harbour")
        stranger.add(stranger.statement("support", PHANTOM))
        text = str(stranger.bundle(0, stranger.head()))
        if who != "a stranger":
            text = text.replace(stranger.history.node, harbour.node)
    with tenant(riverside.campaign.pk):
        outcome = receiving.receive(riverside.campaign, text, by=riverside.ada.actor)
    assert isinstance(outcome, Refusal)
    with tenant(riverside.campaign.pk):
        assert not Record.objects.of(riverside.campaign).exists()
    shown_nowhere(riverside, "ab" * 32)


# --- past the program: rows written into the database -------------------------------------------


def a_row_in_their_name(desk: Desk, harbour: Desk) -> Record:
    return written(desk, a_statement_of(harbour.node))


def a_row_with_the_bundle_of_another(desk: Desk, harbour: Desk) -> Record:
    real = desk.hears(harbour.bundle(harbour.says("Be well.")))
    bundle = Arrival.objects.get(record=real).bundle
    row = written(desk, a_statement_of(harbour.node))
    Arrival.objects.create(campaign=desk.campaign, record=row, bundle=bundle, place=0, log_size=1)
    return row


def a_report_of_a_call_that_never_was(desk: Desk, harbour: Desk) -> Record:
    inner = {k: v for k, v in a_statement_of(harbour.node).items() if k != "proof"}
    return written(
        desk,
        forged("report", desk.node, by=harbour.node, evidence="called_back", source="x",
               record=inner, name="Harbour"),
    )  # fmt: skip


def a_row_of_our_own(desk: Desk, harbour: Desk) -> Record:
    return written(desk, a_statement_of(desk.node))


def an_invented_campaign_that_was_met(desk: Desk, harbour: Desk) -> Record:
    stranger = Stranger("Harbour")
    said = stranger.statement("support", PHANTOM)
    stranger.add(said)
    party = Party.objects.create(campaign=desk.campaign, code=stranger.history.node, name="Harbour")
    real = Meeting.objects.first()
    assert real is not None
    for note in (real.note, "hustings-met@v1\n"):
        Meeting.objects.create(
            campaign=desk.campaign, party=party, note=note, read_by="x", read_with="y"
        )
    KeyLine.objects.bulk_create(
        KeyLine(
            campaign=desk.campaign, node=event.node, seq=event.seq, content=canonical(event.record)
        )
        for event in stranger.history.events
    )
    row = written(desk, said)
    Arrival.objects.create(
        campaign=desk.campaign,
        record=row,
        bundle=str(stranger.bundle(0, stranger.head())),
        place=0,
        log_size=1,
    )
    return row


ROWS: list[Callable[[Desk, Desk], Record]] = [
    a_row_in_their_name, a_row_with_the_bundle_of_another, a_report_of_a_call_that_never_was,
    a_row_of_our_own, an_invented_campaign_that_was_met,
]  # fmt: skip


@pytest.mark.parametrize("push", ROWS, ids=lambda push: push.__name__)
def test_no_row_written_into_the_database_is_shown_as_said(
    riverside: Desk, harbour: Desk, push: Callable[[Desk, Desk], Record]
) -> None:
    riverside.meets(harbour)
    with tenant(riverside.campaign.pk):
        row = push(riverside, harbour)
    shown_nowhere(riverside, row.name)


def test_a_party_that_is_called_otherwise_in_the_database_lends_nobody_its_name(
    riverside: Desk, harbour: Desk
) -> None:
    """Whoever renames a party must not make its word that of somebody else."""
    met = riverside.meets(harbour)
    signed_word = riverside.hears(harbour.bundle(harbour.says("We support them.", kind="support")))
    rung, called = called_back(riverside)
    for party, row, kind in ((met, signed_word, "support"), (rung, called, "greeting")):
        receiving.announce(
            riverside.campaign, by_party=party.code, kind=kind, of=row.name,
            quote=(row.said.get("record") or row.said)["body"], by=riverside.ada.actor,
        )  # fmt: skip

    with tenant(riverside.campaign.pk):
        Party.objects.update(name="Zqxphantom")

    page = Client().get(f"/says/{riverside.campaign.slug}/").content.decode()
    assert "Zqxphantom" not in page
    assert "Signed by Harbour, exact words" in page
    assert "Said by Office of Senator Birch" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "update statements_record set content = convert_to(replace(convert_from(content, 'UTF8'), 'Be well.', %(phantom)s), 'UTF8')",
        "update statements_record set content = convert_to(replace(convert_from(content, 'UTF8'), 'Be well.', %(phantom)s), 'UTF8'), "
        "name = encode(sha256(convert_to(replace(convert_from(content, 'UTF8'), 'Be well.', %(phantom)s), 'UTF8')), 'hex') "
        "where kind = 'statement'",
        "update statements_arrival set bundle = replace(bundle, 'Be well.', %(phantom)s)",
        "delete from statements_meeting; update statements_record set kind = 'statement'",
    ],
    ids=["words", "words and name", "bundle", "kind"],
)  # fmt: skip
def test_nor_what_the_owner_of_the_database_changes(
    riverside: Desk, harbour: Desk, statement: str
) -> None:
    party = riverside.meets(harbour)
    row = riverside.hears(harbour.bundle(harbour.says("Be well.")))
    receiving.announce(
        riverside.campaign, by_party=party.code, kind="greeting", quote="Be well.", of=row.name,
        by=riverside.ada.actor,
    )  # fmt: skip
    page = Client().get(f"/says/{riverside.campaign.slug}/").content.decode()
    assert "Be well." in page

    said = connection.get_connection_params()
    with psycopg.connect(
        host=said.get("host"), port=said.get("port"), dbname=said["dbname"],
        user=settings.OWNER_ROLE, password=said.get("password"),
    ) as owner:  # fmt: skip
        for one in statement.split("; "):
            changed = owner.execute(one, {"phantom": PHANTOM}).rowcount
            assert changed

    for where in ("", "feed.atom", "feed.json", f"{row.name}/", f"{row.name}.bundle"):
        answer = Client().get(f"/says/{riverside.campaign.slug}/{where}")
        assert b"Zqxphantom" not in answer.content, where
        assert b"Be well." not in answer.content, where
