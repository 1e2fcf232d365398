"""Ten thousand events by the app's own outbox, through a network that loses and repeats, to a server that dies twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.between import FATES, Network
from tests.e2e.crowd import walk_about
from tests.e2e.running_server import MORTAL, RunningServer

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from hustings.apps.campaigns.models import Campaign

PHONES = 4
EVENTS_A_PHONE = 2_500


def test_ten_thousand_events_of_four_phones_are_there_once_each_and_every_receipt_is_right(
    browser: Browser, campaign: Campaign, tmp_path: Path
) -> None:
    doom = tmp_path / "doom"
    server = RunningServer(tmp_path, command=MORTAL, TESTS_DOOM=str(doom)).start()
    network = Network(server.port, seed=7)
    try:
        tally = walk_about(
            browser, campaign, range(1, PHONES + 1), EVENTS_A_PHONE, network, server, doom
        )
    finally:
        network.shutdown()
        network.server_close()
        server.stop()

    assert tally.made == tally.there == PHONES * EVENTS_A_PHONE == 10_000
    assert (tally.lost, tally.doubled, tally.aside) == (0, 0, 0)
    assert len(tally.receipts) == PHONES
    for here, confirmed, counted in tally.receipts:
        assert here == confirmed == counted
    assert set(network.fates) == set(FATES), network.fates
