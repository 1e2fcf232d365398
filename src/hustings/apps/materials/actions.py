"""Imprints of the campaign, designs and their versions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.materials import access
from hustings.apps.materials.models import (
    IMPRINT,
    Artwork,
    CampaignImprint,
    Design,
    Quote,
    Release,
    ReleaseImprint,
    StockPlace,
)
from hustings.apps.materials.quoting import RELEASE, address_of_proof, refuse_phantoms
from hustings.apps.materials.sheets import sheet_of
from hustings.apps.statements.embedding import add_embedded
from hustings.core.errors import BadInput
from hustings.formats.artwork import look_at
from hustings.formats.leaflet_pdf import leaflet_pdf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign


@dataclass(frozen=True, slots=True)
class Quoted:
    """A statement to be quoted: its name, words of it, and whether with a QR code of where they can be checked, or of the whole proof."""

    statement: str
    words: str
    with_qr: bool = False
    whole_proof: bool = False


def set_imprint(campaign: Campaign, values: Mapping[str, Any], *, by: Actor) -> CampaignImprint:
    """What the campaign says in one country from now on; releases that there are keep theirs."""
    with tenant(campaign.pk):
        _end(campaign, values["country"])
        imprint: CampaignImprint = CampaignImprint.objects.create(
            campaign=campaign, set_by=by.label, **{name: values[name] for name in IMPRINT}
        )
        record(
            by, "materials.imprint", subject="imprint", subject_id=imprint.pk,
            detail={"country": imprint.country},
        )  # fmt: skip
    return imprint


def end_imprint(campaign: Campaign, country: str, *, by: Actor) -> None:
    """New versions are not shown in this country."""
    with tenant(campaign.pk):
        if _end(campaign, country):
            record(
                by,
                "materials.imprint",
                subject="imprint",
                detail={"country": country, "ended": True},
            )


def _end(campaign: Campaign, country: str) -> int:
    rows = CampaignImprint.objects.of(campaign).filter(country=country, ended_at=None)
    return rows.update(ended_at=timezone.now())


def new_design(
    campaign: Campaign,
    name: str,
    kind: str,
    values: Mapping[str, Any],
    imprints: Sequence[Mapping[str, Any]],
    *,
    by: Actor,
    artwork: tuple[str, bytes] | None = None,
    quotes: Sequence[Quoted] = (),
) -> Release:
    """
    A new design with its first version.

    Raises
    ------
    BadInput
        There is one of that name, or the version cannot be typeset.
    """
    with tenant(campaign.pk):
        name = name.strip()
        if Design.objects.of(campaign).filter(name=name).exists():
            raise BadInput(_("There is a design of this name already; make its next version."))
        design: Design = Design.objects.create(
            campaign=campaign, name=name, kind=kind, made_by=by.label
        )
        return new_version(
            campaign, design.pk, values, imprints, by=by, artwork=artwork, quotes=quotes
        )


def new_version(
    campaign: Campaign,
    design_id: int,
    values: Mapping[str, Any],
    imprints: Sequence[Mapping[str, Any]],
    *,
    by: Actor,
    artwork: tuple[str, bytes] | None = None,
    keep_artwork: int | None = None,
    quotes: Sequence[Quoted] = (),
) -> Release:
    """
    The next version of a design, a draft until it is published; versions count up and are never edited.

    Parameters
    ----------
    values
        Fields of :class:`Release`, by name.
    imprints
        What it says in each country where it is shown.
    artwork
        The name and bytes of a file that was sent.
    keep_artwork
        The artwork of an earlier version, by its number, where no file was sent.
    """
    with tenant(campaign.pk):
        design = access.design_for(campaign, design_id, lock=True)
        last = design.releases.aggregate(last=Max("version"))["last"] or 0
        kept = _keep(campaign, artwork, by) if artwork else _artwork(campaign, design, keep_artwork)
        release = Release(
            campaign=campaign, design=design, version=last + 1, artwork=kept, made_by=by.label,
            **{**values, "pages": kept.pages if kept else 1},
        )  # fmt: skip
        if not (kept or release.headline.strip() or release.text.strip()):
            raise BadInput(
                _("Write a headline or some text, or send a file: an empty sheet is no leaflet.")
            )
        blocks = [ReleaseImprint(campaign=campaign, **said) for said in imprints]
        said = [_quote(campaign, quoted) for quoted in quotes]
        refuse_phantoms(campaign, said)
        if kept is None:
            release.pages = _pages_of(release, blocks, said)
        release.save(force_insert=True)
        for block in blocks:
            block.release = release
            block.save(force_insert=True)
        for quote in said:
            quote.release = release
            quote.save(force_insert=True)
        add_embedded(campaign, RELEASE, release.pk, {quote.statement for quote in said})
        record(
            by, "materials.version", subject="release", subject_id=release.pk,
            detail={"design": design.pk, "version": release.version},
        )  # fmt: skip
    return release


def _quote(campaign: Campaign, quoted: Quoted) -> Quote:
    return Quote(
        campaign=campaign, statement=quoted.statement, words=quoted.words, with_qr=quoted.with_qr,
        whole_proof=quoted.whole_proof,
        proof_address=address_of_proof(campaign, quoted.statement),
    )  # fmt: skip


def _pages_of(release: Release, blocks: Sequence[ReleaseImprint], quotes: Sequence[Quote]) -> int:
    """How many sides the words fill, with the longest imprint; a badge has one."""
    pages = max(
        look_at(leaflet_pdf(sheet_of(release, block, quotes))).pages for block in (*blocks, None)
    )
    if release.paper == Release.Paper.BADGE and pages > 1:
        raise BadInput(
            _("This is too much for a badge; leave something out, or take a larger paper.")
        )
    return pages


def _keep(campaign: Campaign, artwork: tuple[str, bytes], by: Actor) -> Artwork:
    """The file as a row, once for the same bytes."""
    name, content = artwork
    sha256 = hashlib.sha256(content).hexdigest()
    there: Artwork | None = Artwork.objects.of(campaign).filter(sha256=sha256).first()
    if there:
        return there
    found = look_at(content)
    made: Artwork = Artwork.objects.create(
        campaign=campaign, name=name[:200], type=found.type, pages=found.pages, sha256=sha256,
        size_bytes=len(content), content=content, sent_by=by.label,
    )  # fmt: skip
    return made


def _artwork(campaign: Campaign, design: Design, artwork_id: int | None) -> Artwork | None:
    """Artwork of an earlier version of this design; none where it is not one."""
    if artwork_id is None:
        return None
    used = Release.objects.of(campaign).filter(design=design, artwork=artwork_id)
    found: Artwork | None = (
        Artwork.objects.of(campaign).filter(pk__in=used.values("artwork")).first()
    )
    return found


def add_place(campaign: Campaign, name: str, address: str = "", *, by: Actor) -> StockPlace:
    """Another place where copies lie."""
    with tenant(campaign.pk):
        if StockPlace.objects.of(campaign).filter(name=name.strip()).exists():
            raise BadInput(_("There is a place of this name already."))
        place: StockPlace = StockPlace.objects.create(
            campaign=campaign, name=name.strip(), address=address.strip(), made_by=by.label
        )
        record(by, "materials.place", subject="place", subject_id=place.pk)
    return place
