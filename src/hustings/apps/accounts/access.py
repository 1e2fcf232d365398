"""The only way to a membership, a phone or a sign-in link."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from hustings.apps.accounts.models import (
    Device,
    DeviceAdmission,
    DeviceRevocation,
    Membership,
)
from hustings.apps.accounts.secrets import matches
from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from hustings.apps.accounts.models import User
    from hustings.apps.accounts.roles import Right
    from hustings.apps.campaigns.models import Campaign

DEVICE_COOKIE = "hustings_device"


class NotAllowed(HustingsError):
    """Your role in this campaign does not allow this; an organiser can change it."""

    def __init__(self, right: Right) -> None:
        super().__init__(
            f"Your role in this campaign does not let you {right.label}; an organiser can change that."
        )


class NotHere(HustingsError):
    """There is nothing by that name here, or it is not yours to see: the two look the same."""

    def __init__(self) -> None:
        super().__init__("There is nothing by that name in this campaign.")


class DeviceToken(NamedTuple):
    """What a phone's cookie says: the campaign (so that its wall can be chosen), the phone, its secret."""

    campaign_id: UUID
    public_id: UUID
    secret: str

    def __str__(self) -> str:
        return f"{self.campaign_id}.{self.public_id}.{self.secret}"

    @classmethod
    def parse(cls, text: str) -> DeviceToken | None:
        """None for anything that is not such a token."""
        parts = text.split(".", 2)
        if len(parts) != 3:
            return None
        try:
            return cls(UUID(parts[0]), UUID(parts[1]), parts[2])
        except ValueError:
            return None


def membership_for(user: User | AnonymousUser, slug: str) -> Membership | None:
    """
    Somebody's membership of the campaign of that short name; None when there is none.

    Asked once at the start of a request, for its user, who was found a moment ago with all of them
    (``backends.WithMemberships``).
    """
    if not user.is_authenticated:
        return None
    if hasattr(user, "of_request"):
        return user.of_request.get(slug)
    return (
        Membership.objects.select_related("campaign", "user")
        .filter(user_id=user.pk, campaign__slug=slug)
        .first()
    )


def require(member: Membership, right: Right) -> None:
    """Let through, or :class:`NotAllowed`."""
    if not member.may(right):
        raise NotAllowed(right)


def device_of(token: DeviceToken) -> Device | None:
    """
    The phone of that token, in the token's campaign, with ``was_let_in`` and ``was_taken_back``.

    One whose time is over or whose leave was taken back is known still, since it may report what it has.
    """
    admitted = DeviceAdmission.objects.of(token.campaign_id).filter(device=OuterRef("pk"))
    revoked = DeviceRevocation.objects.of(token.campaign_id).filter(device=OuterRef("pk"))
    device: Device | None = (
        Device.objects.of(token.campaign_id)
        .select_related("campaign")
        .annotate(was_let_in=Exists(admitted), was_taken_back=Exists(revoked))
        .filter(public_id=token.public_id)
        .first()
    )
    if device is None or not matches(token.secret, device.secret_hash):
        return None
    return device


def device_for(campaign: Campaign, device_id: int) -> Device:
    """A phone of this campaign, for an organiser's screen; :class:`NotHere` otherwise."""
    device: Device | None = Device.objects.of(campaign).filter(pk=device_id).first()
    if device is None:
        raise NotHere
    return device


def membership_in(campaign: Campaign, member_id: int) -> Membership:
    """A membership of this campaign, for its settings' screen; :class:`NotHere` otherwise."""
    membership = (
        Membership.objects.select_related("user").filter(campaign=campaign, pk=member_id).first()
    )
    if membership is None:
        raise NotHere
    return membership
