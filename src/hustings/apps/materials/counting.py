"""Counting copies: printed, given out, brought back, destroyed; each a row, none ever changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.materials import access, queries
from hustings.apps.materials.models import Holder, StockMove
from hustings.core.errors import BadInput
from hustings.core.materials.stock import Move

if TYPE_CHECKING:
    from uuid import UUID

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign


def move(
    campaign: Campaign,
    release_id: int,
    kind: str,
    place_id: int,
    count: int,
    *,
    form_id: UUID,
    by: Actor,
    holder: str = "",
) -> StockMove:
    """
    Copies that came to be or changed hands; sent twice under one ``form_id`` it is counted once.

    Raises
    ------
    BadInput
        There are not so many copies there, or the version must not be printed or given out.
    """
    with tenant(campaign.pk):
        release = access.release_for(campaign, release_id, also_drafts=True)
        access.design_for(campaign, release.design_id, lock=True)
        place = access.place_for(campaign, place_id)
        known: StockMove | None = StockMove.objects.of(campaign).filter(form_id=form_id).first()
        if known:
            return known
        standing = queries.standing_of(release)
        if kind == StockMove.Kind.PRINTED and standing.state == "draft":
            raise BadInput(_("This version is a draft: publish it before it is printed."))
        if kind == StockMove.Kind.GIVEN_OUT and standing.state in ("withdrawn", "expired"):
            raise BadInput(
                _("This version is %(state)s: bring copies back, and give none out.")
                % {"state": standing.state_label}
            )
        taker = _holder(campaign, holder) if holder.strip() else None
        standing.stock.add(
            Move(StockMove.Kind(kind).value, place.pk, count, taker.pk if taker else None)  # type: ignore[arg-type]  # its values
        )
        made: StockMove = StockMove.objects.create(
            campaign=campaign, release=release, kind=kind, place=place, holder=taker, count=count,
            form_id=form_id, by=by.label,
        )  # fmt: skip
        record(
            by, "materials.count", subject="release", subject_id=release.pk, count=count,
            detail={"kind": kind, "place": place.pk},
        )  # fmt: skip
    return made


def _holder(campaign: Campaign, name: str) -> Holder:
    holder: Holder = Holder.objects.of(campaign).get_or_create(
        campaign=campaign, name=name.strip()[:120]
    )[0]
    return holder
