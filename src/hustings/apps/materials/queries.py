"""Questions for the screens: what there is, where copies are, and whose hands they are in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.together import together
from hustings.apps.materials import judging
from hustings.apps.materials.models import (
    CampaignImprint,
    Noted,
    Publication,
    Quote,
    Release,
    StockMove,
    StockPlace,
    Withdrawal,
)
from hustings.core.materials.stock import Move, Stock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.materials.models import ReleaseImprint, WentOn

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
    found = _states_in(_releases(campaign.pk, design_id))
    stocks = stocks_of(campaign, [one.release.pk for one in found])
    for one in found:
        one.stock = stocks[one.release.pk]
    return found


def states(campaign: Campaign) -> list[Standing]:
    """The same of all, without the stock, which is empty: one question."""
    return _states_in(_releases(campaign.pk, None))


def _releases(campaign_id: UUID, design_id: int | None) -> QuerySet[Any]:
    published = Publication.objects.of(campaign_id).filter(release=OuterRef("pk"))
    withdrawn = Withdrawal.objects.of(campaign_id).filter(release=OuterRef("pk"))
    releases: QuerySet[Any] = (
        Release.objects.of(campaign_id)
        .select_related("design")
        .annotate(is_published=Exists(published), is_withdrawn=Exists(withdrawn))
        .order_by("design__name", "design_id", "-version")
    )
    return releases if design_id is None else releases.filter(design=design_id)


def _states_in(releases: Iterable[Any]) -> list[Standing]:
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
        _count(stocks[move.release_id], move)
    return stocks


def _count(stock: Stock, move: Any) -> None:
    stock.add(Move(move.kind, move.place_id, move.count, move.holder_id))


@dataclass(frozen=True, slots=True)
class Around:
    """
    What stands around one release: versions, what it says and quotes, how it was judged, where copies may be.

    Of the ``versions`` of its design this one knows its stock. ``moves`` are those of its copies, oldest first, each with its place and its holder.
    """

    versions: list[Standing]
    blocks: list[ReleaseImprint]
    past: list[WentOn]
    quotes: list[Quote]
    noted: list[Noted]
    withdrawals: list[Withdrawal]
    places: list[StockPlace]
    moves: list[StockMove]


def around(release: Release) -> Around:
    """All of it, in one question."""
    campaign_id = release.campaign_id
    releases, *found = together(
        *_what_is_printed(release),
        Noted.objects.of(campaign_id).filter(release=release).order_by("id"),
        Withdrawal.objects.of(campaign_id).filter(release=release).order_by("id"),
        StockPlace.objects.of(campaign_id).order_by("name"),
        _moves(campaign_id, [release.pk]),
    )
    around = Around(_states_in(releases), *found)
    mine = next(one for one in around.versions if one.release.pk == release.pk)
    for move in around.moves:
        _count(mine.stock, move)
    return around


def printed_from(
    release: Release,
) -> tuple[list[Standing], list[ReleaseImprint], list[WentOn], list[Quote]]:
    """Its design's versions without their stock, what it says where, who went past what, and what it quotes."""
    releases, blocks, past, quotes = together(*_what_is_printed(release))
    return _states_in(releases), blocks, past, quotes


def _what_is_printed(release: Release) -> tuple[QuerySet[Any], ...]:
    return (
        _releases(release.campaign_id, release.design_id),
        judging.imprints_of(release),
        judging.gone_past(release),
        Quote.objects.of(release.campaign_id).filter(release=release).order_by("id"),
    )


def _moves(campaign_id: UUID, release_ids: Sequence[int]) -> QuerySet[StockMove]:
    """With their places and holders, oldest first."""
    rows = StockMove.objects.of(campaign_id).filter(release__in=release_ids)
    found: QuerySet[StockMove] = rows.select_related("place", "holder").order_by("id")
    return found


def copies_of(campaign: Campaign, releases: Iterable[Release]) -> list[Copies]:
    """Where the copies of these releases still are, and with whom."""
    by_id = {release.pk: release for release in releases}
    return copies_after(list(_moves(campaign.pk, list(by_id))), by_id)


def copies_after(moves: Sequence[StockMove], by_id: Mapping[int, Release]) -> list[Copies]:
    """The same, where every move of their copies is known; oldest first, with place and holder."""
    stocks: dict[int, Stock] = defaultdict(Stock)
    for move in moves:
        _count(stocks[move.release_id], move)
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
