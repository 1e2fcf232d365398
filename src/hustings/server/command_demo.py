"""``hustings demo``: a campaign with a generated town, to look at and to break (see script/demo)."""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time


def main(argv: list[str]) -> int:
    """Exit 0 when it was built (``--once``) or stopped; 2 when it cannot be."""
    parser = argparse.ArgumentParser(prog="hustings demo", description=__doc__)
    parser.add_argument(
        "--once", action="store_true", help="build it, print its numbers as JSON, and stop"
    )
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args(argv)
    began = float(os.environ.get("HUSTINGS_STARTED_AT") or time.time())
    set_up = time.time() - began
    if os.environ.get("HUSTINGS_MODE") != "demo":
        print(
            "hustings: the demo is started by script/demo, which keeps it apart from real campaigns.",
            file=sys.stderr,
        )
        return 2
    port = chosen.port if chosen.once else _free_port(chosen.port)
    os.environ.setdefault("HUSTINGS_SITE_URL", f"http://localhost:{port}")
    say("Getting the database ready")
    ready = time.time()
    migrated = subprocess.run(  # our own interpreter and module
        [sys.executable, "-m", "hustings.server.command_migrate"],
        capture_output=True,
        text=True,
        check=False,
    )
    if migrated.returncode:
        print(
            f"hustings: the database could not be made ready.\n{migrated.stderr[-2000:]}",
            file=sys.stderr,
        )
        return 2
    from hustings.server.start import django_setup

    django_setup()
    from hustings.server.demo.build import build

    database_s = time.time() - ready
    numbers = build(say)
    numbers["seconds"] = {
        "set-up": round(set_up, 2), "database": round(database_s, 2), **numbers["seconds"],
        "in all": round(time.time() - began, 2),
    }  # fmt: skip
    if chosen.once:
        print(json.dumps(numbers, indent=2))
        return 0
    invitation = _invitation(numbers, port)
    from hustings.server.command_serve import serve

    say("Starting the web server")
    return serve("127.0.0.1", port, 1, ready=lambda: print(invitation, flush=True))


def say(what: str) -> None:
    """One line on what is being done, beside the JSON."""
    print(f"hustings: {what} …", file=sys.stderr, flush=True)


def _free_port(wanted: int) -> int:
    for port in range(wanted, wanted + 20):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return wanted


def _invitation(numbers: dict[str, object], port: int) -> str:
    """Where it is, and how to sign in without a mail server."""
    from datetime import timedelta

    from django.urls import reverse

    from hustings.apps.accounts.actions import make_sign_in_link
    from hustings.apps.accounts.models import User
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.outings.models import Turf
    from hustings.server.demo.build import OBSERVER, ORGANISER, SLUG
    from hustings.server.demo.press import PRESS

    site = f"http://localhost:{port}"
    a_day = timedelta(days=1)
    links = {
        email: site
        + reverse(
            "sign-in-link", args=[make_sign_in_link(User.objects.get(email=email), lives=a_day)]
        )
        for email in (ORGANISER, OBSERVER, PRESS)
        if User.objects.filter(email=email).exists()  # an older demo has no press officer
    }
    campaign = Campaign.objects.get(slug=SLUG)
    with tenant(campaign.pk):
        free = [
            turf
            for turf in Turf.objects.of(campaign).exclude(code="").order_by("number")
            if turf.state == "published"
        ]
    written = (
        f"\n  Hustings is at {site}\n\n"
        f"  {numbers['doors']} doors in {numbers['turfs']} walks, {numbers['results']} results of a first evening.\n\n"
        f"  Sign in as the organiser (once):  {links[ORGANISER]}\n"
        f"  Sign in as an observer (once):    {links[OBSERVER]}\n"
        + (f"  Sign in as press officer (once):  {links[PRESS]}\n" if PRESS in links else "")
    )
    if free:
        written += (
            f"\n  As a canvasser, in another browser or on a phone: {site}/w/ and the code {free[0].code}\n"
            f"  (walk {free[0].number}, {free[0].name}); then let the phone in as the organiser, under Phones.\n"
        )
    return (
        written
        + "\n  Stop it with Ctrl-C. script/demo brings it back as it was; remove var/demo to begin anew.\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
