"""Entrance and exit polls as they were entered, and the campaign's own answers by age and gender."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.contests.board import EXACT
from hustings.apps.contests.models import Candidate, Poll
from hustings.core.contest.percent import percent
from hustings.core.contest.support import table as support
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.audit.actors import Actor
    from hustings.apps.contests.board import Totals
    from hustings.apps.contests.models import Contest

BY = ("age", "gender")
OWN_BANDS = ("under 30", "30-44", "45-64", "65+", support.UNKNOWN)
MOST_POLLS = 20

OWN = """
with newest as (
  select distinct on (coalesce(a.person_id::text, 'door ' || a.turf_id || ' ' || a.door_id))
    a.person_id, a.support
  from canvass_answer a where a.campaign_id = %(campaign)s
  order by coalesce(a.person_id::text, 'door ' || a.turf_id || ' ' || a.door_id), a.day desc, a.id desc),
known as (
  select distinct on (e.person_id) e.person_id,
    extract(year from age(%(day)s::date, coalesce(e.born, make_date(nullif(e.born_year, 0)::int, 7, 1))))::int as age,
    lower(trim(coalesce(e.facts->>'gender', ''))) as gender
  from register_registerentry e
  where e.campaign_id = %(campaign)s and e.removed_in is null and e.person_id in (select person_id from newest)
  order by e.person_id, e.id desc)
select n.support,
  case when k.age is null then 'unknown' when k.age < 30 then 'under 30' when k.age < 45 then '30-44'
    when k.age < 65 then '45-64' else '65+' end,
  case when k.gender in ('f', 'female', 'w') then 'female' when k.gender in ('m', 'male') then 'male'
    when k.gender is null or k.gender in ('', 'u', 'unknown') then 'unknown' else k.gender end,
  count(*)
from newest n left join known k on k.person_id = n.person_id group by 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class ShownBand:
    """A band as it is shown: heads, and for each answer heads and percent; nothing where it is silent."""

    name: str
    heads: int | None
    weight: str
    cells: Sequence[tuple[int, str | None]] | None


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One table: its bands, and the shares of all of them, plain and weighted, beside what the count says."""

    by: str
    names: Sequence[str]
    bands: Sequence[ShownBand]
    heads: int
    plain: Sequence[str | None]
    weighted: Sequence[str | None]
    silent: bool = False


def enter(
    contest: Contest, kind: str, asked_by: str, tables: Mapping[str, Sequence[Mapping[str, Any]]],
    *, by: Actor, corrects: Poll | None = None,
) -> Poll:  # fmt: skip
    """
    Write a poll down.

    Raises
    ------
    BadInput
        When nobody says who asked, no band has heads, or a band's numbers cannot be meant.
    """
    if kind not in Poll.Kind.values:
        raise BadInput(_("Say whether people were asked going in or coming out."))
    if not asked_by.strip():
        raise BadInput(_("Say who asked."))
    kept = {name: {"bands": list(bands)} for name, bands in tables.items() if bands}
    if not kept:
        raise BadInput(_("Fill in at least one band."))
    for name, said in kept.items():
        support.read(said, codes_of(contest), name)
    poll: Poll = Poll.objects.create(
        campaign_id=contest.campaign_id, contest=contest, kind=kind, tables=kept,
        asked_by=asked_by.strip()[:200], corrects=corrects, by=by.label,
    )  # fmt: skip
    record(by, "contest.poll", subject="poll", subject_id=poll.pk)
    return poll


def codes_of(contest: Contest) -> list[str]:
    """Those who stand, in the order of the sheet."""
    rows = Candidate.objects.of(contest.campaign_id).filter(contest=contest).order_by("order", "pk")
    return list(rows.values_list("code", flat=True))


def polls_of(contest: Contest) -> list[Poll]:
    """The newest first, without those that a later one corrects."""
    rows = list(Poll.objects.of(contest.campaign_id).filter(contest=contest).order_by("-pk"))
    corrected = {poll.corrects_id for poll in rows}
    return [poll for poll in rows if poll.pk not in corrected][:MOST_POLLS]


def tables_of(poll: Poll, names: Mapping[str, str], *, all_of_it: bool) -> list[ShownTable]:
    """By age and by gender, as far as they were asked for; small cells only for who may see them."""
    found = []
    for by in BY:
        if by in poll.tables:
            table = support.read(poll.tables[by], list(names))
            found.append(_shown(by, table, list(names.values()), all_of_it=all_of_it))
    return found


def own_tables(contest: Contest, *, all_of_it: bool) -> list[ShownTable]:
    """
    What was heard at doors, each person once by their newest answer, by the register's own word on age and gender.

    Whom the register does not say it of is «unknown», and so is a door where nobody is known.
    """
    with connection.cursor() as cursor:
        cursor.execute(OWN, {"campaign": contest.campaign_id, "day": contest.held_on})
        rows = cursor.fetchall()
    campaign = contest.campaign
    choices = campaign.parties if campaign.support_as == "parties" else campaign.support_scale
    labels: dict[str, str] = {choice["code"]: choice["label"] for choice in choices}
    labels |= {code: code for code, *_rest in rows if code not in labels}
    genders = [*sorted({row[2] for row in rows} - {support.UNKNOWN}), support.UNKNOWN]
    return [
        _shown(
            by, _own(rows, place, bands, list(labels)), list(labels.values()), all_of_it=all_of_it
        )
        for by, place, bands in (("age", 1, OWN_BANDS), ("gender", 2, genders))
        if rows
    ]


def _own(
    rows: Sequence[tuple[Any, ...]], place: int, bands: Sequence[str], answers: list[str]
) -> support.Table:
    counts: dict[str, dict[str, int]] = {band: {} for band in bands}
    for row in rows:
        of = counts[row[place]]
        of[row[0]] = of.get(row[0], 0) + row[3]
    return support.Table(
        tuple(answers),
        tuple(support.Band(name, sum(said.values()), said) for name, said in counts.items()),
    )


def _shown(by: str, table: support.Table, names: list[str], *, all_of_it: bool) -> ShownTable:
    said = (
        {band.name: dict(band.counts) for band in table.bands}
        if all_of_it
        else support.shown(table)
    )
    hidden = [band for band in table.bands if said[band.name] is None and band.heads]
    together = [sum(band.counts.get(answer, 0) for band in table.bands) for answer in table.answers]
    quiet = not all_of_it and any(0 < number < support.FEW for number in together)
    return ShownTable(
        by,
        names,
        [_band(table, band, said[band.name]) for band in table.bands],
        table.heads,
        _shares(table, None if quiet else support.unweighted(table)),
        _shares(table, None if hidden or quiet else support.weighted(table)),
        bool(hidden),
    )


def _band(table: support.Table, band: support.Band, said: Mapping[str, int] | None) -> ShownBand:
    weight = "" if band.weight is None else str(band.weight)
    if said is None:
        return ShownBand(band.name, None, weight, None)
    cells = [
        (said.get(answer, 0), percent(said.get(answer, 0), band.heads, 0))
        for answer in table.answers
    ]
    return ShownBand(band.name, band.heads, weight, cells)


def _shares(table: support.Table, shares: Mapping[str, Fraction] | None) -> list[str | None]:
    if shares is None:
        return [None for _answer in table.answers]
    return [percent(shares[answer], 1, 1) for answer in table.answers]


def heads_are_not_delegates(
    tables: Sequence[ShownTable], decides: Totals | None, names: Mapping[str, str]
) -> str:
    """The band that is furthest above the count, in one sentence; nothing where there is nothing to compare."""
    if decides is None or not decides.whole:
        return ""
    shares = decides.shares(1)[EXACT]
    codes = list(names)
    widest: tuple[Fraction, str] | None = None
    for table in tables:
        for band in table.bands:
            for place, (_heads, share) in enumerate(band.cells or ()):
                counted = shares.get(codes[place]) if place < len(codes) else None
                if share is None or counted is None:
                    continue
                gap = Fraction(share) - Fraction(counted)
                if gap > (widest[0] if widest else 0):
                    said = _(
                        "Heads are not delegates: %(band)s is %(share)s %% for %(name)s, all who were asked, weighted, "
                        "%(weighted)s %%, and the count so far gives %(counted)s %% of: %(what)s."
                    ) % {
                        "band": band.name, "share": share, "name": table.names[place],
                        "weighted": table.weighted[place] or table.plain[place] or "–",
                        "counted": counted, "what": decides.what.label,
                    }  # fmt: skip
                    widest = (gap, said)
    return widest[1] if widest else ""
