"""
A phone's leave goes on to another browser: by a link that works once, for fifteen minutes.

In-app browsers and home screens have a store of their own. The link names the phone and the secret that it
has now; using it gives the phone a new secret, so that the link is over, and so is the browser before.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing

from hustings.apps.accounts import actions as accounts
from hustings.apps.accounts.models import Device
from hustings.apps.campaigns.tenancy import tenant

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Device as Phone

SALT = "hustings.canvass.moving"
GOOD_FOR = timedelta(minutes=15)


def link_for(device: Phone) -> str:
    """The token of a link to another browser."""
    said = [device.campaign_id.hex, device.public_id.hex, device.secret_hash[:16]]
    return signing.dumps(said, salt=SALT)


def move(token: str) -> tuple[Phone, str] | None:
    """The phone and the token for its cookie in the browser that used the link; None where it is over."""
    try:
        campaign, public_id, secret = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
        campaign_id, phone = UUID(campaign), UUID(public_id)
    except (signing.BadSignature, ValueError):
        return None
    with tenant(campaign_id):
        device: Phone | None = (
            Device.objects.of(campaign_id)
            .select_for_update(no_key=True)
            .filter(public_id=phone, secret_hash__startswith=secret)
            .first()
        )
        if device is None or not device.is_let_in():
            return None
        return device, accounts.renew_device(device)
