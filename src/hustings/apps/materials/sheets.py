"""A release as the typesetter gets it, for one country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from hustings.apps.materials.models import (
    IMPRINT,
    CampaignImprint,
    ImprintFields,
    Quote,
    Release,
    ReleaseImprint,
)
from hustings.apps.materials.quoting import code_of
from hustings.formats.leaflet_pdf import Sheet, SheetQuote, imprint_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.apps.campaigns.models import Campaign


def sheet_of(
    release: Release,
    block: ReleaseImprint | None,
    quotes: Iterable[Quote],
    *,
    draft: str = "",
) -> Sheet:
    """Its words or artwork, with what it says in that country."""
    artwork = release.artwork
    return Sheet(
        title=release.design.name,
        author=release.campaign.name,
        language=release.language,
        paper=release.paper,
        headline=release.headline,
        text=release.text,
        artwork=(artwork.type, bytes(artwork.content)) if artwork else None,
        pages=release.pages,
        imprint=_lines(block, release.language) if block else (),
        place="head" if release.imprint_place == Release.Place.HEAD else "foot",
        points=release.imprint_points,
        quotes=tuple(SheetQuote(q.words, q.proof_address, code_of(q)) for q in quotes),
        draft=draft,
    )


def words_in(language: str) -> dict[str, str]:
    """The fixed words of a sheet in its own language, which need not be the reader's."""
    with translation.override(language):
        return {
            "check": _("Check these words:"),
            "qr_alt": _("The proof of these words as a QR code; also at"),
            "printed": _("Printed by"),
            "promoted": _("Promoted by"),
            "on_behalf": _("on behalf of"),
        }


def imprint_of(campaign: Campaign) -> tuple[str, ...]:
    """What the campaign's own imprint says, for things that are no release: that of its country first."""
    blocks = CampaignImprint.objects.of(campaign).filter(ended_at=None).order_by("country")
    own = sorted(blocks, key=lambda block: block.country != campaign.country)
    return _lines(own[0], campaign.language) if own else ()


def _lines(block: ImprintFields, language: str) -> tuple[str, ...]:
    fields = {name: getattr(block, name) for name in IMPRINT}
    if not block.for_another:
        fields |= {"behalf_name": "", "behalf_address": ""}
    return imprint_lines({name: str(value) for name, value in fields.items()}, words_in(language))


def quotes_of(release: Release) -> list[Quote]:
    """What it quotes, in order."""
    return list(Quote.objects.of(release.campaign_id).filter(release=release).order_by("id"))
