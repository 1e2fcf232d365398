"""Their word by file: only of those who were met, whole, once; and the grades of what they did not sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements import parties, receiving, told
from hustings.apps.statements.models import Entry, Record, Refusal, Salted
from hustings.apps.statements.queries import between, searched
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.salting import erase
from hustings.core.errors import BadInput
from hustings.core.ledger.verify import verify_bundle

if TYPE_CHECKING:
    from tests.apps.statements.talking import Desk


def sent(desk: Desk, text: str) -> Record | Refusal:
    with tenant(desk.campaign.pk):
        return receiving.receive(desk.campaign, text, by=desk.ada.actor)


def test_a_card_alone_lets_no_word_in_and_eight_words_do(riverside: Desk, harbour: Desk) -> None:
    party = riverside.meets(harbour, spoke=False)
    text = harbour.bundle(harbour.says())
    refused = sent(riverside, text)
    assert isinstance(refused, Refusal)
    assert "nobody who was met" in refused.reason

    with tenant(riverside.campaign.pk):
        meeting = parties.meet(riverside.campaign, party, read_with="Hal", by=riverside.ada.actor)

    assert (meeting.read_by, meeting.read_with) == (riverside.ada.called, "Hal")
    assert riverside.hears(text).said["body"] == "We wish you well."


def test_a_bundle_that_comes_twice_is_one_record_and_one_receipt(
    riverside: Desk, harbour: Desk
) -> None:
    riverside.meets(harbour)
    text = harbour.bundle(harbour.says())

    assert riverside.hears(text).pk == riverside.hears(text).pk

    with tenant(riverside.campaign.pk):
        receipts = Record.objects.of(riverside.campaign).filter(kind="receipt")
        assert [row.said["decision"] for row in receipts] == ["received"]


def test_their_receipts_bring_our_statement_from_sent_to_acknowledged(
    riverside: Desk, harbour: Desk
) -> None:
    riverside.meets(harbour)
    harbour.meets(riverside)
    ours = riverside.says()

    def state() -> str:
        with tenant(riverside.campaign.pk):
            return ledger_of(riverside.campaign).standing.statements[ours.name].state

    def answered() -> None:
        with tenant(harbour.campaign.pk):
            last = Record.objects.of(harbour.campaign).filter(kind="receipt").order_by("-id")[0]
        riverside.hears(harbour.bundle(last))

    assert state() == "sent"
    theirs = harbour.hears(riverside.bundle(ours))
    answered()
    assert state() == "delivered"
    receiving.decide(harbour.campaign, theirs, accept=True, by=harbour.ada.actor)
    answered()
    assert state() == "acknowledged"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("wish you well", "endorse you"),
        lambda text: text.replace('"kind":"greeting"', '"kind":"endorsement"'),
        lambda text: text[: len(text) // 2],
        lambda text: text + "x",
        lambda text: "",
        lambda text: "\0",
    ],
    ids=["words", "kind", "half", "more", "nothing", "zero"],
)
def test_what_was_changed_is_refused_and_kept_with_the_reason(
    riverside: Desk, harbour: Desk, change: Any
) -> None:
    riverside.meets(harbour)
    text = harbour.bundle(harbour.says())

    refused = sent(riverside, change(text))

    assert isinstance(refused, Refusal)
    assert refused.reason
    with tenant(riverside.campaign.pk):
        assert Record.objects.of(riverside.campaign).count() == 0


def test_their_new_keys_come_with_their_word_and_a_fork_is_refused(
    riverside: Desk, harbour: Desk
) -> None:
    from hustings.apps.statements.node import take_next_keys
    from tests.apps.cast import SETUP

    riverside.meets(harbour)
    take_next_keys(harbour.campaign, " ".join(harbour.sheet.next_keys), by=SETUP)

    assert riverside.hears(harbour.bundle(harbour.says("After."))).said["body"] == "After."


def test_our_own_card_and_two_cards_are_refused(riverside: Desk, harbour: Desk) -> None:
    for card, why in (
        (riverside.card, "our own card"),
        (harbour.card + riverside.card, "several"),
        ("nonsense\n", "only lines that begin"),
    ):
        with tenant(riverside.campaign.pk), pytest.raises(BadInput, match=why):
            parties.add_by_card(riverside.campaign, card, by=riverside.ada.actor)


def a_call(**more: str) -> told.Call:
    said = {
        "spoke_to": "Hal",
        "number": "01632 960 001",
        "rung_by": "Ada",
        "listened": "Ben",
    } | more
    return told.Call(at=timezone.now(), **said)


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [("told", "not-confirmed"), ("published", "not-confirmed"), ("called_back", "called-back")],
)
def test_only_a_call_back_makes_an_unsigned_word_one_that_may_be_announced(
    riverside: Desk, evidence: str, reason: str
) -> None:
    campaign, by = riverside.campaign, riverside.ada.actor
    with tenant(campaign.pk):
        party = parties.add_by_name(campaign, "Harbour", telephone="01632 960 001", by=by)
        row = told.word_of(
            campaign, party, kind="greeting", body="We wish you well.", when=timezone.now(),
            evidence=evidence, source="x", call=a_call() if evidence == "called_back" else None,
            by=by,
        )  # fmt: skip
        allowed = receiving.permission(
            campaign, by_party=party.code, kind="greeting", quote="wish you well", of=row.name
        )
    assert (allowed.allowed, allowed.reason) == (evidence == "called_back", reason)


def test_a_call_back_needs_a_second_person(riverside: Desk) -> None:
    campaign, by = riverside.campaign, riverside.ada.actor
    with tenant(campaign.pk):
        party = parties.add_by_name(campaign, "Harbour", telephone="", by=by)
        said = {"kind": "fact", "body": "x", "when": timezone.now(), "source": "x", "by": by}
        with pytest.raises(BadInput, match="another than the one who rang"):
            told.word_of(
                campaign, party, evidence="called_back", call=a_call(listened="Ada"), **said
            )
        with pytest.raises(BadInput, match="A call back needs"):
            told.word_of(campaign, party, evidence="called_back", **said)


def test_who_told_us_can_be_forgotten_and_the_log_still_verifies(riverside: Desk) -> None:
    campaign, by = riverside.campaign, riverside.ada.actor
    with tenant(campaign.pk):
        party = parties.add_by_name(campaign, "Harbour", telephone="", by=by)
        row = told.claim(
            campaign, party, kind="support", quote="They wrote to us.", when=timezone.now(),
            told_by="Zacharias", by=by,
        )  # fmt: skip
        assert "Zacharias" not in bytes(row.content).decode()
        assert Salted.objects.of(campaign).get().words == {"told_by": "Zacharias"}

        assert erase(campaign, row.said["toldBy"])

        assert Salted.objects.of(campaign).count() == 0
        assert verify_bundle(riverside.bundle(row)).good
        assert ledger_of(campaign).standing.claims[row.name].state == "claimed"


def test_how_many_of_their_records_were_searched_is_said_as_it_is(
    riverside: Desk, harbour: Desk
) -> None:
    party = riverside.meets(harbour)
    harbour.says("One.")
    riverside.hears(harbour.bundle(harbour.says("Two.")))

    with tenant(riverside.campaign.pk):
        assert searched(ledger_of(riverside.campaign), party) == (1, 2)


def test_each_word_has_the_colour_of_how_well_it_is_known(riverside: Desk, harbour: Desk) -> None:
    campaign, by = riverside.campaign, riverside.ada.actor
    party = riverside.meets(harbour)
    riverside.hears(harbour.bundle(harbour.says()))
    with tenant(campaign.pk):
        now = timezone.now()
        told.hope(campaign, party, kind="endorsement", quote="An endorsement.", due=None, by=by)
        told.claim(campaign, party, kind="support", quote="They wrote.", when=now, by=by)
        denied = told.claim(campaign, party, kind="support", quote="They rang.", when=now, by=by)
        told.answer_of(
            campaign, party, denied, decision="deny", text="No.", authority="press_office",
            when=now, evidence="called_back", source="telephone", call=a_call(), by=by,
        )  # fmt: skip
        looks = {word.words: word.look for word in between(ledger_of(campaign), party)}

    assert looks == {
        "We wish you well.": "signed", "An endorsement.": "hoped", "They wrote.": "claimed",
        "They rang.": "denied",
    }  # fmt: skip
    with tenant(campaign.pk):
        # Hopes and what was told stay inside; claims are in the log.
        kinds = {entry.record.kind for entry in Entry.objects.of(campaign).select_related("record")}
    assert kinds == {"receipt", "claim"}
