"""Statements on the paper of printed walks, which shows them until somebody brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.apps.outings.models import Turf
from hustings.apps.statements.embedding import Spot, add_embedded, shown, surface

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.reading import Ledger

PACK = "pack"


def keep_printed(campaign: Campaign, turfs: Sequence[Turf]) -> None:
    """Which statements stand on the paper of these walks from now on, beside those of earlier prints."""
    held = {
        piece.name
        for piece in shown(campaign, campaign.script_wording)
        if piece.name and piece.stands
    }
    for turf in turfs if held else ():
        add_embedded(campaign, PACK, turf.pk, held)


@surface(PACK, gettext_lazy("printed walks"))
def _printed_walks(
    campaign: Campaign, ledger: Ledger, subjects: Iterable[int], name: str
) -> list[Spot]:
    spots = []
    for turf in Turf.objects.of(campaign).filter(pk__in=subjects).order_by("number"):
        held = turf.open_checkout
        title = _("Walk %(n)s · %(name)s") % {"n": turf.number, "name": turf.name}
        address = reverse("outings:walk", kwargs={"slug": campaign.slug, "turf_id": turf.pk})
        spots.append(Spot(title, True, address, copies=1, holder=held.holder if held else ""))
    return spots
