"""Inviting people to report: each has a link of their own, days before, and tries it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.accounts.secrets import hash_of, new_secret
from hustings.apps.audit.actions import record
from hustings.apps.contests.models import (
    Report,
    Reporter,
    ReporterLetter,
    ReporterLink,
    ReporterStep,
    ReporterUnit,
)
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Collection

    from hustings.apps.audit.actors import Actor
    from hustings.apps.contests.models import Contest, Unit
    from hustings.apps.volunteers.models import Volunteer

SOURCES = (Report.Source.CAPTAIN, Report.Source.SECOND, Report.Source.OFFICIAL)
"""What somebody in the room may be."""
MOST_UNITS = 40


def invite(
    contest: Contest, name: str, units: Collection[Unit], *, source: str, by: Actor,
    telephone: str = "", email: str = "", volunteer: Volunteer | None = None,
) -> tuple[Reporter, str]:  # fmt: skip
    """
    Somebody who will report from these units, and the token of their link, which is shown now and never again.

    Raises
    ------
    BadInput
        When there is no unit, too many of them, or no such source.
    """
    if not 0 < len(units) <= MOST_UNITS:
        raise BadInput(_("Choose from 1 to %(most)s units.") % {"most": MOST_UNITS})
    if source not in SOURCES:
        raise BadInput(_("Say whether it is our captain there, a second reporter or the official."))
    reporter: Reporter = Reporter.objects.create(
        campaign_id=contest.campaign_id, contest=contest, volunteer=volunteer, name=name,
        telephone=telephone, email=email, source=source, invited_by=by.label,
    )  # fmt: skip
    ReporterUnit.objects.bulk_create(
        [
            ReporterUnit(
                campaign_id=contest.campaign_id, reporter=reporter, unit=unit, given_by=by.label
            )
            for unit in units
        ]
    )
    record(by, "contest.invite", subject="reporter", subject_id=reporter.pk, count=len(units))
    return reporter, another_link(reporter).token


def new_link(reporter: Reporter, *, by: Actor) -> str:
    """Another link, for another phone; what the old one sends from now on goes to the tray."""
    end_links(reporter, by=by)
    record(by, "contest.reporter_link", subject="reporter", subject_id=reporter.pk)
    return another_link(reporter).token


def correct_address(reporter: Reporter, *, telephone: str, email: str, by: Actor) -> bool:
    """
    Where they are rung and written to from now on; whether their links ended.

    They end where a mail may have gone to another address: whoever has it could report in their name. A mail that
    waits goes to the new address.
    """
    rows = Reporter.objects.of(reporter.campaign_id)
    now: Reporter = rows.select_for_update(of=("self",), no_key=True).get(pk=reporter.pk)
    if (now.telephone, now.email) == (telephone, email):
        return False
    elsewhere = now.email.casefold() != email.casefold()
    # Held, so that the worker is not just about to send one to the address that is wrong.
    letters = ReporterLetter.objects.of(now.campaign_id).filter(reporter=now).order_by("pk")
    went = any(
        letter.claimed_at is not None and not letter.dropped
        for letter in letters.select_for_update(of=("self",), no_key=True)
    )
    rows.filter(pk=now.pk).update(telephone=telephone, email=email)
    record(by, "contest.reporter_address", subject="reporter", subject_id=now.pk)
    if not (elsewhere and went and end_links(now, by=by)):
        return False
    ReporterStep.objects.of(now.campaign_id).filter(
        reporter=now, kind=ReporterStep.Kind.OPENED
    ).delete()  # nobody knows who that was
    return True


def end_links(reporter: Reporter, *, by: Actor) -> int:
    """Nothing that these links send counts any more, and none that waits is mailed; how many there were."""
    ReporterLetter.objects.of(reporter.campaign_id).filter(
        reporter=reporter, claimed_at=None, dropped=""
    ).update(dropped=ReporterLetter.Dropped.ENDED)
    ended: int = (
        ReporterLink.objects.of(reporter.campaign_id)
        .filter(reporter=reporter, ended_at=None)
        .update(ended_at=timezone.now())
    )
    if ended:
        record(by, "contest.reporter_end", subject="reporter", subject_id=reporter.pk)
    return ended


def opened(reporter: Reporter) -> None:
    """Their phone has the page; written down once."""
    if (
        not ReporterStep.objects.of(reporter.campaign_id)
        .filter(reporter=reporter, kind=ReporterStep.Kind.OPENED)
        .exists()
    ):
        ReporterStep.objects.create(
            campaign_id=reporter.campaign_id, reporter=reporter, kind=ReporterStep.Kind.OPENED
        )


class Made(NamedTuple):
    """A link that was made just now: its row, and its token, which nobody learns again."""

    link: ReporterLink
    token: str


def another_link(reporter: Reporter) -> Made:
    """A link beside those that they have: whichever they open, they report by."""
    secret = new_secret()
    link: ReporterLink = ReporterLink.objects.create(
        campaign_id=reporter.campaign_id, reporter=reporter, secret_hash=hash_of(secret)
    )
    return Made(link, f"{reporter.campaign_id.hex}.{secret}")
