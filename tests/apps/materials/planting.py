"""Releases and copies for tests, made as rows: nothing is typeset here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from hustings.apps.audit.actors import command
from hustings.apps.materials import actions, counting
from hustings.apps.materials.models import Design, Publication, Quote, Release, ReleaseImprint
from hustings.apps.materials.quoting import RELEASE, address_of_proof
from hustings.apps.statements.access import node_of
from hustings.apps.statements.embedding import add_embedded
from hustings.apps.statements.node import make_node
from hustings.apps.statements.recording import say

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record
    from tests.apps.isolation_matrix import World

SETUP = command("tests")
STATEMENT = "ab" * 32
"""The name of a record that nobody signed."""


def a_statement(campaign: Campaign, body: str = "We will keep the library open.") -> Record:
    """A public statement of the campaign, signed; its keys are made where it has none."""
    if node_of(campaign) is None:
        make_node(campaign, by=SETUP)
    return say(campaign, "statement", kind="fact", to=[], body=body, lang="en", public=True, seq=0)


def an_imprint(country: str = "GB", **more: Any) -> dict[str, Any]:
    """An imprint that satisfies the rules of the United Kingdom, unless told otherwise."""
    said = {
        "country": country, "publisher": "party", "promoter_name": "Pat Promoter",
        "promoter_address": "1 Mill Lane, Riverside", "for_another": False, "behalf_name": "",
        "behalf_address": "", "printer_name": "Press & Sons",
        "printer_address": "2 Quay, Riverside", "paid_for_by": "",
    }  # fmt: skip
    return {**said, **more}


def a_release(
    campaign: Campaign, *imprints: dict[str, Any], design: Design | None = None, **more: Any
) -> Release:
    """A draft; of a new leaflet where no design is named."""
    design = design or Design.objects.create(
        campaign=campaign, name=f"Leaflet {uuid4().hex[:6]}", made_by="Alice"
    )
    version = Release.objects.of(campaign).filter(design=design).count() + 1
    release: Release = Release.objects.create(
        campaign=campaign, design=design, made_by="Alice",
        **{"version": version, "headline": "A library", "language": "en-GB", **more},
    )  # fmt: skip
    for said in imprints:
        ReleaseImprint.objects.create(campaign=campaign, release=release, **said)
    return release


def published(campaign: Campaign, **more: Any) -> Release:
    """A release that is published for the United Kingdom."""
    release = a_release(campaign, an_imprint(), **more)
    Publication.objects.create(campaign=campaign, release=release, by="Alice")
    return release


def plant(world: World, canary: str) -> None:
    """What the matrix knocks on."""
    campaign = world.campaign
    actions.set_imprint(campaign, an_imprint(promoter_name=canary), by=SETUP)
    design = Design.objects.create(campaign=campaign, name=canary, made_by=canary)
    release = published(campaign, design=design, headline=canary)
    statement = a_statement(campaign)
    Quote.objects.create(
        campaign=campaign, release=release, statement=statement.name, words="the library open",
        proof_address=address_of_proof(campaign, statement.name), with_qr=True,
    )  # fmt: skip
    add_embedded(campaign, RELEASE, release.pk, [statement.name])
    place = actions.add_place(campaign, canary, by=SETUP)
    for kind, count in (("printed", 100), ("given_out", 30)):
        counting.move(
            campaign, release.pk, kind, place.pk, count, form_id=uuid4(), by=SETUP,
            holder=canary if kind == "given_out" else "",
        )  # fmt: skip
    over = published(campaign)
    counting.move(campaign, over.pk, "printed", place.pk, 5, form_id=uuid4(), by=SETUP)
    over.withdrawals.create(campaign=campaign, why=canary, by=canary)
    world.rows |= {
        "design": design, "release": release, "stock_place": place,
        "draft_release": a_release(campaign, an_imprint(), design=design, headline=canary),
    }  # fmt: skip
