"""``hustings register``: bring in a register, an update, absent voters or contacts, and undo it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.register.comparing import Impact


def main(argv: list[str]) -> int:
    """Exit 0 done, 2 bad input in one sentence."""
    parser = argparse.ArgumentParser(prog="hustings register", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    bring = verbs.add_parser("import", help="bring in a file, or say what it would do")
    bring.add_argument("file", type=Path)
    bring.add_argument("--campaign", required=True, metavar="SLUG")
    bring.add_argument("--create-campaign", action="store_true", help="make the campaign if needed")
    bring.add_argument("--layout", help="the file's layout; recognised where not named")
    bring.add_argument("--dry-run", action="store_true", help="say what it would do, write nothing")
    bring.add_argument(
        "--whole",
        action="store_true",
        help="the file is the whole register: remove what is not in it",
    )
    bring.add_argument("--json", action="store_true", help="print one JSON object")
    undo = verbs.add_parser("undo", help="put everything back as it was before a file")
    undo.add_argument("batch", type=int)
    undo.add_argument("--campaign", metavar="SLUG", help="needed where there is more than one")
    undo.add_argument("--json", action="store_true", help="print one JSON object")
    verbs.add_parser("layouts", help="the layouts there are")
    chosen = parser.parse_args(argv)

    from hustings.server.start import django_setup

    django_setup()
    try:
        return {"import": _import, "undo": _undo, "layouts": _layouts}[chosen.verb](chosen)
    except HustingsError as error:
        print(f"hustings: {error}", file=sys.stderr)
        return 2


def _campaign(slug: str, *, create: bool) -> Campaign:
    from hustings.apps.campaigns.access import NoSuchCampaign, campaign_by_slug
    from hustings.apps.campaigns.actions import create_campaign

    try:
        return campaign_by_slug(slug)
    except NoSuchCampaign:
        if not create:
            raise
        return create_campaign(slug)


def _import(chosen: argparse.Namespace) -> int:
    from django.db import transaction

    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.register.actions import import_file, look, open_file
    from hustings.formats.register import layout_named

    layout = layout_named(chosen.layout) if chosen.layout else None
    opened = open_file(chosen.file, layout=layout)  # before anything is made for it
    by = command("register import")
    with transaction.atomic():
        campaign = _campaign(chosen.campaign, create=chosen.create_campaign)
        with tenant(campaign.pk):
            if chosen.dry_run:
                impact, problems = look(campaign, opened, whole=chosen.whole)
                number = None
            else:
                batch, impact, problems = import_file(
                    campaign, chosen.file, by=by, opened=opened, whole=chosen.whole
                )
                number = batch.pk
        transaction.set_rollback(chosen.dry_run)  # the campaign too, if it was made for this
    layout_name = opened.found.layout.name if opened.found.layout else ""
    if chosen.json:
        print(
            json.dumps(
                {
                    "file": chosen.file.name,
                    "campaign": chosen.campaign,
                    "layout": layout_name,
                    "written": opened.table.written,
                    "dry_run": chosen.dry_run,
                    "batch": number,
                    **impact.as_json(),
                    "examples": [
                        {"kind": kind, "row": row, "cell": cell}
                        for kind, row, cell in problems.examples
                    ],
                },
                ensure_ascii=False,
            )
        )
    else:
        _say(chosen, impact, f"{layout_name} ({opened.table.written})", number)
    return 0


def _say(chosen: argparse.Namespace, impact: Impact, layout: str, number: int | None) -> None:
    from hustings.core.register import ProblemKind

    print(f"{chosen.file.name}: {layout}")
    print(
        f"{impact.rows:,} rows read: {impact.added:,} added, {impact.changed:,} changed, "
        f"{impact.removed:,} removed, {impact.unchanged:,} unchanged, {impact.left_out:,} left out."
    )
    for code, count in impact.problems.items():
        kind = ProblemKind.of(code)
        print(f"  {count:,} × {kind.sentence} {kind.advice}")
    if number is None:
        print("Nothing was written (--dry-run).")
    else:
        print(f"Brought in as number {number}; «hustings register undo {number}» takes it back.")


def _undo(chosen: argparse.Namespace) -> int:
    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.access import campaign_by_slug
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.register.access import batch_for
    from hustings.apps.register.actions import undo
    from hustings.core.errors import BadInput

    if chosen.campaign:
        campaign = campaign_by_slug(chosen.campaign)
    else:
        campaigns = list(Campaign.objects.order_by("slug")[:2])
        if len(campaigns) != 1:
            raise BadInput("Name the campaign with --campaign: there is not just one here.")
        campaign = campaigns[0]
    with tenant(campaign.pk):
        done = undo(campaign, batch_for(campaign, chosen.batch), by=command("register undo"))
    if chosen.json:
        print(json.dumps({"batch": chosen.batch, **done}))
    else:
        print(
            f"Undone: {done['restored']:,} rows as they were before, {done['taken_away']:,} taken away"
            + (f", {done['kept']:,} kept for their history." if done["kept"] else ".")
        )
    return 0


def _layouts(chosen: argparse.Namespace) -> int:
    from hustings.formats.register import all_layouts

    for layout in all_layouts():
        print(f"{layout.name}\t{layout.kind}\t{layout.title}")
    return 0
