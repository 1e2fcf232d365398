"""A walk of a cut as one value, read from its rows and written back: what steps keep, undo and make again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.outings.models import Cut, SplitStreet, Turf, TurfDoor
from hustings.apps.outings.publishing import NotNow, claim_codes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

FIGURES = ("name", "minutes", "walk_m", "streets", "flags", "route", "lon", "lat")
State = dict[str, Any]
"""A walk's doors in order, whether it is locked, and :data:`FIGURES`; None where there is no such walk."""
AWAY = 1_000_000
"""Stops are put this far off while they are numbered anew: no two doors of a walk ever share one."""


def states_of(cut: Cut, turfs: Mapping[int, Turf], numbers: Collection[int]) -> dict[str, Any]:
    """Each of these walks as it is now, by its number as text."""
    ids = [turfs[number].pk for number in numbers if number in turfs]
    doors: dict[int, list[int]] = {pk: [] for pk in ids}
    rows = TurfDoor.objects.of(cut.campaign_id).filter(turf__in=ids, taken_at=None)
    for turf_id, door in rows.order_by("turf_id", "stop").values_list("turf_id", "door_id"):
        doors[turf_id].append(door)
    found: dict[str, Any] = {}
    for number in numbers:
        turf = turfs.get(number)
        found[str(number)] = (
            None
            if turf is None
            else {
                "doors": doors[turf.pk],
                "locked": turf.locked_at is not None,
                **{name: getattr(turf, name) for name in FIGURES},
            }
        )
    return found


def streets_of(cut: Cut, streets: Iterable[str]) -> dict[str, Any]:
    """How these streets are split now: the walks and the reason; None where a street is whole."""
    found: dict[str, Any] = dict.fromkeys(streets)
    rows = SplitStreet.objects.of(cut.campaign_id).filter(cut=cut, street__in=list(found))
    for split in rows:
        found[split.street] = [split.turfs, split.reason]
    return found


def write(cut: Cut, state: Mapping[str, Any], turfs: Mapping[int, Turf]) -> None:
    """
    Make these walks, split streets and the cut's numbers what a state says.

    A walk that somebody carries keeps its doors' order; what is new to it comes at the end. A door that leaves
    a published walk leaves its row there, marked as taken.

    Parameters
    ----------
    turfs
        The cut's walks by number, locked by the caller, each with who has it.

    Raises
    ------
    NotNow
        When a door that should leave its walk was knocked on meanwhile, or a walk in somebody's hands would
        lose all its doors.
    """
    walks = {int(number): wanted for number, wanted in state["walks"].items()}
    for number, wanted in walks.items():
        turf = turfs.get(number)
        if turf is not None:
            _take(turf, set(wanted["doors"]) if wanted else set())
    for number, wanted in walks.items():
        turf = turfs.get(number)
        if wanted is None:
            if turf is not None:
                _end(turf)
            continue
        turf = turf or _begin(cut, number)
        _put(turf, wanted["doors"])
        for name in FIGURES:
            setattr(turf, name, wanted[name])
        turf.door_count = len(wanted["doors"])
        turf.locked_at = (turf.locked_at or timezone.now()) if wanted["locked"] else None
        turf.save(update_fields=[*FIGURES, "door_count", "locked_at"])
    _write_streets(cut, state["streets"])
    cut.numbers = state["numbers"]
    cut.save(update_fields=["numbers"])


def _take(turf: Turf, stay: set[int]) -> None:
    """Doors that are not to stay leave the walk; the rows of a published one are marked."""
    rows = TurfDoor.objects.of(turf.campaign_id).filter(turf=turf, taken_at=None)
    gone = rows.exclude(door_id__in=stay)
    if turf.published_at is None:
        gone.delete()
        return
    count = gone.count()
    if not count:
        return
    if turf.open_checkout is not None and count == rows.count():
        raise NotNow(
            _("%(holder)s would have no door left on walk %(number)s; take the walk back first.")
            % {"holder": turf.open_checkout.holder, "number": turf.number}
        )
    # Asked with the change itself: somebody may have knocked since the step was looked at.
    taken = gone.filter(knocked_at=None).update(live=False, taken_at=timezone.now())
    if taken < count:
        raise NotNow(
            _("Walk %(number)s: somebody knocked on one of these doors meanwhile; it stays there.")
            % {"number": turf.number}
        )


def _put(turf: Turf, doors: Sequence[int]) -> None:
    """The doors of a walk, numbered in this order; in somebody's hands, what is new comes at the end."""
    live = turf.published_at is not None
    known = {row.door_id: row for row in TurfDoor.objects.of(turf.campaign_id).filter(turf=turf)}
    standing = [door for door in doors if door in known and known[door].taken_at is None]
    back = [door for door in doors if door in known and known[door].taken_at is not None]
    new = [door for door in doors if door not in known]
    last = max((row.stop for row in known.values()), default=0)
    with connection.cursor() as cursor:
        if back:
            cursor.execute(
                "update outings_turfdoor set taken_at = null, live = %s "
                "where campaign_id = %s and turf_id = %s and door_id = any(%s)",
                [live, turf.campaign_id, turf.pk, back],
            )
        cursor.execute(
            "insert into outings_turfdoor (campaign_id, action_id, turf_id, door_id, stop, live) "
            "select %s, %s, %s, d, %s + n, %s from unnest(%s::bigint[]) with ordinality as new(d, n)",
            [turf.campaign_id, turf.action_id, turf.pk, last, live, new],
        )
        if turf.open_checkout is not None and (standing or back):
            return
        taken = [door for door, row in known.items() if row.taken_at and door not in back]
        cursor.execute(
            "update outings_turfdoor set stop = stop + %s where campaign_id = %s and turf_id = %s",
            [AWAY, turf.campaign_id, turf.pk],
        )
        cursor.execute(
            "update outings_turfdoor td set stop = o.n "
            "from unnest(%s::bigint[]) with ordinality as o(d, n) "
            "where td.campaign_id = %s and td.turf_id = %s and td.door_id = o.d",
            [[*doors, *sorted(taken)], turf.campaign_id, turf.pk],
        )


def _begin(cut: Cut, number: int) -> Turf:
    """
    A walk of that number, which there is not; one that a step put away is taken up again.

    In a published cut it is published too, also where the cut was published anew while it was away.
    """
    turf: Turf | None = Turf.objects.of(cut.campaign_id).filter(cut=cut, number=number).first()
    if turf is None:
        turf = Turf.objects.create(
            campaign_id=cut.campaign_id, action_id=cut.action_id, cut=cut, number=number, name="",
            door_count=0, minutes=0, walk_m=0,
        )  # fmt: skip
    turf.retired_at = None
    if cut.published_at is not None and turf.published_at is None:
        turf.published_at = timezone.now()
        turf.code = claim_codes(cut.campaign, [turf.pk])[turf.pk]
    turf.save(update_fields=["retired_at", "published_at", "code"])
    return turf


def _end(turf: Turf) -> None:
    """A walk without doors: gone from a draft, put away where it was published."""
    if turf.published_at is None:
        turf.delete()
        return
    turf.retired_at, turf.door_count = timezone.now(), 0
    turf.save(update_fields=["retired_at", "door_count"])


def _write_streets(cut: Cut, streets: Mapping[str, Any]) -> None:
    SplitStreet.objects.of(cut.campaign_id).filter(cut=cut, street__in=list(streets)).delete()
    SplitStreet.objects.bulk_create(
        SplitStreet(
            campaign_id=cut.campaign_id, cut=cut, street=street, turfs=said[0], reason=said[1]
        )
        for street, said in streets.items()
        if said is not None
    )
