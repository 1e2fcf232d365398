"""One mail about each alert to everybody who hands out walks; one that could not be sent is tried again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hustings.apps.accounts.queries import members_of
from hustings.apps.accounts.roles import Right
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.safety import queries
from hustings.apps.safety.models import Alert

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.safety.queries import Out

log = logging.getLogger(__name__)


def mail_what_waits(campaign: Campaign) -> int:
    """Mail about alerts that nobody was told of; how many were told. Two workers tell nobody twice."""
    told = 0
    with tenant(campaign.pk):
        waiting = (
            Alert.objects.of(campaign)
            .filter(mailed_at=None)
            .select_for_update(
                skip_locked=True, no_key=True
            )  # who settles one waits for no mail server
        )
        for alert in waiting:
            try:
                _message(campaign, alert, queries.out_of(campaign, alert.watch_id)).send()
            except OSError:
                log.exception(
                    "An alert about somebody's safety could not be mailed; the next round tries again."
                )
                continue
            Alert.objects.of(campaign).filter(pk=alert.pk).update(mailed_at=timezone.now())
            told += 1
    return told


def _message(campaign: Campaign, alert: Alert, out: Out) -> EmailMessage:
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
    return EmailMessage(" ".join(subject.split()), text, to=leads)
