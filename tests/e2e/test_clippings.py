"""
An article is pasted, three things in it are confirmed, and stand on the timeline beside what the press desk knows.

What ``docs/press/clippings.md`` tells. Run with ``HUSTINGS_PICTURES=yes`` it takes the guide's pictures.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements import parties, told
from hustings.apps.statements.node import make_node
from tests.apps.cast import SETUP, member
from tests.apps.clippings.cuttings import HOPED, PHANTOM
from tests.e2e.test_press_desk import Press, press

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party

__all__ = ["press"]
CALLED_BACK = "The senator has a lot of respect for them and wishes them well."


def test_an_article_is_pasted_confirmed_and_seen_on_the_timeline(press: Press) -> None:
    petra = member(press.campaign, "Petra", "press")
    birch = an_office_that_was_rung(press.campaign)
    press.sits_down(petra)
    press.open("statements:desk")
    press.follow("Clippings")
    press.fill(text=HOPED.replace("Marlow", "Riverside"), publication="Northmere Courier")
    press.press("Read it")
    confirm(press, "I very much hope")
    confirm(press, "The book tour")
    press.open("clippings:desk")
    press.fill(text=PHANTOM, publication="Northmere Courier")
    press.press("Read it")
    assert "What it may say, for you to confirm (7 of 7)" in press.page.content()

    confirm(press, "We had a message yesterday")
    confirm(press, "told the Courier")
    press.shown("clippings-article")
    confirm(press, "misinformed by an aide")
    expect(press.page.get_by_text("Confirmed, with your name")).to_have_count(1)

    press.follow(f"Timeline with {birch.name}")
    cards = press.page.locator(".timeline > li")
    said = [" ".join(card.inner_text().split()) for card in cards.all()]
    claimed, denied, corrected = (
        next(n for n, card in enumerate(said) if words in card)
        for words in ("We had a message", "told the Courier", "misinformed")
    )
    assert claimed < denied < corrected, said
    assert "claimed, and corrected since" in said[claimed]
    assert "answers: “We had a message yesterday" in said[denied]
    assert [card for card in said if "hoped for, not received" in card]
    assert [card for card in said if "an event that is no campaign’s" in card]
    assert [card for card in said if CALLED_BACK in card and "confirmed by a call back" in card]
    press.shown("clippings-timeline")
    with press.page.expect_navigation():
        press.page.get_by_role("link", name="But a spokesman for Ms Birch").click()
    press.shown("clippings-excerpt")
    press.press("Carry it to the press desk")
    assert "as published and not confirmed to us" in press.page.content()
    press.press("Take the confirmation back")
    assert "it stands on no timeline" in press.page.content()
    press.open("clippings:desk")
    press.shown("clippings-desk")
    assert press.wrong == []


def confirm(press: Press, words: str) -> None:
    """The card with these words, as it is filled in."""
    sentence = press.page.locator("blockquote", has_text=words)
    card = press.page.locator("article.word").filter(has=sentence).last
    with press.page.expect_navigation():
        card.get_by_role("button", name="Confirm", exact=True).click()


def an_office_that_was_rung(campaign: Campaign) -> Party:
    """Keys, a party with a telephone, and one word of theirs that was called back."""
    make_node(campaign, by=SETUP)
    at = datetime(2026, 6, 13, 12, tzinfo=UTC)
    with tenant(campaign.pk):
        birch = parties.add_by_name(
            campaign, "Office of Senator Birch", telephone="01632 960 001", by=SETUP
        )
        call = told.Call("Hal of their press office", "01632 960 001", at, "Petra", "Ben")
        told.word_of(
            campaign, birch, kind="greeting", body=CALLED_BACK, when=at, evidence="called_back",
            source="telephone", call=call, by=SETUP,
        )  # fmt: skip
    return birch
