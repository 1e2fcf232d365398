"""Erasing a person from this room: the memberships and the phones that are this person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session

from hustings.apps.accounts.models import (
    Device,
    DeviceRevocation,
    Membership,
    SpeakingRight,
    StatusAnswer,
    User,
)
from hustings.apps.campaigns.erasing import NOBODY, empty_labels, empty_mentions

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """
    The membership goes, and with the last one of an installation the account, its keys and its sessions.

    Whether there was another is told to nobody: it is another campaign's. A phone loses its name and its leave.
    """
    phones = Device.objects.of(who.campaign_id).filter(pk__in=who.phones)
    let_in = [phone for phone in phones if not phone.revocations.exists()]
    DeviceRevocation.objects.bulk_create(
        [
            DeviceRevocation(campaign_id=who.campaign_id, device=phone, by_label=NOBODY)
            for phone in let_in
        ]
    )
    rights = SpeakingRight.objects.of(who.campaign_id).filter(member_id__in=who.members)
    counts = {
        "accounts_device": phones.update(label=NOBODY, secret_hash="")
        + empty_labels(who, "accounts_device", "label"),
        "accounts_speakingright": rights.update(holder=NOBODY)
        + empty_labels(who, "accounts_speakingright", "holder", "given_by", "ended_by"),
        "accounts_deviceadmission": empty_labels(who, "accounts_deviceadmission", "by_label"),
        "accounts_devicerevocation": empty_labels(who, "accounts_devicerevocation", "by_label")
        + empty_mentions(who, "accounts_devicerevocation", "why"),
    }
    memberships = Membership.objects.filter(campaign_id=who.campaign_id, pk__in=who.members)
    users = list(memberships.values_list("user_id", flat=True))
    answers = StatusAnswer.objects.of(who.campaign_id).filter(user_id__in=users)
    counts["accounts_statusanswer"] = answers.delete()[0] + empty_labels(
        who, "accounts_statusanswer", "asked_by"
    )
    counts["accounts_membership"] = memberships.delete()[0]
    gone = set(User.objects.filter(pk__in=users, memberships=None).values_list("pk", flat=True))
    if gone:
        _forget_sessions({str(user) for user in gone})
        User.objects.filter(pk__in=gone).delete()
    return counts


def _forget_sessions(users: set[str]) -> None:
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") in users:
            session.delete()
