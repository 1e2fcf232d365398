"""Where a statement stands on leaflets: the version that is in use, and every copy with its place and holder."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.apps.materials.models import Quote, Release
from hustings.apps.materials.queries import copies_of, standings
from hustings.apps.materials.quoting import RELEASE, phantoms_of
from hustings.apps.statements.embedding import Spot, surface

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.materials.queries import Copies
    from hustings.apps.statements.reading import Ledger


@surface(RELEASE, gettext_lazy("leaflets and badges"))
def _on_leaflets(
    campaign: Campaign, ledger: Ledger, subjects: Iterable[int], name: str
) -> list[Spot]:
    quoting = Quote.objects.of(campaign).filter(statement=name)
    quotes = list(quoting.select_related("release__design"))
    if not quotes:
        return []
    gone = {quote.pk for quote, _why in phantoms_of(campaign, quotes, ledger)}
    out: dict[int, list[Copies]] = defaultdict(list)
    for copies in copies_of(campaign, [quote.release for quote in quotes]):
        out[copies.release.pk].append(copies)
    states = {one.release.pk: one for one in standings(campaign)}
    spots = []
    for quote in quotes:
        release = quote.release
        title = _title(release)
        address = reverse(
            "materials:release", kwargs={"slug": campaign.slug, "release_id": release.pk}
        )
        if states[release.pk].state == "published":
            spots.append(Spot(title, quote.pk not in gone, address))
        spots += [
            Spot(title, True, address, one.count, one.place.name, one.holder)
            for one in out[release.pk]
        ]
    return spots


def _title(release: Release) -> str:
    return _("%(name)s, version %(n)s") % {"name": release.design.name, "n": release.version}
