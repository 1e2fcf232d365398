"""``hustings people``: erase somebody at the host's command line, and see who was erased."""

from __future__ import annotations

import argparse
import json
import sys

from hustings.core.errors import HustingsError

REQUESTS = ("person", "for_them", "authority", "ours")


def main(argv: list[str]) -> int:
    """Exit 0 done or said, 2 bad input in one sentence."""
    parser = argparse.ArgumentParser(prog="hustings people", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    erase = verbs.add_parser("erase", help="say what would go; with --yes, erase it for good")
    erase.add_argument("person", type=int, help="the number in the address of the person's page")
    erase.add_argument("--campaign", required=True, metavar="SLUG")
    erase.add_argument(
        "--request", choices=REQUESTS, required=True, help="on whose request it is done"
    )
    erase.add_argument(
        "--member", action="append", default=[], metavar="EMAIL", help="a member who is this person"
    )
    erase.add_argument(
        "--phone", action="append", default=[], type=int, metavar="N",
        help="the number of a phone that is this person's",
    )  # fmt: skip
    erase.add_argument("--yes", action="store_true", help="do it; it cannot be undone")
    erase.add_argument("--json", action="store_true", help="print one JSON object")
    erased = verbs.add_parser("erased", help="who was erased: numbers, no names")
    erased.add_argument("--campaign", required=True, metavar="SLUG")
    erased.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args(argv)

    from hustings.server.start import django_setup

    django_setup()
    try:
        return {"erase": _erase, "erased": _erased}[chosen.verb](chosen)
    except HustingsError as error:
        print(f"hustings: {error}", file=sys.stderr)
        return 2


def _erase(chosen: argparse.Namespace) -> int:
    from hustings.apps.accounts.queries import members_of
    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.access import campaign_by_slug
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.erasure.actions import erase_person, foresee
    from hustings.apps.erasure.queries import in_words
    from hustings.core.errors import BadInput

    campaign, by = campaign_by_slug(chosen.campaign), command("people erase")
    by_email = {member.user.email: member.pk for member in members_of(campaign)}
    members = [by_email.get(email.strip().lower()) for email in chosen.member]
    if None in members:
        raise BadInput(
            "There is no member by one of these e-mail addresses; look at Settings, Members."
        )
    if chosen.yes:
        went = erase_person(
            campaign,
            chosen.person,
            request=chosen.request,
            members=[member for member in members if member is not None],
            phones=chosen.phone,
            by=by,
        )
    else:
        with tenant(campaign.pk):
            went = foresee(campaign, chosen.person, by=by)
    if chosen.json:
        print(json.dumps({"erased": chosen.yes, "person": chosen.person, "rows": went.rows}))
        return 0
    print(f"Person {chosen.person} {'was erased' if chosen.yes else 'would be erased'}:")
    for words, count in in_words(went.rows):
        print(f"{count:>6}  {words}")
    if not chosen.yes:
        print("Nothing was changed. To erase for good, say it again with --yes.")
    return 0


def _erased(chosen: argparse.Namespace) -> int:
    from hustings.apps.campaigns.access import campaign_by_slug
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.people.queries import erasures

    campaign = campaign_by_slug(chosen.campaign)
    with tenant(campaign.pk):
        found = erasures(campaign)
    if chosen.json:
        rows = [
            {"person": one.person_number, "at": one.at.isoformat(), "request": one.request}
            for one in found
        ]
        print(json.dumps({"campaign": campaign.slug, "erased": rows}))
        return 0
    for one in found:
        print(f"{one.person_number}\t{one.at:%Y-%m-%d %H:%M}\t{one.request}\t{one.by_label}")
    return 0
