"""
A press desk worth opening: invented campaigns of which one was met and wrote, one is hoped for, and one never wrote.

Nobody in it exists.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from hustings.apps.accounts.actions import add_member, let_speak
from hustings.apps.accounts.roles import Role
from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements import drafting, parties, receiving, told
from hustings.apps.statements.histories import history_of
from hustings.apps.statements.models import Record
from hustings.apps.statements.node import make_node
from hustings.apps.statements.proving import bundle_of

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party

PRESS = "petra@example.org"
GREETING = "We wish Riverside’s volunteers a dry Saturday and an open door."
PHANTOM = "We had a message from Senator Birch yesterday, and she is with us."
DENIAL = "The senator did not send a message and does not intend to get involved."


@transaction.atomic
def play(campaign: Campaign, organiser: Membership, by: Actor) -> int:
    """Everything a press desk may hold, one of each; returns how many records there are."""
    petra = add_member(campaign, PRESS, Role.PRESS_OFFICER, name="Petra Quill", by=by)
    ben = add_member(campaign, "ben@example.org", Role.PRESS_OFFICER, name="Ben Rowe", by=by)
    let_speak(organiser, by=by)
    sheet = make_node(campaign, by=by)
    _say(
        campaign,
        petra,
        (ben, organiser),
        "Our volunteers were out on every street of the ward this week.",
    )
    harbour, bundle = _another_campaign(by)
    with tenant(harbour.pk):
        card = parties.card_of(history_of(harbour, bundle[0]))
    with tenant(campaign.pk):
        met = parties.add_by_card(campaign, card, telephone="01632 960 010", by=petra.actor)
        parties.meet(campaign, met, read_with="Hal Brook", by=petra.actor)
        row = receiving.receive(campaign, bundle[1], by=petra.actor)
        if isinstance(row, Record):
            receiving.decide(campaign, row, accept=True, by=petra.actor)
            receiving.announce(
                campaign, by_party=met.code, kind="greeting", quote=GREETING, of=row.name,
                by=petra.actor,
            )  # fmt: skip
        _hope_and_claims(campaign, petra, met)
        drafting.draft(
            campaign, kind="fact", to=[], by=petra,
            body="The library reading room will be open on Sundays, if we are elected.",
        )  # fmt: skip
        found: int = Record.objects.of(campaign).filter(issuer=sheet.node).count()
    return found


def _hope_and_claims(campaign: Campaign, petra: Membership, met: Party) -> None:
    by, now = petra.actor, timezone.now()
    told.hope(
        campaign, met, kind="endorsement", quote="An endorsement, before the debate.",
        due=now + timedelta(days=14), by=by,
    )  # fmt: skip
    hillside = parties.add_by_name(campaign, "Hillside campaign", telephone="01632 960 020", by=by)
    told.claim(
        campaign, hillside, kind="support", quote="Hillside are with us, they told our stall so.",
        when=now - timedelta(days=1), where="market stall", told_by="A volunteer at the stall", by=by,
    )  # fmt: skip
    told.claim(
        campaign, hillside, kind="support", ours=False, when=now - timedelta(hours=1),
        quote="Riverside asked their people to help us.", where="Hillside’s newsletter", by=by,
    )  # fmt: skip
    birch = parties.add_by_name(
        campaign, "Office of Senator Birch", telephone="01632 960 001", by=by
    )
    claim = told.claim(
        campaign, birch, kind="support", quote=PHANTOM, when=now - timedelta(days=3),
        where="phonebank", by=by,
    )  # fmt: skip
    told.answer_of(
        campaign, birch, claim, decision="deny", text=DENIAL, authority="press_office",
        when=now - timedelta(days=1), evidence="called_back", source="telephone",
        call=told.Call("Hal Oak, press office", "01632 960 001", now, "Petra Quill", "Ben Rowe"),
        by=by,
    )  # fmt: skip
    told.retract(campaign, claim, reason="We were misinformed; there was no message.", by=by)


def _another_campaign(by: Actor) -> tuple[Campaign, tuple[str, str]]:
    """Harbour, its node and a greeting of it in a bundle."""
    harbour = create_campaign("harbour", "Harbour campaign")
    hal, una, ike = (
        add_member(harbour, f"{name}@example.org", Role.ORGANISER, name=name.capitalize(), by=by)
        for name in ("hal", "una", "ike")
    )
    sheet = make_node(harbour, by=by)
    row = _say(harbour, hal, (una, ike), GREETING, kind="greeting")
    with tenant(harbour.pk):
        return harbour, (sheet.node, bundle_of(row))


def _say(
    campaign: Campaign,
    who: Membership,
    approve: tuple[Membership, ...],
    body: str,
    kind: str = "fact",
) -> Record:
    row = drafting.draft(campaign, kind=kind, to=[], body=body, by=who)
    for member in approve:
        drafting.approve(campaign, row, by=member)
    return drafting.sign(campaign, row, by=who.actor)
