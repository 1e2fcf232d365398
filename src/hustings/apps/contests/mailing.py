"""
Sending reporters their links: each mail is claimed before it is sent, so that two workers send one.

A worker that dies between the two leaves a mail that may have been sent; it is shown as that at the desk and is not
sent again by itself. Only one that surely did not leave waits for the next round.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hustings.apps.campaigns.mail_server import WAITS, Became, send_each
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import inviting, queries
from hustings.apps.contests.models import ReporterLetter
from hustings.apps.people.models import ContactPoint, DoNotContact
from hustings.apps.volunteers.reaching import NOT_AT, email_of

if TYPE_CHECKING:
    from uuid import UUID

    from hustings.apps.contests.models import Reporter, ReporterLink

AT_ONCE = 200
"""Mails of one campaign in one round."""
UNITS_NAMED = 5


class Claimed(NamedTuple):
    """A mail that this worker alone sends now, and the link that it carries."""

    letter: ReporterLetter
    link: ReporterLink
    mail: EmailMessage


def mail_everywhere() -> int:
    """The mail of every campaign that waits; how many were sent."""
    return sum(mail_what_waits(campaign) for campaign in Campaign.objects.all())


def mail_what_waits(campaign: Campaign) -> int:
    """Send the mail that waits, oldest first; how many were sent."""
    with tenant(campaign.pk):
        rows = ReporterLetter.objects.of(campaign).filter(claimed_at=None, dropped="")
        waiting = list(rows.order_by("pk").values_list("pk", flat=True))
    return send_each(waiting, claim=partial(_claim, campaign), settle=_settle, at_once=AT_ONCE)


def _claim(campaign: Campaign, number: int) -> Claimed | None:
    """The mail, if nobody else has it and it still makes sense; it is this worker's from here on."""
    with tenant(campaign.pk):
        letter: ReporterLetter | None = (
            ReporterLetter.objects.of(campaign)
            .select_for_update(of=("self",), skip_locked=True)
            .select_related("reporter__contest", "reporter__volunteer")
            .filter(pk=number, claimed_at=None, dropped="")
            .first()
        )
        if letter is None:
            return None
        reporter = letter.reporter
        contest = reporter.contest
        address = address_of(reporter)
        if contest.held_on < timezone.localdate(timezone=contest.zone):
            _drop(letter, ReporterLetter.Dropped.OVER)
            return None
        if contest.taken_away_at is not None or not queries.units_of(reporter):
            _drop(letter, ReporterLetter.Dropped.AWAY)
            return None
        if not address:
            _drop(letter, ReporterLetter.Dropped.NO_ADDRESS)
            return None
        link, token = inviting.another_link(reporter)
        mail = message_to(reporter, campaign, address, token)
        letter.claimed_at = timezone.now()
        letter.save(update_fields=["claimed_at"])
    return Claimed(letter, link, mail)


def _drop(letter: ReporterLetter, why: ReporterLetter.Dropped) -> None:
    """It is never sent, and says why."""
    letter.dropped = why
    letter.save(update_fields=["dropped"])


def _settle(claimed: Claimed, became: Became) -> None:
    """What may have been sent stays claimed; a link that surely nobody has is none."""
    letter = claimed.letter
    done: dict[str, object] = {}
    if became is Became.SENT:
        done = {"sent_at": timezone.now()}
    elif became is Became.REFUSED:
        done = {"dropped": ReporterLetter.Dropped.FAILED}
    elif became in WAITS:
        done = {"claimed_at": None}
    if done:
        with tenant(letter.campaign_id):
            ReporterLetter.objects.of(letter.campaign_id).filter(pk=letter.pk).update(**done)
            if became is not Became.SENT:
                claimed.link.delete()


def address_of(reporter: Reporter) -> str:
    """Where they may be written to: the address they gave for this, else their own as a volunteer; "" for neither."""
    if reporter.email:
        return "" if is_refused(reporter.campaign_id, reporter.email) else reporter.email
    volunteer = reporter.volunteer
    return email_of(volunteer) if volunteer and volunteer.left_at is None else ""


def is_refused(campaign_id: UUID, email: str) -> bool:
    """Whether somebody whose address it is does not want mail, or it is known to be wrong."""
    points = ContactPoint.objects.of(campaign_id).filter(
        kind=ContactPoint.Kind.EMAIL, value__iexact=email
    )
    people = list(points.values_list("person_id", "status"))
    if any(status in NOT_AT for _person, status in people):
        return True
    refusals = DoNotContact.objects.of(campaign_id).filter(
        Q(channel="") | Q(channel=ContactPoint.Kind.EMAIL),
        person_id__in=[person for person, _status in people], lifted_at=None,
    )  # fmt: skip
    return bool(refusals.exists())


def message_to(reporter: Reporter, campaign: Campaign, address: str, token: str) -> EmailMessage:
    """Their link, from where they report and what to do with it, in the campaign's language and the contest's zone."""
    contest = reporter.contest
    with translation.override(campaign.language), timezone.override(contest.zone):
        names = [unit.name for unit in queries.units_of(reporter)]
        named = ", ".join(names[:UNITS_NAMED])
        if len(names) > UNITS_NAMED:
            named = _("%(some)s and %(n)s more") % {"some": named, "n": len(names) - UNITS_NAMED}
        said = {
            "campaign": campaign.name,
            "contest": contest.name,
            "name": reporter.name,
            "units": named,
            "opens": date_format(timezone.localtime(contest.opens_at), "l j F H:i"),
            "link": f"{settings.SITE_URL}{reverse('night:page', args=[token])}",
        }
        subject = _("%(campaign)s: your link to report from %(contest)s") % said
        parts = [
            _("%(name)s, you report for %(campaign)s from %(contest)s: %(units)s.") % said,
            _("Reports are taken from %(opens)s on. Please do three things before that day:")
            % said,
            _(
                "1. Open this link on the phone that you will have with you, while it has a connection:\n%(link)s"
            )
            % said,
            _("2. Send one practice report from it."),
            _(
                "3. Keep the page: from then on it opens with no connection, and keeps what you enter until we have it."
            ),
            _(
                "Nobody signs in to anything. Whoever has this link reports in your name: pass it on to nobody."
            ),
        ]
    return EmailMessage(" ".join(subject.split()), "\n\n".join(parts) + "\n", to=[address])
