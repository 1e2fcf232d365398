"""
One mail about each alert to everybody who hands out walks; one that could not be sent is tried again.

An alert is claimed before it is mailed, so that two workers tell nobody twice, and nothing that fails afterwards sends
it again at once. A worker that dies between the two is not the end of it, as it is with other mail: after
``CLAIMED_FOR`` another one tells everybody, since an alarm that comes twice is better than one that never comes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hustings.apps.accounts.queries import members_of
from hustings.apps.accounts.roles import Right
from hustings.apps.campaigns.mail_server import WAITS, Became, hand_over, reached
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.safety import queries
from hustings.apps.safety.models import Alert

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.safety.queries import Out

CLAIMED_FOR = timedelta(minutes=10)
"""A worker that has an alert for longer than this has died."""


def mail_what_waits(campaign: Campaign) -> int:
    """Mail about alerts that nobody was told of; how many were told. Two workers tell nobody twice."""
    with tenant(campaign.pk):
        waiting = list(_that_wait(campaign).order_by("pk").values_list("pk", flat=True))
    return sum(_tell(campaign, number) for number in waiting)


def _that_wait(campaign: Campaign) -> QuerySet[Alert]:
    given_up = timezone.now() - CLAIMED_FOR
    free = Q(claimed_at=None) | Q(claimed_at__lt=given_up)
    rows: QuerySet[Alert] = Alert.objects.of(campaign).filter(free, mailed_at=None)
    return rows


def _tell(campaign: Campaign, number: int) -> bool:
    """
    Each lead has a mail of their own, so that one bad address keeps it from nobody else.

    The alert is told once it may have reached one of them, or would reach none the next time either. Whoever settles
    it meanwhile waits for no mail server.
    """
    mails = _claim(campaign, number)
    if mails is None:
        return False
    became: set[Became] = set()
    for mail in mails:
        server = reached()
        became.add(hand_over(server, mail) if server else Became.NO_SERVER)
        if server is None:
            break
    told = bool(became & {Became.SENT, Became.MAYBE}) or not became & WAITS
    done = {"mailed_at": timezone.now()} if told else {"claimed_at": None}
    with tenant(campaign.pk):
        Alert.objects.of(campaign).filter(pk=number).update(**done)
    return told


def _claim(campaign: Campaign, number: int) -> list[EmailMessage] | None:
    """Its mails, if nobody else has it; it is this worker's from here on."""
    with tenant(campaign.pk):
        alert = (
            _that_wait(campaign)
            .select_for_update(skip_locked=True, no_key=True)
            .filter(pk=number)
            .first()
        )
        if alert is None:
            return None
        alert.claimed_at = timezone.now()
        alert.save(update_fields=["claimed_at"])
        return _messages(campaign, alert, queries.out_of(campaign, alert.watch_id))


def _messages(campaign: Campaign, alert: Alert, out: Out) -> list[EmailMessage]:
    leads = [one.user.email for one in members_of(campaign) if one.may(Right.HAND_OUT)]
    with translation.override(campaign.language), timezone.override(ZoneInfo(campaign.time_zone)):
        said = {
            "name": out.name,
            "number": out.number,
            "walk": out.walk,
            "since": date_format(timezone.localtime(alert.since), "H:i"),
            "door": out.last_door or _("none yet"),
            "link": f"{settings.SITE_URL}{reverse('safety:desk', kwargs={'slug': campaign.slug})}",
        }
        if alert.kind == Alert.Kind.HELP:
            subject = _("%(name)s needs help (walk %(number)s)") % said
            first = (
                _("%(name)s pressed “I need help” at %(since)s, on walk %(number)s, %(walk)s.")
                % said
            )
        else:
            subject = _("%(name)s is overdue (walk %(number)s)") % said
            first = (
                _(
                    "Nothing was heard from %(name)s since %(since)s, on walk %(number)s, %(walk)s. "
                    "It may be that there is no signal there: ring them, then go and look."
                )
                % said
            )
        text = first + "\n\n" + _("Last door recorded: %(door)s.\n\n%(link)s\n") % said
    return [EmailMessage(" ".join(subject.split()), text, to=[lead]) for lead in leads]
