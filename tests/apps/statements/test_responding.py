"""What came in has an owner and a clock; nothing is edited, and a correction lies ready that nobody signed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements import drafting, receiving, responding, told
from hustings.apps.statements.access import NotYet, record_named
from hustings.apps.statements.models import Matter, Record
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput
from tests.apps.cast import signed_in
from tests.apps.statements.test_embedding import WORDS, called_back, withdrawn_by
from tests.apps.statements.test_their_word import a_call

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.statements.models import Party
    from tests.apps.statements.talking import Desk

PHANTOM = "We had a message from them yesterday."


def matters(desk: Desk) -> list[responding.Standing]:
    with tenant(desk.campaign.pk):
        return responding.standings(desk.campaign)


def a_claim(desk: Desk, party: Party, *, ours: bool = True) -> Record:
    with tenant(desk.campaign.pk):
        return told.claim(
            desk.campaign, party, kind="support", quote=PHANTOM, when=timezone.now(), ours=ours,
            by=desk.ada.actor,
        )  # fmt: skip


def denies(desk: Desk, party: Party, row: Record, evidence: str = "called_back") -> None:
    with tenant(desk.campaign.pk):
        told.answer_of(
            desk.campaign, party, row, decision="deny", text="No.", authority="press_office",
            when=timezone.now(), evidence=evidence, source="telephone",
            call=a_call() if evidence == "called_back" else None, by=desk.ada.actor,
        )  # fmt: skip


def test_a_denial_opens_a_matter_with_a_clock_and_a_correction_that_lies_ready(
    riverside: Desk,
) -> None:
    party, _word = called_back(riverside)
    claim = a_claim(riverside, party)
    assert matters(riverside) == []

    denies(riverside, party, claim)

    (one,) = matters(riverside)
    assert (one.matter.why, one.state, one.owner) == ("denial", "open", None)
    assert one.due_at - one.matter.at == timedelta(hours=1)
    with tenant(riverside.campaign.pk):
        draft = record_named(riverside.campaign, one.matter.draft)
        assert draft is not None
        assert draft.said["kind"] == "correction"
        assert PHANTOM in draft.said["body"]
        state = ledger_of(riverside.campaign).standing.drafts[draft.name]
        assert (state.state, state.approved_by) == ("drafted", ())
        assert not Record.objects.of(riverside.campaign).filter(kind="statement").exists()


def test_the_correction_goes_the_way_of_every_word_and_ends_the_matter(riverside: Desk) -> None:
    party, _word = called_back(riverside)
    claim = a_claim(riverside, party)
    denies(riverside, party, claim)
    (one,) = matters(riverside)
    with tenant(riverside.campaign.pk):
        draft = record_named(riverside.campaign, one.matter.draft)
    assert draft is not None
    with pytest.raises(NotYet, match="not approved"):
        drafting.sign(riverside.campaign, draft, by=riverside.ada.actor)
    for who in (riverside.ada, riverside.cora):
        drafting.approve(riverside.campaign, draft, by=who)

    made = drafting.sign(riverside.campaign, draft, by=riverside.ada.actor)

    (one,) = matters(riverside)
    assert one.state == "answered"
    assert one.end is not None
    assert one.end.answer == made.name
    with tenant(riverside.campaign.pk):
        assert ledger_of(riverside.campaign).standing.claims[claim.name].corrected


def test_a_denial_that_was_only_told_and_one_that_comes_again_open_nothing_new(
    riverside: Desk,
) -> None:
    party, _word = called_back(riverside)
    claim = a_claim(riverside, party)
    denies(riverside, party, claim, "told")
    assert matters(riverside) == []

    denies(riverside, party, claim)
    denies(riverside, party, claim)

    assert len(matters(riverside)) == 1
    with tenant(riverside.campaign.pk):
        assert Record.objects.of(riverside.campaign).filter(kind="draft").count() == 1


def test_a_claim_about_us_waits_for_our_answer_and_the_answer_ends_it(riverside: Desk) -> None:
    party, _word = called_back(riverside)
    claim = a_claim(riverside, party, ours=False)
    (one,) = matters(riverside)
    assert (one.matter.why, one.matter.words) == ("claim", PHANTOM)

    told.respond(
        riverside.campaign, claim, decision="deny", text="We did not.", authority="press_office",
        by=riverside.ada.actor,
    )  # fmt: skip

    assert matters(riverside)[0].state == "answered"


def test_a_signed_question_waits_until_the_hour_they_ask_for(
    riverside: Desk, harbour: Desk
) -> None:
    riverside.meets(harbour)
    us = harbour.meets(riverside)
    claim = a_claim(harbour, us)
    query = told.ask(harbour.campaign, claim, by=harbour.ada.actor)
    riverside.hears(harbour.bundle(claim))
    riverside.hears(harbour.bundle(query))
    riverside.hears(harbour.bundle(query))

    found = {one.matter.why: one for one in matters(riverside)}

    assert set(found) == {"claim", "query"}
    assert found["query"].matter.words == PHANTOM
    assert found["query"].due_at.strftime("%Y-%m-%dT%H:%M:%SZ") == query.said["due"]


def test_their_withdrawal_of_what_we_announced_opens_one_and_of_what_we_did_not_none(
    riverside: Desk, harbour: Desk
) -> None:
    party = riverside.meets(harbour)
    used, unused = (riverside.hears(harbour.bundle(harbour.says(w))) for w in (WORDS, "Hello."))
    receiving.announce(
        riverside.campaign, by_party=party.code, kind="greeting", quote=WORDS, of=used.name,
        by=riverside.ada.actor,
    )  # fmt: skip

    for row in (used, unused):
        riverside.hears(withdrawn_by(harbour, row.name))

    (one,) = matters(riverside)
    assert (one.matter.why, one.matter.about) == ("taken_back", used.name)
    with tenant(riverside.campaign.pk):
        draft = record_named(riverside.campaign, one.matter.draft)
    assert draft is not None
    assert "We quoted Harbour: “" + WORDS in draft.said["body"]


def test_taking_a_claim_back_leaves_a_correction_ready(riverside: Desk) -> None:
    party, _word = called_back(riverside)
    claim = a_claim(riverside, party)

    told.retract(riverside.campaign, claim, reason="Misinformed.", by=riverside.ada.actor)

    (one,) = matters(riverside)
    assert one.state == "answered"
    page = signed_in(riverside.ada).get(
        reverse("statements:desk", args=[riverside.campaign.slug])
    ).content.decode()  # fmt: skip
    assert "lay ready by itself" in page


def test_the_clock_the_owner_and_the_end_are_rows_and_nothing_is_edited(
    riverside: Desk, bob: Membership
) -> None:
    campaign, ada, ben = riverside.campaign, riverside.ada, riverside.ben
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        matter = responding.open_matter(campaign, "other", "A paper rang.", by=ada.actor)
        responding.take(campaign, matter.pk, by=ada)
        clock.shift(timedelta(hours=3, minutes=59))
        assert not matters(riverside)[0].overdue
        clock.shift(timedelta(minutes=1))
        assert matters(riverside)[0].overdue
        responding.move(campaign, matter.pk, now + timedelta(hours=9), by=ada.actor)
        assert not matters(riverside)[0].overdue
        with pytest.raises(BadInput, match="cannot enter the press desk"):
            responding.hand_over(campaign, matter.pk, bob, by=ada.actor)
        responding.hand_over(campaign, matter.pk, ben, by=ada.actor)
        assert matters(riverside)[0].owner == ben.pk
        with pytest.raises(BadInput, match="Say why it is left"):
            responding.leave(campaign, matter.pk, " ", by=ben.actor)
        responding.leave(campaign, matter.pk, "They did not print it.", by=ben.actor)
        with pytest.raises(NotYet, match="over already"):
            responding.take(campaign, matter.pk, by=ada)
    (one,) = matters(riverside)
    assert [step.kind for step in one.steps] == ["taken", "moved", "handed", "left"]
    assert one.state == "left"
    with tenant(campaign.pk):
        verbs = AuditLine.objects.of(campaign).filter(subject="matter").order_by("pk")
        assert [line.verb for line in verbs] == [
            "matter.open", "matter.take", "matter.move", "matter.hand_over", "matter.leave",
        ]  # fmt: skip


def test_what_is_overdue_stands_first_on_the_press_desk(riverside: Desk) -> None:
    campaign, by = riverside.campaign, riverside.ada.actor
    now = timezone.now()
    for words, hours in (("Later", 9), ("Overdue", -1), ("Soon", 1)):
        responding.open_matter(campaign, "other", words, due_at=now + timedelta(hours=hours), by=by)

    page = signed_in(riverside.ada).get(reverse("statements:desk", args=[campaign.slug]))

    text = page.content.decode()
    assert text.index("Overdue") < text.index("Soon") < text.index("Later")
    assert "1 overdue" in text


def test_a_matter_is_taken_handed_over_and_answered_on_its_page(riverside: Desk) -> None:
    campaign, client = riverside.campaign, signed_in(riverside.ada)
    made = client.post(
        reverse("statements:new-matter", args=[campaign.slug]),
        {"why": "other", "words": "A paper rang.", "due_at": "2026-06-13T12:00"},
    )
    with tenant(campaign.pk):
        matter = Matter.objects.of(campaign).get()
    here = matter.due_at.astimezone(ZoneInfo(campaign.time_zone))
    assert (made.status_code, here.isoformat()) == (302, "2026-06-13T12:00:00+01:00")

    def do(verb: str, **form: str) -> int:
        where = reverse("statements:matter-do", args=[campaign.slug, matter.pk, verb])
        return client.post(where, form).status_code

    assert do("take") == 302
    assert do("hand-over", **{"to-to": str(riverside.ben.pk)}) == 302
    assert do("move", **{"hour-due_at": "2026-06-13T18:00"}) == 302
    assert do("answered", **{"answered-how": ""}) == 422
    assert do("answered", **{"answered-how": "Rang them back."}) == 302
    assert do("leave") == 404
    (one,) = matters(riverside)
    assert (one.state, one.owner) == ("answered", riverside.ben.pk)
