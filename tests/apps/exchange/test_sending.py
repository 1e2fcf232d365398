"""A word that is signed here is on record there, once, with a receipt, and each saw the other's log."""

from __future__ import annotations

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange.access import entries_of, heads_of, outcomes_of
from hustings.apps.exchange.sending import is_behind
from hustings.apps.statements.models import Record
from hustings.apps.statements.publishing import bundle_of
from hustings.apps.statements.reading import ledger_of
from hustings.core.ledger.verify import verify_bundle
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
