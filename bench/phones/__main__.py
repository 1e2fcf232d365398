"""
``python -m bench.phones [--events N] [--at-once N]``: what the browser tests do with ten thousand events, with many more.

On a fresh embedded server with its usual durable settings, waves of phones: each a profile of Chromium with the app on
it, a walk of its own and 2,500 events that the app's own functions make and its own outbox sends, through a network that
loses, repeats and refuses nearly half of all batches, to a server that is killed twice in every wave. At the end of each
wave every event is counted on both sides and every receipt is compared; the first that is lost or doubled ends the bench.

A million events: ``--events 1000000``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

EVENTS_A_PHONE = 2_500


def main() -> int:
    """Print the figures; 1 when anything was lost, doubled or put aside, or a receipt was wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.phones", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000, help="of all phones together")
    parser.add_argument("--at-once", type=int, default=4, help="phones in one wave")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hustings-bench-") as folder:
        os.environ.update(HUSTINGS_MODE="demo", HUSTINGS_HOME=folder, DJANGO_ALLOW_ASYNC_UNSAFE="1")
        figures, is_right = measure(chosen.events, chosen.at_once, Path(folder))
        for name, value in figures.items():
            print(f"{name:44} {value:>14,.1f}")
    return 0 if is_right else 1


def measure(events: int, at_once: int, folder: Path) -> tuple[dict[str, float], bool]:
    """All figures by name, and whether all was there once and every receipt right."""
    migrate = [sys.executable, "-m", "hustings.cli.main", "migrate"]
    subprocess.run(migrate, check=True, stdout=subprocess.DEVNULL)
    from hustings.server.start import django_setup

    django_setup()
    from playwright.sync_api import sync_playwright
    from tests.e2e.between import Network
    from tests.e2e.conftest import FLAGS, chromium_here
    from tests.e2e.crowd import walk_about
    from tests.e2e.running_server import MORTAL, RunningServer

    from hustings.apps.campaigns.actions import create_campaign

    doom = folder / "doom"
    phones = -(-events // EVENTS_A_PHONE)
    there = wrong = receipts = 0
    fates: Counter[str] = Counter()
    began = time.perf_counter()
    campaign = create_campaign("large", "Large")
    server = RunningServer(folder, command=MORTAL, TESTS_DOOM=str(doom)).start()
    try:
        with sync_playwright() as playwright:
            for first in range(1, phones + 1, at_once):
                numbers = range(first, min(first + at_once, phones + 1))
                network = Network(server.port, seed=first)
                browser = playwright.chromium.launch(executable_path=chromium_here(), args=FLAGS)
                tally = walk_about(
                    browser, campaign, numbers, EVENTS_A_PHONE, network, server, doom
                )
                browser.close()
                network.shutdown()
                network.server_close()
                fates += network.fates
                there += tally.there
                receipts += sum(len(set(receipt)) == 1 for receipt in tally.receipts)
                wrong += tally.lost + tally.doubled + tally.aside + abs(tally.made - tally.there)
                print(f"phones {numbers[0]}–{numbers[-1]}: {tally}", flush=True)
                if wrong or receipts != numbers[-1]:
                    break
    finally:
        server.stop()
    took_s = time.perf_counter() - began
    figures = {
        "events made, sent and counted": float(there), "lost, doubled or put aside": float(wrong),
        "phones": float(phones), "receipts equal on both sides": float(receipts),
        "server killed, times": 2.0 * -(-phones // at_once),
        **{f"batches {fate}": float(count) for fate, count in sorted(fates.items())},
        "minutes": took_s / 60, "events a second, all of it on this machine": there / took_s,
    }  # fmt: skip
    return figures, wrong == 0 and receipts == phones


if __name__ == "__main__":
    raise SystemExit(main())
