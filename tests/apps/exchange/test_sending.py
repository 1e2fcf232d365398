"""A word that is signed here is on record there, once, with a receipt, and each saw the other's log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange.access import contacts_with, entries_of, heads_of, outcomes_of
from hustings.apps.exchange.again import try_again
from hustings.apps.exchange.models import Contact, Delivery
from hustings.apps.exchange.sending import (
    LONGEST_WAIT,
    ask_to_send,
    is_behind,
    is_due,
    next_call,
    send_what_is_due,
)
from hustings.apps.statements.models import Record
from hustings.apps.statements.proving import bundle_of
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput
from hustings.core.ledger.verify import verify_bundle
from tests.apps.cast import SETUP
from tests.apps.exchange.wire import Wire
from tests.apps.statements.talking import Desk


def test_a_statement_arrives_is_receipted_and_both_saw_both_logs(
    wire: Wire, riverside: Desk, harbour: Desk
) -> None:
    there, here = wire.connect(riverside, harbour)
    said = riverside.says("We wish you well.")

    calls = wire.brings(riverside, there)

    assert [call.contact.sentence for call in calls] == [""] * len(calls)
    with tenant(harbour.campaign.pk):
        heard = Record.objects.of(harbour.campaign).get(name=said.name)
        assert heard.said["body"] == "We wish you well."
        assert [one["type"] for _, one in entries_of(here) if one] == ["statement"]
        assert not is_behind(here)
    with tenant(riverside.campaign.pk):
        state = ledger_of(riverside.campaign).standing.statements[said.name]
        assert state.state == "delivered"
        assert outcomes_of(there)[said.pk].state == "delivered"
        assert heads_of(there).first().size == 1
        verdict = verify_bundle(bundle_of(said))
        assert verdict.good, verdict.broken
        assert [seen.name for seen in verdict.witnesses] == ["Harbour"]
    assert len(wire.passed) <= 3


def test_the_worker_calls_who_has_something_to_get_and_nobody_twice(
    wire: Wire, riverside: Desk, harbour: Desk
) -> None:
    there, _here = wire.connect(riverside, harbour)
    said = riverside.says()

    assert send_what_is_due() == 2  # neither was ever called
    passed = len(wire.passed)
    assert send_what_is_due() == 0

    assert len(wire.passed) == passed
    with tenant(riverside.campaign.pk):
        assert outcomes_of(there)[said.pk].state == "delivered"


def test_a_peer_that_does_not_answer_waits_longer_and_longer_and_loses_nothing(
    wire: Wire, riverside: Desk, harbour: Desk, time_machine: Any
) -> None:
    there, _here = wire.connect(riverside, harbour)
    said = riverside.says()
    wire.cut = True
    now, waits = timezone.now(), []
    for _ in range(12):
        time_machine.move_to(now, tick=False)
        with tenant(riverside.campaign.pk):
            assert is_due(there)
            ask_to_send(there, by=SETUP)
            assert not is_due(there)
            waits.append(next_call(there) - now)
            now = next_call(there)
    assert [wait.total_seconds() / 60 for wait in waits[:5]] == [1, 2, 4, 8, 16]
    assert max(waits) == waits[-1] == LONGEST_WAIT

    wire.cut = False
    time_machine.move_to(now, tick=False)
    with tenant(riverside.campaign.pk):
        ask_to_send(there, by=SETUP)
        assert outcomes_of(there)[said.pk].state == "delivered"
        assert Contact.objects.of(riverside.campaign).filter(good=False).count() == 12
        assert contacts_with(there)[0].good


def test_what_they_refused_is_shown_and_sent_again_only_when_somebody_says_so(
    wire: Wire, riverside: Desk, harbour: Desk
) -> None:
    there, _here = wire.connect(riverside, harbour)
    said = riverside.says()
    with tenant(riverside.campaign.pk):
        Delivery.objects.create(
            campaign=riverside.campaign, party=there, record=said, state="refused", sentence="No."
        )
    wire.brings(riverside, there)
    with tenant(riverside.campaign.pk):
        assert outcomes_of(there)[said.pk].state == "refused"

        try_again(riverside.campaign, there, said, by=SETUP)
        with pytest.raises(BadInput, match="nothing to try again"):
            try_again(riverside.campaign, there, said, by=SETUP)
    wire.brings(riverside, there)
    with tenant(riverside.campaign.pk):
        assert outcomes_of(there)[said.pk].state == "delivered"


def test_a_place_of_the_log_that_was_hidden_is_read_when_it_is_shown(
    wire: Wire, riverside: Desk, harbour: Desk, time_machine: Any
) -> None:
    there, here = wire.connect(riverside, harbour)
    later = timezone.now() + timedelta(days=1)
    riverside.says("To everyone, tomorrow.", not_before=later)
    riverside.says("To somebody else, tomorrow.", not_before=later, to=["party:x"])
    wire.brings(riverside, there)

    def shown() -> list[bool]:
        with tenant(harbour.campaign.pk):
            return [said is not None for _leaf, said in entries_of(here)]

    assert shown() == [False, False]
    time_machine.move_to(later + timedelta(minutes=1))
    wire.brings(riverside, there)
    assert shown()[0]
    wire.brings(harbour, here)
    assert shown()[:2] == [True, True]
