"""What is said at a door, with the statements in it as they may be said now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.apps.campaigns.texts import SCRIPT
from hustings.apps.statements.embedding import Shown, Spot, shown, surface

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.reading import Ledger


def said_now(campaign: Campaign, ledger: Ledger | None = None) -> list[Shown]:
    """The script in pieces."""
    return shown(campaign, campaign.script_wording, ledger)


@surface(SCRIPT, gettext_lazy("the script on every phone"))
def _on_the_phones(
    campaign: Campaign, ledger: Ledger, subjects: Iterable[int], name: str
) -> list[Spot]:
    here = [piece for piece in said_now(campaign, ledger) if piece.name == name]
    if not here:
        return []
    shows = any(piece.stands for piece in here)
    address = reverse("scripts:home", kwargs={"slug": campaign.slug})
    title = _("What to say at a door, wording %(n)s") % {"n": campaign.script_version}
    return [Spot(title, shows, address)]
