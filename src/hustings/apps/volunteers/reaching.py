"""How a volunteer may be reached: never past a refusal, or at an address that is known to be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.together import together
from hustings.apps.people.models import ContactPoint, DoNotContact

if TYPE_CHECKING:
    from hustings.apps.volunteers.models import Volunteer

NOT_AT = (
    ContactPoint.Status.WRONG,
    ContactPoint.Status.DISCONNECTED,
    ContactPoint.Status.OPTED_OUT,
)


def email_of(volunteer: Volunteer) -> str:
    """Where mail reaches them; "" where none does, or they do not want any."""
    return email_and_phone_of(volunteer)[0]


def email_and_phone_of(volunteer: Volunteer) -> tuple[str, str]:
    """Both, in one question."""
    refused, points = together(
        DoNotContact.objects.of(volunteer.campaign_id)
        .filter(person_id=volunteer.person_id, lifted_at=None)
        .values_list("channel", flat=True),
        ContactPoint.objects.of(volunteer.campaign_id)
        .filter(person_id=volunteer.person_id)
        .exclude(status__in=NOT_AT)
        .order_by("status_at", "pk")
        .values_list("kind", "value"),
    )
    newest = {} if "" in refused else {kind: value for kind, value in points if kind not in refused}
    return newest.get(ContactPoint.Kind.EMAIL, ""), newest.get(ContactPoint.Kind.PHONE, "")
