"""``hustings exchange``: call the other campaigns, give a file for one, take one in."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from hustings.core.errors import HustingsError


def main(argv: list[str]) -> int:
    """Exit 0 done, 1 a peer could not be reached or refused something, 2 bad input in one sentence."""
    parser = argparse.ArgumentParser(prog="hustings exchange", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    send = verbs.add_parser("send", help="call each peer that has an address, now")
    send.add_argument("--campaign", required=True, metavar="SLUG")
    send.add_argument("--json", action="store_true", help="print one JSON object")
    give = verbs.add_parser("give", help="write the file for one peer")
    give.add_argument("--campaign", required=True, metavar="SLUG")
    give.add_argument(
        "--to", required=True, metavar="NODE", help="the peer's node, as its card names it"
    )
    give.add_argument("--out", required=True, metavar="FILE", type=Path)
    take = verbs.add_parser("take", help="take a peer's file in")
    take.add_argument("file", metavar="FILE", type=Path)
    take.add_argument("--campaign", required=True, metavar="SLUG")
    take.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args(argv)

    from hustings.server.start import django_setup

    django_setup()
    try:
        return {"send": _send, "give": _give, "take": _take}[chosen.verb](chosen)
    except HustingsError as error:
        print(f"hustings: {error}", file=sys.stderr)
        return 2


def _send(chosen: argparse.Namespace) -> int:
    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.access import campaign_by_slug
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.exchange.access import address_of, peers_of
    from hustings.apps.exchange.sending import MOST_CALLS, Sent, send

    campaign, by = campaign_by_slug(chosen.campaign), command("exchange send")
    with tenant(campaign.pk):
        peers = [party for party in peers_of(campaign) if address_of(party)]
    said = []
    for party in peers:
        calls: list[Sent] = []
        while len(calls) < MOST_CALLS and (not calls or calls[-1].more):
            with tenant(campaign.pk):  # one call, one transaction: nothing is locked while we wait
                calls.append(send(party, by=by))
        made = calls[-1].contact
        said.append({"peer": party.name, "good": made.good, "sentence": made.sentence})
    if chosen.json:
        print(json.dumps({"campaign": campaign.slug, "calls": said}))
    else:
        for one in said:
            print(f"{one['peer']}: {one['sentence'] or 'all is there'}")
    return 0 if all(one["good"] for one in said) else 1


def _give(chosen: argparse.Namespace) -> int:
    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.access import campaign_by_slug
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.exchange.access import peer_by_code
    from hustings.apps.exchange.files import give_file
    from hustings.core.errors import BadInput

    campaign = campaign_by_slug(chosen.campaign)
    with tenant(campaign.pk):
        party = peer_by_code(campaign, chosen.to)
    if party is None:
        raise BadInput(
            "There is no peer of that name; it begins with «node:» and stands in their card."
        )
    text = give_file(campaign, party, by=command("exchange give"))
    try:
        chosen.out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"«{chosen.out}» cannot be written: {error.strerror}.") from error
    return 0


def _take(chosen: argparse.Namespace) -> int:
    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.access import campaign_by_slug
    from hustings.apps.exchange.files import take_file
    from hustings.core.errors import BadInput

    try:
        text = chosen.file.read_bytes()
    except OSError as error:
        raise BadInput(f"«{chosen.file}» cannot be read: {error.strerror}.") from error
    party, outcome = take_file(campaign_by_slug(chosen.campaign), text, by=command("exchange take"))
    if chosen.json:
        print(json.dumps({"from": party.name, "new": outcome.new, "refused": outcome.refused}))
    else:
        print(f"{party.name}: {outcome.new} new")
        for sentence in outcome.refused:
            print(f"refused: {sentence}")
    return 1 if outcome.refused else 0
