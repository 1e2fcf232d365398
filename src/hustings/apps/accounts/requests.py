"""The requests that views receive, after the middleware has said whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Device, Membership, User
    from hustings.apps.campaigns.models import Campaign


class SignedInRequest(HttpRequest):
    """A request of somebody who signed in."""

    user: User


class CampaignRequest(SignedInRequest):
    """A member's request below ``/c/<slug>/``; the database shows this campaign only."""

    campaign: Campaign
    member: Membership


class PhoneRequest(HttpRequest):
    """A phone's request below ``/w/``; with a device, the database shows its campaign only."""

    device: Device | None
