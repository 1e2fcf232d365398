"""An excerpt goes to the press desk through its own verbs: as published, and never to be announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.clippings.confirming import US
from hustings.apps.clippings.queries import clipping_of
from hustings.apps.clippings.timeline import timeline
from hustings.apps.statements import receiving, told
from hustings.apps.statements.models import Record
from hustings.apps.statements.node import make_node
from hustings.apps.statements.reading import ledger_of
from tests.apps.cast import SETUP
from tests.apps.clippings.cuttings import HOPED, PHANTOM

if TYPE_CHECKING:
    from hustings.apps.clippings.models import Excerpt
    from tests.apps.clippings.cuttings import Cutter


@pytest.fixture
def keyed(cutter: Cutter) -> Cutter:
    """With keys to sign with."""
    make_node(cutter.campaign, by=SETUP)
    return cutter


def carried(cutter: Cutter, excerpt: Excerpt, **form: str) -> Record:
    answer = cutter.sends("carry", form, excerpt_id=excerpt.pk)
    assert answer.status_code == 200, answer.content.decode()[-1500:]
    with tenant(cutter.campaign.pk):
        record = clipping_of(cutter.campaign, excerpt).carried
    assert record is not None
    return record


def test_a_claim_a_denial_of_it_and_a_hope_each_become_what_they_are(keyed: Cutter) -> None:
    article = keyed.drop(PHANTOM)
    claim = keyed.confirms(article, "claim", "We had a message", about=[str(keyed.birch.pk)])
    denial = keyed.confirms(article, "denial", "told the Courier")
    hope = keyed.confirms(keyed.drop(HOPED), "hope", "I very much hope")

    ours = carried(keyed, claim, kind="support").said
    theirs = carried(keyed, denial).said
    hoped = carried(keyed, hope, kind="endorsement").said

    assert (ours["type"], ours["kind"], ours["about"]) == ("claim", "support", keyed.birch.code)
    assert ours["quote"] == "We had a message yesterday from Iris Birch."
    assert ours["where"] == "Northmere Courier"
    assert (theirs["type"], theirs["evidence"], theirs["by"]) == (
        "report", "published", keyed.birch.code,
    )  # fmt: skip
    assert theirs["record"]["type"] == "response"
    assert theirs["record"]["decision"] == "deny"
    assert theirs["record"]["authority"] == "press_office"
    assert theirs["record"]["text"] == denial.spoken
    assert theirs["source"].startswith("Northmere Courier, 26 August 2031, “Birch")
    assert (hoped["type"], hoped["kind"]) == ("expectation", "endorsement")
    with tenant(keyed.campaign.pk):
        ledger = ledger_of(keyed.campaign)
        assert ledger.false == ()
        entries = timeline(keyed.campaign, ledger, US, keyed.birch)
    grades = {(entry.kind, entry.grade, entry.look) for entry in entries if entry.record}
    assert ("hope", "", "hoped") in grades
    assert ("denial", "published", "told") in grades
    assert "See it there" in keyed.open("excerpt", excerpt_id=denial.pk)
    where = {"slug": keyed.campaign.slug, "party_id": keyed.birch.pk}
    assert (
        "published by them"
        in keyed.browser.get(reverse("statements:between", kwargs=where)).content.decode()
    )


def test_what_was_published_can_never_be_announced(keyed: Cutter) -> None:
    article = keyed.drop(PHANTOM)
    praise = keyed.confirms(article, "praise", "respect", side=str(keyed.birch.pk), about=["us"])
    report = carried(keyed, praise)
    assert report.said["record"]["kind"] == "greeting", "never more than was printed"

    with tenant(keyed.campaign.pk), pytest.raises(receiving.NotToBeAnnounced):
        receiving.announce(
            keyed.campaign, by_party=keyed.birch.code, kind="greeting",
            quote=report.said["record"]["body"], of=report.name, by=keyed.petra.actor,
        )  # fmt: skip


def test_a_denial_answers_the_claim_that_it_was_linked_to_on_the_press_desk(keyed: Cutter) -> None:
    with tenant(keyed.campaign.pk):
        row = told.claim(
            keyed.campaign, keyed.birch, kind="support", quote="They wrote to us.",
            when=keyed.drop(HOPED).dropped_at, by=keyed.petra.actor,
        )  # fmt: skip
    denial = keyed.confirms(
        keyed.drop(PHANTOM), "denial", "told the Courier", record=str(row.pk), answers=""
    )

    report = carried(keyed, denial)

    assert report.said["record"]["of"] == row.name
    assert "belongs to a word on the press desk" in keyed.open("excerpt", excerpt_id=denial.pk)


def test_our_own_word_is_not_carried_as_theirs(keyed: Cutter) -> None:
    excerpt = keyed.confirms(keyed.drop(PHANTOM), "correction", "misinformed", side="us", about=[])

    answer = keyed.sends("carry", {}, excerpt_id=excerpt.pk)

    assert answer.status_code == 422
    assert "drafted at the press desk" in answer.content.decode()
    with tenant(keyed.campaign.pk):
        assert not Record.objects.of(keyed.campaign).exists()


def test_it_is_carried_once_and_not_after_it_was_taken_back(keyed: Cutter) -> None:
    article = keyed.drop(PHANTOM)
    denial = keyed.confirms(article, "denial", "has denied")
    carried(keyed, denial)
    again = keyed.sends("carry", {}, excerpt_id=denial.pk)
    other = keyed.confirms(article, "denial", "told the Courier")
    keyed.sends("take-back", {}, excerpt_id=other.pk)
    taken_back = keyed.sends("carry", {}, excerpt_id=other.pk)

    assert (again.status_code, taken_back.status_code) == (422, 422)
    assert "on the press desk already" in again.content.decode()
    assert "taken back" in taken_back.content.decode()
    with tenant(keyed.campaign.pk):
        assert Record.objects.of(keyed.campaign).count() == 1


def test_without_keys_nothing_can_be_carried_and_the_page_does_not_offer_it(cutter: Cutter) -> None:
    denial = cutter.confirms(cutter.drop(PHANTOM), "denial", "has denied")

    assert "Carry it" not in cutter.open("excerpt", excerpt_id=denial.pk)
    answer = cutter.sends("carry", {}, excerpt_id=denial.pk)
    assert answer.status_code == 422
    assert "no keys yet" in answer.content.decode()


def test_a_call_back_stands_above_the_clipping_on_the_timeline(keyed: Cutter) -> None:
    from datetime import UTC, datetime

    noon = datetime(2026, 6, 13, 12, tzinfo=UTC)
    article = keyed.drop(PHANTOM.replace("26 August 2031", "13 June 2026"))
    praise = keyed.confirms(
        article, "praise", "respect", side=str(keyed.birch.pk), about=["us"], said_on="2026-06-13"
    )
    call = told.Call("Hal", "01632 960 001", noon, "Petra", "Ben")
    with tenant(keyed.campaign.pk):
        for evidence, rung in (("told", None), ("called_back", call)):
            told.word_of(
                keyed.campaign, keyed.birch, kind="greeting", body=f"Well wishes, {evidence}.", when=noon,
                evidence=evidence, source="x", call=rung, by=keyed.petra.actor,
            )  # fmt: skip
        entries = timeline(keyed.campaign, ledger_of(keyed.campaign), US, keyed.birch)

    assert [entry.grade for entry in entries] == ["called_back", "published", "told"]
    assert entries[1].clipping is not None
    assert entries[1].clipping.excerpt.pk == praise.pk
    page = keyed.open("timeline", party_id=keyed.birch.pk)
    words = ["confirmed by a call back", "published, a clipping", "told by someone"]
    assert [page.index(f"<strong>{one}") for one in words] == sorted(
        page.index(f"<strong>{one}") for one in words
    )
