"""Questions for the screens: what there is, where copies are, and whose hands they are in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.materials.models import (
    CampaignImprint,
    Publication,
    Quote,
    Release,
    StockMove,
    StockPlace,
    Withdrawal,
)
from hustings.core.materials.stock import Move, Stock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.utils.functional import Promise

    from hustings.apps.campaigns.models import Campaign

STATES: dict[str, str | Promise] = {
    "draft": _("draft"),
    "published": _("published"),
    "superseded": _("superseded"),
    "expired": _("expired"),
    "withdrawn": _("withdrawn"),
}


@dataclass(slots=True)
class Standing:
    """A release, where it stands, and its copies."""

    release: Release
    state: str
    stock: Stock = field(default_factory=Stock)

    @property
    def state_label(self) -> str:
        """The word for where it stands."""
        return str(STATES[self.state])


@dataclass(frozen=True, slots=True)
class Copies:
    """So many copies of a release at a place, or with somebody who had them from there."""

    release: Release
    place: StockPlace
    holder: str
    count: int


def today() -> date:
    """The day at the campaign's place."""
    return timezone.localdate()


def imprints_of(campaign: Campaign) -> list[CampaignImprint]:
    """What the campaign says now, by country: its jurisdictions."""
    return list(CampaignImprint.objects.of(campaign).filter(ended_at=None).order_by("country"))


def places_of(campaign: Campaign) -> list[StockPlace]:
    """Every place, by name."""
    return list(StockPlace.objects.of(campaign).order_by("name"))


def standings(campaign: Campaign, *, design_id: int | None = None) -> list[Standing]:
    """Every release with its state and stock, newest version of each design first: two questions."""
    releases = (
        Release.objects.of(campaign)
        .select_related("design")
        .annotate(
            is_published=Exists(Publication.objects.of(campaign).filter(release=OuterRef("pk"))),
            is_withdrawn=Exists(Withdrawal.objects.of(campaign).filter(release=OuterRef("pk"))),
        )
        .order_by("design__name", "design_id", "-version")
    )
    if design_id is not None:
        releases = releases.filter(design=design_id)
    found, newer = [], set()
    for release in releases:
        if not release.is_published:
            state = "withdrawn" if release.is_withdrawn else "draft"
        elif release.is_withdrawn:
            state = "withdrawn"
        elif release.expires_on and release.expires_on < today():
            state = "expired"
        elif release.design_id in newer:
            state = "superseded"
        else:
            state = "published"
        if release.is_published and not release.is_withdrawn:
            newer.add(release.design_id)
        found.append(Standing(release, state))
    stocks = stocks_of(campaign, [one.release.pk for one in found])
    for one in found:
        one.stock = stocks[one.release.pk]
    return found


def standing_of(release: Release) -> Standing:
    """One release with its state and stock."""
    all_of_it = standings(release.campaign, design_id=release.design_id)
    return next(one for one in all_of_it if one.release.pk == release.pk)


def stocks_of(campaign: Campaign, release_ids: Sequence[int]) -> dict[int, Stock]:
    """The stock of each of these releases, worked out from its moves."""
    stocks: dict[int, Stock] = defaultdict(Stock)
    moves = StockMove.objects.of(campaign).filter(release__in=release_ids).order_by("id")
    for move in moves:
        stocks[move.release_id].add(Move(move.kind, move.place_id, move.count, move.holder_id))
    return stocks


def moves_of(release: Release) -> list[StockMove]:
    """What happened to its copies, newest first."""
    return list(
        StockMove.objects.of(release.campaign_id)
        .filter(release=release)
        .select_related("place", "holder")
        .order_by("-id")
    )


def copies_of(campaign: Campaign, releases: Iterable[Release]) -> list[Copies]:
    """Where the copies of these releases still are, and with whom."""
    by_id = {release.pk: release for release in releases}
    stocks = stocks_of(campaign, list(by_id))
    moves = (
        StockMove.objects.of(campaign)
        .filter(release__in=list(by_id))
        .select_related("place", "holder")
    )
    places = {move.place_id: move.place for move in moves}
    holders = {move.holder_id: move.holder.name for move in moves if move.holder}
    copies = [
        Copies(by_id[release_id], places[place_id], "", count)
        for release_id, stock in stocks.items()
        for place_id, count in stock.at.items()
        if count
    ]
    copies += [
        Copies(by_id[release_id], places[place_id], holders[holder_id], count)
        for release_id, stock in stocks.items()
        for (place_id, holder_id), count in stock.out.items()
        if count
    ]
    return sorted(
        copies, key=lambda one: (one.release.design.name, -one.release.version, one.place.name, one.holder)
    )  # fmt: skip


def copies_quoting(campaign: Campaign, statement: str) -> list[Copies]:
    """
    The seam for a denial: every copy that quotes this statement, with place and holder.

    Whatever the release's own state is: a leaflet in a letterbox bag does not know that it was superseded.
    """
    quoting = Quote.objects.of(campaign).filter(statement=statement).values("release")
    return copies_of(
        campaign, Release.objects.of(campaign).select_related("design").filter(pk__in=quoting)
    )


def copies_to_bring_back(campaign: Campaign) -> list[tuple[Standing, list[Copies]]]:
    """Of every expired or withdrawn release that still has copies: where they are."""
    over = [one for one in standings(campaign) if one.state in ("expired", "withdrawn")]
    by_release: dict[int, list[Copies]] = defaultdict(list)
    for copies in copies_of(campaign, [one.release for one in over]):
        by_release[copies.release.pk].append(copies)
    return [(one, by_release[one.release.pk]) for one in over if one.release.pk in by_release]
