"""A hundred walks, or split streets, at a time: a city's cut has thousands."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import F
from django.template.defaultfilters import floatformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from hustings.apps.outings.models import Cut, SplitStreet, Turf
from hustings.apps.outings.queries import with_holders
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import QueryDict

A_PAGE = 100
MOST_IN_A_RANGE = 10_000


class Walks(NamedTuple):
    """A cut's walks by how they stand, over all of its pages."""

    all: int
    free: int
    out: int
    back: int
    doors: int
    next_free: int | None
    """The free walk of the lowest number, by its id."""
    before: int
    """How many walks have a lower number than the one that was asked for."""


_WALKS = """
select count(*), count(*) filter (where state = 'free'), count(*) filter (where state = 'out'),
  count(*) filter (where state = 'back'), coalesce(sum(door_count), 0),
  (array_agg(id order by number) filter (where state = 'free'))[1],
  count(*) filter (where number < %(walk)s)
from (
  select t.id, t.number, t.door_count, case
    when t.retired_at is not null then 'retired' when t.returned_at is not null then 'back'
    when t.published_at is null then 'draft' when c.id is not null then 'out' else 'free' end as state
  from outings_turf t
  left join outings_checkout c on c.campaign_id = t.campaign_id and c.turf_id = t.id
    and c.returned_at is null
  where t.campaign_id = %(campaign)s and t.cut_id = %(cut)s and (t.retired_at is null or %(retired)s)) as walks
"""


def walks_by_state(cut: Cut, walk: int | None = None, *, retired: bool = True) -> Walks:
    """How a cut's walks stand; with or without those that were put away."""
    values: dict[str, Any] = {
        "campaign": cut.campaign_id, "cut": cut.pk, "walk": walk or 0, "retired": retired,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_WALKS, values)
        return Walks(*cursor.fetchone())


class Page(NamedTuple):
    """One page; ``number`` counts from 1, ``before`` is how many stand on earlier pages."""

    number: int
    before: int
    of: int

    @property
    def is_all(self) -> bool:
        """Whether one page holds everything."""
        return self.of <= A_PAGE


def page_at(asked: int | None, before: int, of: int) -> Page:
    """The page of that number; without one, that on which the row stands before which there are so many."""
    number = before // A_PAGE + 1 if asked is None else asked
    number = min(max(number, 1), max(1, -(-of // A_PAGE)))
    return Page(number, (number - 1) * A_PAGE, of)


def turfs_on(cut: Cut, page: Page, *, retired: bool = True) -> list[Turf]:
    """The walks of one page by number, each with who has it: two questions."""
    rows = Turf.objects.of(cut.campaign_id).filter(cut=cut).defer("route", "streets")
    if not retired:
        rows = rows.filter(retired_at=None)
    return with_holders(list(rows.order_by("number")[page.before : page.before + A_PAGE]))


NEAR, SMALL = 60, 60


def turfs_near(cut: Cut, turf: Turf, number: int | None = None) -> list[Turf]:
    """The walks nearest to one, by number, and that of the number, each with who has it; none put away."""
    rows = Turf.objects.of(cut.campaign_id).filter(cut=cut, retired_at=None)
    rows = rows.exclude(number=turf.number).defer("route", "streets")
    if turf.lon is not None and turf.lat is not None:
        wide = math.cos(math.radians(turf.lat)) ** 2
        far = (F("lon") - turf.lon) * (F("lon") - turf.lon) * wide
        far += (F("lat") - turf.lat) * (F("lat") - turf.lat)
        rows = rows.annotate(far=far).order_by(F("far").asc(nulls_last=True), "number")
    else:
        rows = rows.order_by("number")
    found = list(rows[:NEAR])
    if number is not None and all(each.number != number for each in found):
        found += rows.filter(number=number)
    return with_holders(sorted(found, key=lambda each: each.number))


def small_turfs(cut: Cut) -> list[Turf]:
    """Walks that are what was left over and that nobody has, by number; the first of them."""
    rows = Turf.objects.of(cut.campaign_id).filter(
        cut=cut, retired_at=None, returned_at=None, flags__contains=["remnant"]
    )
    return [
        turf
        for turf in with_holders(list(rows.defer("route", "streets").order_by("number")[:SMALL]))
        if turf.open_checkout is None
    ]


def size_of(turf: Turf) -> str:
    """Doors, minutes and metres, put together once: a page has a hundred."""
    return _("%(d)s doors · %(m)s min · %(w)s m") % {
        "d": number_format(turf.door_count),
        "m": floatformat(turf.minutes, 0),
        "w": floatformat(turf.walk_m, 0),
    }


def split_streets(cut: Cut) -> int:
    """How many streets fall into several walks."""
    return int(SplitStreet.objects.of(cut.campaign_id).filter(cut=cut).count())


def split_streets_on(cut: Cut, page: Page) -> list[tuple[SplitStreet, list[Turf]]]:
    """The split streets of one page by name, each with its walks: two questions."""
    rows = SplitStreet.objects.of(cut.campaign_id).filter(cut=cut).order_by("street", "pk")
    splits = list(rows[page.before : page.before + A_PAGE])
    numbers = {number for split in splits for number in split.turfs}
    turfs = {
        turf.number: turf
        for turf in Turf.objects.of(cut.campaign_id)
        .filter(cut=cut, number__in=numbers)
        .only("campaign_id", "number")
    }
    return [(each, [turfs[n] for n in each.turfs if n in turfs]) for each in splits]


def links(page: Page, asked: QueryDict, anchor: str, what: str) -> dict[str, str]:
    """Where the pages before and after are, with all else that was asked; nothing where one page holds all."""
    if page.is_all:
        return {}

    def address(number: int) -> str:
        query = asked.copy()
        query.pop("walk", None)
        query["page"] = str(number)
        return f"?{query.urlencode()}#{anchor}"

    end = min(page.before + A_PAGE, page.of)
    return {
        "newer": address(page.number - 1) if page.number > 1 else "",
        "older": address(page.number + 1) if end < page.of else "",
        "said": what % {"first": page.before + 1, "last": end, "all": page.of},
    }


def numbers_in(text: str) -> list[int]:
    """
    Numbers of walks as somebody writes them: ``3, 17-25``.

    Raises
    ------
    BadInput
        For anything else.
    """
    found: list[int] = []
    for part in re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", text.strip())):
        if not part:
            continue
        if not re.fullmatch(r"\d{1,9}(-\d{1,9})?", part):
            raise BadInput(
                _("%(part)s is no number of a walk. Write numbers and ranges: 3, 17-25.")
                % {"part": part}
            )
        first, _dash, last = part.partition("-")
        low, high = int(first), int(last or first)
        found += range(low, min(high, low + MOST_IN_A_RANGE) + 1)
    return found


def locked_in(fields: Any) -> list[int]:
    """Which walks a form keeps as they are: those ticked, and those whose numbers were written."""
    ticked = [int(text) for text in fields.getlist("lock") if text.isdecimal() and len(text) < 10]
    return sorted({*ticked, *numbers_in(fields.get("lock_numbers", ""))})
