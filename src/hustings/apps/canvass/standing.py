"""
What counts by now, worked out from events: the rule on which every number stands, without a database.

- An event counts unless another event of the same phone at the same door corrects it. Undoing is a
  correction that says nothing itself; what the undone event had replaced stays replaced.
- Of two events the newer is the one that the server took in later, unless a phone said that the other
  was made after it (``after``): an event that arrives late stands just before those that followed it.
- A person's answer is the newest answer that counts. Where two phones of one walk heard different
  answers, both are kept and the person is marked as disputed, until an organiser says which counts.
- What an organiser holds back counts nowhere. What it took back stays taken back, and whoever it says is
  to be left alone stays left alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from hustings.apps.canvass.kinds import STOPS_CONTACT, WITHOUT_CONTACT, Channel, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

SILENT = frozenset(str(kind) for kind in WITHOUT_CONTACT)
STOPS = {str(kind): reason for kind, reason in STOPS_CONTACT.items()}
ANSWERED, UNDO, ASKED = str(Kind.ANSWERED), str(Kind.UNDO), str(Kind.DO_NOT_CONTACT)
DOOR = str(Channel.DOOR)

type Place = tuple[int, int]
"""(turf, door)."""
type Rank = tuple[int, int, int]


class Said(NamedTuple):
    """An event, as far as its consequences go; ``day`` is the campaign's own day of ``at``."""

    id: UUID
    position: int
    device: int
    turf: int
    door: int
    person: int | None
    channel: str
    kind: str
    support: str
    strength: int | None
    come_back_at: datetime | None
    at: datetime
    day: date
    corrects: UUID | None
    after: UUID | None
    held: bool = False
    outruled: bool = False


class VisitRow(NamedTuple):
    """One phone at one door on one day."""

    turf: int
    door: int
    device: int
    day: date
    contacted: bool
    answers: int


class AnswerRow(NamedTuple):
    """What a person (or somebody at the door) answers by now on this walk."""

    turf: int
    door: int
    person: int | None
    device: int
    day: date
    support: str
    strength: int | None
    disputed: bool


class DoorRow(NamedTuple):
    """What happened at a door of a walk by now."""

    turf: int
    door: int
    visits: int
    contacted: bool
    answers: int
    last_at: datetime | None
    last_kind: str
    come_back_at: datetime | None


class PersonRow(NamedTuple):
    """Where a person stands by now, and when they were last tried and reached."""

    person: int
    support: str
    strength: int | None
    support_at: datetime | None
    disputed: bool
    attempt: datetime | None
    contact: datetime | None
    channel: str
    door: datetime | None
    phone: datetime | None
    text: datetime | None
    event: datetime | None


@dataclass(frozen=True, slots=True)
class Standings:
    """All of it, for the doors and people that were asked for."""

    visits: list[VisitRow]
    answers: list[AnswerRow]
    doors: list[DoorRow]
    people: list[PersonRow]
    stops: set[tuple[int, str]]


def standings(
    events: Collection[Said],
    places: Iterable[Place],
    people: Iterable[int],
    at_doors: Iterable[tuple[int, int]],
) -> Standings:
    """
    Work it out.

    Parameters
    ----------
    events
        Every event at these places and about these people, and whatever corrects one of them.
    places, people
        What to work out.
    at_doors
        (person, door): what is said of a door concerns those who live there.
    """
    rank = ranks(events)
    at_place: dict[Place, list[Said]] = defaultdict(list)
    about: dict[int, list[Said]] = defaultdict(list)
    of_door: dict[int, list[Said]] = defaultdict(list)
    left_alone: dict[int | None, set[str]] = defaultdict(set)
    shut: set[int] = set()
    for event in said_by_now(events):
        if event.kind in STOPS:
            left_alone[event.person].add(STOPS[event.kind])
            if event.person is None and event.kind == ASKED:
                shut.add(event.door)
        if event.held:
            continue
        at_place[event.turf, event.door].append(event)
        if event.person is None:
            of_door[event.door].append(event)
        else:
            about[event.person].append(event)
    found = Standings([], [], [], [], set())
    for place in places:
        here = at_place.get(place, [])
        visits = _visits(place, here)
        found.visits.extend(visits)
        found.answers.extend(_answers(place, here, rank))
        found.doors.append(_door(place, here, len(visits), rank))
    homes: dict[int, list[int]] = defaultdict(list)
    for person, door in at_doors:
        homes[person].append(door)
    for person in people:
        theirs = about.get(person, [])
        home = [event for door in homes.get(person, ()) for event in of_door.get(door, ())]
        found.people.append(_person(person, theirs, home, rank))
        found.stops.update((person, reason) for reason in left_alone.get(person, ()))
        if shut.intersection(homes.get(person, ())):
            found.stops.add((person, STOPS[ASKED]))
    return found


def counting(events: Collection[Said]) -> list[Said]:
    """Those that nothing corrects, that say something, and that nobody holds back."""
    return [event for event in said_by_now(events) if not event.held]


def said_by_now(events: Collection[Said]) -> list[Said]:
    """Those that nothing corrects, and that say something; what is held back still corrects."""
    corrected = {
        (event.corrects, event.device, event.turf, event.door) for event in events if event.corrects
    }
    return [
        event
        for event in events
        if event.kind != UNDO and (event.id, event.device, event.turf, event.door) not in corrected
    ]


def ranks(events: Collection[Said]) -> Mapping[UUID, Rank]:
    """By id: of two events of one door, the one with the higher rank is the newer."""
    rank = {event.id: (event.position, 0, event.position) for event in events}
    followers = sorted(
        (event for event in events if event.after is not None), key=lambda event: event.position
    )
    if not followers:
        return rank
    by_id = {event.id: event for event in events}
    place = {event.id: event.position for event in events}
    for event in followers:
        before = by_id.get(event.after)  # type: ignore[arg-type]  # filtered above
        while before is not None and place[before.id] > place[event.id]:
            place[before.id] = place[event.id]
            before = by_id.get(before.after) if before.after else None
    for event in events:
        rank[event.id] = (place[event.id], _generation(event, by_id), event.position)
    return rank


def _generation(event: Said, by_id: Mapping[UUID, Said]) -> int:
    seen = {event.id}
    before = by_id.get(event.after) if event.after else None
    while before is not None and before.id not in seen:
        seen.add(before.id)
        before = by_id.get(before.after) if before.after else None
    return len(seen)


def _newest(events: Iterable[Said], rank: Mapping[UUID, Rank]) -> Said | None:
    return max(events, key=lambda event: rank[event.id], default=None)


def _visits(place: Place, here: Sequence[Said]) -> list[VisitRow]:
    days: dict[tuple[int, date], tuple[bool, int]] = {}
    for event in here:
        if event.channel == DOOR:
            contacted, answers = days.get((event.device, event.day), (False, 0))
            days[event.device, event.day] = (
                contacted or event.kind not in SILENT,
                answers + (event.kind == ANSWERED),
            )
    return [VisitRow(*place, device, day, *rest) for (device, day), rest in days.items()]


def answers_of(events: Iterable[Said]) -> list[Said]:
    """
    The answers among events that count, without those that an organiser put behind another.

    Where the one before which they were put counts no more, all of them are as they were.
    """
    found = [event for event in events if event.kind == ANSWERED]
    stands = {(event.turf, event.person) for event in found if not event.outruled}
    return [
        event for event in found if not event.outruled or (event.turf, event.person) not in stands
    ]


def _door(place: Place, here: Sequence[Said], visits: int, rank: Mapping[UUID, Rank]) -> DoorRow:
    knocks = [event for event in here if event.channel == DOOR]
    last = _newest(knocks, rank)
    return DoorRow(
        *place,
        visits=visits,
        contacted=any(event.kind not in SILENT for event in knocks),
        answers=sum(event.kind == ANSWERED for event in knocks),
        last_at=last.at if last else None,
        last_kind=last.kind if last else "",
        come_back_at=last.come_back_at if last else None,
    )


def _answers(place: Place, here: Sequence[Said], rank: Mapping[UUID, Rank]) -> Iterable[AnswerRow]:
    heard: dict[int | None, dict[int, Said]] = defaultdict(dict)
    for event in sorted(answers_of(here), key=lambda event: rank[event.id]):
        heard[event.person][event.device] = event
    for person, by_phone in heard.items():
        newest = max(by_phone.values(), key=lambda event: rank[event.id])
        differ = {(event.support, event.strength) for event in by_phone.values()}
        yield AnswerRow(
            *place, person, newest.device, newest.day, newest.support, newest.strength,
            disputed=person is not None and len(differ) > 1,
        )  # fmt: skip


def _person(
    person: int, theirs: Sequence[Said], home: Sequence[Said], rank: Mapping[UUID, Rank]
) -> PersonRow:
    heard: dict[tuple[int, int], Said] = {}
    for event in sorted(answers_of(theirs), key=lambda event: rank[event.id]):
        heard[event.turf, event.device] = event
    answer = _newest(heard.values(), rank)
    differ = {
        (event.support, event.strength)
        for event in heard.values()
        if answer and event.turf == answer.turf
    }
    spoken = [event for event in theirs if event.kind not in SILENT]
    by_channel: dict[str, datetime] = {}
    for event in spoken:
        by_channel[event.channel] = max(event.at, by_channel.get(event.channel, event.at))
    contact = max(by_channel.values(), default=None)
    channels = (name for name, at in by_channel.items() if at == contact)
    return PersonRow(
        person,
        support=answer.support if answer else "",
        strength=answer.strength if answer else None,
        support_at=answer.at if answer else None,
        disputed=len(differ) > 1,
        attempt=max((event.at for event in (*theirs, *home)), default=None),
        contact=contact,
        channel=min(channels, default=""),
        **{str(each): by_channel.get(str(each)) for each in Channel},
    )
