"""«My walks» on a volunteer's own page: those they were handed at a table where they said who they are, with receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.apps.canvass.intake import doors_recorded
from hustings.apps.dispatch.models import Arrival
from hustings.apps.outings.models import Checkout
from hustings.apps.volunteers.own_page import Line, Section, section

if TYPE_CHECKING:
    from hustings.apps.volunteers.models import Volunteer

AFTER_SESSIONS = 20
MOST = 3
"""The newest; each asks once for its receipt."""


@section
def my_walks(volunteer: Volunteer, _token: str) -> Section | None:
    """When, which, whether they have it now, and at how many doors what they heard has arrived."""
    came = list(
        Arrival.objects.of(volunteer.campaign_id)
        .filter(sign_up__volunteer=volunteer, turf__isnull=False, device_id__isnull=False)
        .select_related("turf")
        .order_by("-arrived_at", "-pk")[:MOST]
    )
    if not came:
        return None
    out = set(
        Checkout.objects.of(volunteer.campaign_id)
        .filter(
            turf_id__in=[one.turf_id for one in came],
            returned_at=None,
            expires_at__gt=timezone.now(),
        )
        .values_list("turf_id", flat=True)
    )
    return Section(_("My walks"), [_line(one, out) for one in came], order=AFTER_SESSIONS)


def _line(one: Arrival, out: set[int]) -> Line:
    turf = one.turf
    with_them = turf is not None and turf.pk in out and one.over_at is None
    many = doors_recorded(one.campaign_id, one.turf_id or 0, one.device_id or 0)
    said = [
        date_format(timezone.localtime(one.arrived_at), "D j M"),
        _("Walk %(number)s") % {"number": turf.number if turf else "–"},
        turf.name if turf else "",
        _("you have it now") if with_them else "",
        ngettext(
            "what you heard at %(many)d door has arrived",
            "what you heard at %(many)d doors has arrived",
            many,
        )
        % {"many": many},
    ]
    return Line(" · ".join(filter(None, said)))
