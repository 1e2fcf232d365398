"""Mail to whoever speaks for the candidate, when something will be signed by itself unless somebody stops it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hustings.apps.accounts.queries import members_of, speaking_now
from hustings.apps.campaigns.mail_server import hand_over, reached

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Countdown, Record

log = logging.getLogger(__name__)


def tell_speakers(campaign: Campaign, row: Record, countdown: Countdown) -> int:
    """
    Tell each of them what will be signed and when, and where it can be stopped; returns how many.

    In the campaign's language, and sent once the notice is written down; a mail that cannot be sent stops nothing.
    """
    speakers = members_of(campaign).filter(pk__in=speaking_now(campaign))
    addresses = [one.user.email for one in speakers]
    where = {"slug": campaign.slug, "record_id": row.pk}
    with translation.override(campaign.language), timezone.override(ZoneInfo(campaign.time_zone)):
        said = {
            "campaign": campaign.name,
            "body": row.said["body"],
            "at": date_format(timezone.localtime(countdown.due_at), "l j F H:i"),
            "link": f"{settings.SITE_URL}{reverse('statements:record', kwargs=where)}",
        }
        subject = _("%(campaign)s: signed by itself at %(at)s") % said
        text = (
            _(
                "This will be signed as the word of %(campaign)s, and stand in its log for good:\n\n"
                "%(body)s\n\nIt is signed at %(at)s unless somebody stops it. To read or stop it:\n%(link)s\n"
            )
            % said
        )
    mails = [EmailMessage(" ".join(subject.split()), text, to=[address]) for address in addresses]
    transaction.on_commit(lambda: _send(mails))
    return len(mails)


def _send(mails: list[EmailMessage]) -> None:
    """Each by a connection of its own, so that one bad address keeps it from nobody else."""
    for mail in mails:
        server = reached()
        if server is None:
            log.error("Notices of a signature could not be sent.")
            return
        hand_over(server, mail)
