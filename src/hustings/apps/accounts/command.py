"""``hustings campaign``: campaigns, their members and links to sign in, at the host's command line."""

from __future__ import annotations

import argparse
import sys

from hustings.core.errors import HustingsError


def main(argv: list[str]) -> int:
    """Exit 0 done, 2 bad input in one sentence."""
    parser = argparse.ArgumentParser(prog="hustings campaign", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    create = verbs.add_parser("create", help="make a campaign")
    create.add_argument("slug", help="short name: letters, digits, hyphens")
    create.add_argument("--name", default="")
    verbs.add_parser("list", help="the campaigns there are")
    member = verbs.add_parser("member", help="add a member, or change a role")
    member.add_argument("slug")
    member.add_argument("email")
    member.add_argument(
        "--role", choices=["organiser", "canvasser", "observer", "press"], default="organiser"
    )
    member.add_argument("--name", default="")
    member.add_argument(
        "--us-status",
        default="",
        choices=["", "citizen", "national", "permanent-resident", "foreign"],
        help="what they answered, where the campaign is in the United States",
    )
    link = verbs.add_parser(
        "link", help="a link that signs one person in once, for fifteen minutes"
    )
    link.add_argument("email")
    chosen = parser.parse_args(argv)

    from hustings.server.start import django_setup

    django_setup()
    try:
        return _VERBS[chosen.verb](chosen)
    except HustingsError as error:
        print(f"hustings: {error}", file=sys.stderr)
        return 2


def _create(chosen: argparse.Namespace) -> int:
    from hustings.apps.campaigns.actions import create_campaign

    campaign = create_campaign(chosen.slug, chosen.name)
    print(f"Made the campaign «{campaign.name}» ({campaign.slug}).")
    return 0


def _list(chosen: argparse.Namespace) -> int:
    from hustings.apps.campaigns.models import Campaign

    for campaign in Campaign.objects.order_by("slug"):
        print(f"{campaign.slug}\t{campaign.name}")
    return 0


def _member(chosen: argparse.Namespace) -> int:
    from hustings.apps.accounts.actions import add_member
    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.access import campaign_by_slug

    campaign = campaign_by_slug(chosen.slug)
    membership = add_member(
        campaign,
        chosen.email,
        chosen.role,
        name=chosen.name,
        us_status=chosen.us_status,
        by=command("campaign member"),
    )
    print(f"{membership.user.email} is now {membership.get_role_display()} of {campaign.name}.")
    return 0


def _link(chosen: argparse.Namespace) -> int:
    from django.conf import settings
    from django.urls import reverse

    from hustings.apps.accounts.actions import make_sign_in_link
    from hustings.apps.accounts.models import User
    from hustings.core.errors import BadInput

    user = User.objects.filter(email=chosen.email.strip().lower()).first()
    if user is None:
        raise BadInput(
            f"Nobody is known by «{chosen.email}»; «hustings campaign member» adds somebody."
        )
    print(settings.SITE_URL + reverse("sign-in-link", args=[make_sign_in_link(user)]))
    return 0


_VERBS = {"create": _create, "list": _list, "member": _member, "link": _link}
