"""Articles of our own making, in the manner of newspapers, and a press officer who confirms what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.clippings.dropping import drop
from hustings.apps.clippings.models import Article, Excerpt
from hustings.apps.clippings.queries import Proposal, proposals_of
from hustings.apps.statements import parties
from tests.apps.cast import SETUP, member, signed_in

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party

PHANTOM = """Birch 'did not send message' to Marlow campaign

By Ines Fallow, Political Editor
26 August 2031

A spokesman for Iris Birch has denied that the senator sent a message of support to Tom Marlow, the Riverside Party's candidate in Kelby.

Speaking to volunteers at a phonebank on Monday evening, Mr Marlow said: "We had a message yesterday from Iris Birch. She says she has a lot of respect for what we are doing."

Sign up to our Politics Weekly newsletter

But a spokesman for Ms Birch told the Courier: "The senator didn't send a message and doesn't intend to get involved in the politics of another country."

Mr Marlow's team later said he had been "misinformed by an aide, who had wrongly been led to believe this was the case".

Two former organisers of the Birch campaign were due to come to Kelby to work as volunteers next week, the team added.
"""
HOPED = """Marlow still hoping for Birch endorsement as author's tour reaches the coast

By Hal Pettifer
Tuesday 3 June 2031

Tom Marlow has said he is hopeful that the former senator Iris Birch will endorse his bid for mayor of Kelby before polling day.

"I very much hope she will endorse us," Mr Marlow told Radio Kelby on Sunday. "We share the same values."

Ms Birch is in the country this week to promote her book, The Long Shore. The book tour will stop at Wexcliffe, Ashcombe and the Kelby literary festival on Friday.

Two members of her old team are already over here helping Mr Marlow's campaign with its telephone canvassing.
"""
BROTHERS = """Brothers on opposite sides in Wexcliffe

WEXCLIFFE, 9 Sept 2032 (Coastal Press) - The brother of Riverside Party candidate Miles Denham is to stand against the party in the same council.

Owen Denham, 44, will be the Civic Union candidate in Saltmarsh ward at the election on 7 October, his party confirmed on Wednesday.
"""


@dataclass
class Cutter:
    """Petra at Riverside's clippings desk; the other campaign is Senator Birch's office, with a telephone."""

    campaign: Campaign
    petra: Membership
    birch: Party

    @property
    def browser(self) -> Client:
        return signed_in(self.petra)

    def at(self, name: str, **arguments: Any) -> str:
        return reverse(f"clippings:{name}", kwargs={"slug": self.campaign.slug, **arguments})

    def open(self, name: str, **arguments: Any) -> str:
        answer = self.browser.get(self.at(name, **arguments))
        assert answer.status_code == 200, answer.content.decode()[-2000:]
        return answer.content.decode()

    def drop(self, text: str, publication: str = "Northmere Courier", **more: Any) -> Article:
        article, _new = drop(
            self.campaign, text, publication=publication, by=self.petra.actor, **more
        )
        return article

    def proposals(self, article: Article) -> list[Proposal]:
        with tenant(self.campaign.pk):
            return proposals_of(self.campaign, article)

    def proposal(self, article: Article, kind: str, words: str) -> Proposal:
        """The one of that kind whose sentence has these words."""
        (found,) = [
            one
            for one in self.proposals(article)
            if one.said["kind"] == kind and words in one.before + one.cue + one.after
        ]
        return found

    def sends(self, name: str, form: dict[str, Any], **arguments: Any) -> HttpResponse:
        answer: Any = self.browser.post(self.at(name, **arguments), form, follow=True)
        return answer

    def confirms(self, article: Article, kind: str, words: str, **changed: Any) -> Excerpt:
        """As the page has it filled in, but for what is changed."""
        proposal = self.proposal(article, kind, words)
        form = self.filled_in(article, proposal.number) | {
            f"p{proposal.number}-{name}": value for name, value in changed.items()
        }
        answer = self.sends("confirm", form, article_id=article.pk, number=proposal.number)
        assert answer.status_code == 200, answer.content.decode()[-3000:]
        with tenant(self.campaign.pk):
            excerpt: Excerpt = Excerpt.objects.of(self.campaign).order_by("-pk")[0]
        return excerpt

    def filled_in(self, article: Article, number: int) -> dict[str, Any]:
        """The form of one proposal as a browser would send it untouched."""
        from hustings.apps.clippings.filling import Filling

        with tenant(self.campaign.pk):
            proposals = proposals_of(self.campaign, article)
            form = Filling(self.campaign, article).of_proposal(proposals[number])
            return {
                field.html_name: value
                for field in form
                if (value := field.value()) not in (None, "", [])
            }


def a_cutter(campaign: Campaign) -> Cutter:
    """With one party."""
    petra = member(campaign, "Petra", "press")
    with tenant(campaign.pk):
        birch = parties.add_by_name(
            campaign, "Senator Birch’s office", telephone="01632 960 001", by=SETUP
        )
    return Cutter(campaign, petra, birch)


@pytest.fixture
def cutter(db: None) -> Cutter:
    return a_cutter(create_campaign("marlow", "Marlow for Kelby"))
