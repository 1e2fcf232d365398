"""Riverside and Harbour, two campaigns with keys, who met by telephone; and three people at Riverside's press desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from hustings.apps.accounts.actions import let_speak
from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements import drafting, parties, receiving
from hustings.apps.statements.access import node_for
from hustings.apps.statements.histories import history_of
from hustings.apps.statements.models import Record
from hustings.apps.statements.node import Sheet, make_node
from hustings.apps.statements.proving import bundle_of
from tests.apps.cast import SETUP, member

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party


@dataclass
class Desk:
    """One campaign's press desk: Ada enters, Ben approves, Cora approves and speaks for the candidate."""

    campaign: Campaign
    ada: Membership
    ben: Membership
    cora: Membership
    sheet: Sheet
    parties: dict[str, Party] = field(default_factory=dict)

    @property
    def node(self) -> str:
        with tenant(self.campaign.pk):
            return node_for(self.campaign).name

    @property
    def card(self) -> str:
        with tenant(self.campaign.pk):
            return parties.card_of(history_of(self.campaign, self.node))

    def meets(self, other: Desk, *, spoke: bool = True) -> Party:
        with tenant(self.campaign.pk):
            party = parties.add_by_card(self.campaign, other.card, by=self.ada.actor)
            if spoke:
                parties.meet(self.campaign, party, read_with="Somebody", by=self.ada.actor)
        return party

    def drafts(self, body: str = "We wish you well.", **more: Any) -> Record:
        fields: dict[str, Any] = {"kind": "greeting", "to": [], "body": body, "by": self.ada}
        return drafting.draft(self.campaign, **fields | more)

    def says(self, body: str = "We wish you well.", **more: Any) -> Record:
        """A statement of this campaign, all the way."""
        row = self.drafts(body, **more)
        for who in (self.ben, self.cora):
            drafting.approve(self.campaign, row, by=who)
        return drafting.sign(self.campaign, row, by=self.ada.actor)

    def bundle(self, record: Record) -> str:
        with tenant(self.campaign.pk):
            return bundle_of(record)

    def hears(self, text: str) -> Record:
        """A bundle that is good."""
        with tenant(self.campaign.pk):
            record = receiving.receive(self.campaign, text, by=self.ada.actor)
        assert isinstance(record, Record), getattr(record, "reason", "")
        return record


def a_desk(campaign: Campaign) -> Desk:
    """With keys, and three people."""
    ada, ben, cora = (
        member(campaign, f"{name}.{campaign.slug}", "press") for name in ("Ada", "Ben", "Cora")
    )
    let_speak(cora, by=SETUP)
    return Desk(campaign, ada, ben, cora, make_node(campaign, by=SETUP))


@pytest.fixture
def riverside(campaign: Campaign) -> Desk:
    return a_desk(campaign)


@pytest.fixture
def harbour(db: None) -> Desk:
    return a_desk(create_campaign("harbour", "Harbour"))
