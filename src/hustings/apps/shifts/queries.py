"""Questions about sessions: which there are, who is signed up, who came, and which is next and near."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from hustings.apps.people.models import ContactPoint
from hustings.apps.shifts.models import Edit, Message, Session, SignUp, Step
from hustings.apps.shifts.places_given import plain, state_in, steps_of
from hustings.apps.volunteers.models import Volunteer
from hustings.core.register import fold
from hustings.core.shifts import standing
from hustings.core.shifts.reminding import to_chase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from hustings.apps.campaigns.models import Campaign

OPEN_BEFORE = timedelta(hours=2)
"""People are signed in from so long before the start until the end."""

MOST_FOUND = 20

MAYBE_SENT_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Card:
    """A session and how many stand where."""

    session: Session
    states: Counter[str]

    @property
    def said_yes(self) -> int:
        """How many have a place and are not here yet."""
        return sum(self.states[state] for state in standing.SAID_YES)

    @property
    def held(self) -> int:
        """How many have or had a place."""
        return sum(self.states[state] for state in standing.HOLD_A_PLACE)

    @property
    def confirmed(self) -> int:
        """How many said once more that they come."""
        return self.states[standing.CONFIRMED]

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return self.states[standing.WAITING]

    @property
    def came(self) -> int:
        """How many are or were here."""
        return self.states[standing.CAME]

    @property
    def free(self) -> int | None:
        """Places that are free; None where everybody may come."""
        limit = self.session.limit
        return None if limit is None else max(0, limit - self.held)

    @property
    def is_full(self) -> bool:
        """Whether the next one would wait."""
        return self.free == 0


@dataclass(frozen=True, slots=True)
class Day:
    """Sessions of one day, by their own clocks."""

    day: date
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class Row:
    """
    Somebody and this session.

    ``confirmed_before`` says that they confirmed for another day than the session has now; ``undoes`` is the
    organiser's last step, which can be taken back.
    """

    sign_up: SignUp
    state: str
    steps: list[Step]
    late: bool
    confirmed_before: bool
    undoes: Step | None
    phone: str
    maybe_sent: list[Message] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What they are called."""
        return str(self.sign_up.volunteer)

    @property
    def words(self) -> str:
        """Where they stand, in words."""
        return str(Step.Kind(self.state).label)

    @property
    def last(self) -> Step:
        """The newest step."""
        return self.steps[-1]

    @property
    def was_rung_up(self) -> bool:
        """Whether somebody rang since they signed up."""
        return any(step.kind == Step.Kind.CHASED for step in self.steps)

    @property
    def expected(self) -> bool:
        """They have a place and are not here yet."""
        return self.state in standing.SAID_YES


def cards(campaign: Campaign, sessions: Iterable[Session]) -> list[Card]:
    """How many stand where, for each."""
    sessions = list(sessions)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    steps = steps_of(campaign.pk, [one.pk for one in sessions])
    rows = SignUp.objects.of(campaign).filter(pk__in=list(steps))
    for key, session_id in rows.values_list("pk", "session_id"):
        counts[session_id][state_in(steps, key)] += 1
    return [Card(one, counts[one.pk]) for one in sessions]


def card_of(session: Session, rows: Iterable[Row]) -> Card:
    """The same for one, of which the rows are known."""
    return Card(session, Counter(row.state for row in rows))


def coming(campaign: Campaign, now: datetime | None = None) -> list[Session]:
    """Sessions that are not over, soonest first; the cancelled ones too."""
    rows = Session.objects.of(campaign).filter(ends_at__gt=now or timezone.now())
    return list(rows.select_related("contact__person").order_by("starts_at", "pk"))


def days(campaign: Campaign, *, past: bool = False) -> list[Day]:
    """What comes, by day; or the newest fifty that are over."""
    if past:
        rows = Session.objects.of(campaign).filter(ends_at__lte=timezone.now())
        sessions = list(rows.order_by("-starts_at", "-pk")[:50])
    else:
        sessions = coming(campaign)
    by_day: dict[date, list[Card]] = defaultdict(list)
    for card in cards(campaign, sessions):
        by_day[card.session.starts_at.astimezone(card.session.zone).date()].append(card)
    return [Day(day, found) for day, found in by_day.items()]


def open_now(campaign: Campaign, now: datetime | None = None) -> list[Session]:
    """Sessions at whose door people are signed in now: from two hours before the start until the end."""
    now = now or timezone.now()
    rows = Session.objects.of(campaign).filter(
        starts_at__lte=now + OPEN_BEFORE, ends_at__gt=now, cancelled_at=None
    )
    return list(rows.order_by("starts_at", "pk"))


def is_open(session: Session, now: datetime | None = None) -> bool:
    """Whether :func:`open_now` has it."""
    now = now or timezone.now()
    begun = session.starts_at <= now + OPEN_BEFORE
    return begun and session.ends_at > now and session.cancelled_at is None


@dataclass(frozen=True, slots=True)
class Awaited:
    """
    Somebody with a place at a session that comes or is on.

    ``late`` says that it is time to ring them up, and that nobody has since it began.
    """

    sign_up: SignUp
    confirmed: bool
    late: bool


def awaited(campaign: Campaign, within: timedelta, now: datetime | None = None) -> list[Awaited]:
    """Whoever has a place at a session of that time and is not here yet, in one question."""
    now = now or timezone.now()
    steps: dict[SignUp, list[Step]] = defaultdict(list)
    rows = Step.objects.of(campaign).filter(
        sign_up__session__starts_at__lte=now + within,
        sign_up__session__ends_at__gt=now,
        sign_up__session__cancelled_at=None,
    )
    for step in rows.select_related("sign_up__session", "sign_up__volunteer__person").order_by(
        "pk"
    ):
        steps[step.sign_up].append(step)
    found = []
    for sign_up, its in steps.items():
        state, session = standing.state_of(plain(its)), sign_up.session
        if state in standing.SAID_YES:
            decides = standing.deciding_step(plain(its))
            day = next((one for one in its if decides and one.pk == decides.number), its[-1])
            found.append(
                Awaited(
                    sign_up,
                    state == standing.CONFIRMED and is_for_its_day(session, day),
                    bool(to_chase(now, session.starts_at, session.ends_at, [(0, state)]))
                    and not _rung_up_since_it_began(session, its),
                )
            )
    return found


def _rung_up_since_it_began(session: Session, steps: list[Step]) -> bool:
    stand = {step.number for step in standing.standing_steps(plain(steps))}
    return any(
        one.kind == Step.Kind.CHASED and one.pk in stand and one.at >= session.starts_at
        for one in steps
    )


def rows_of(session: Session) -> list[Row]:
    """Everybody who has to do with the session: who is expected first, then who waits, then the others."""
    steps = steps_of(session.campaign_id, [session.pk])
    sign_ups = list(
        SignUp.objects.of(session.campaign_id)
        .filter(pk__in=list(steps))
        .select_related("volunteer__person")
    )
    now = timezone.now()
    states = {one.pk: state_in(steps, one.pk) for one in sign_ups}
    late = set(to_chase(now, session.starts_at, session.ends_at, states.items()))
    phones = _phones([one.volunteer.person_id for one in sign_ups], session)
    maybe: dict[int, list[Message]] = defaultdict(list)
    for row in Message.objects.of(session.campaign_id).filter(
        sign_up__in=sign_ups, sent_at=None, dropped="", claimed_at__lt=now - MAYBE_SENT_AFTER
    ):
        maybe[row.sign_up_id].append(row)
    found = [
        _row(session, one, steps[one.pk], one.pk in late, phones, maybe[one.pk]) for one in sign_ups
    ]
    order = {state: place for place, state in enumerate(_ORDER)}
    return sorted(
        found,
        key=lambda row: (
            order[row.state],
            row.last.pk if row.state == standing.WAITING else 0,
            row.sign_up.volunteer.person.name_key,
        ),
    )


_ORDER = (
    standing.SIGNED_UP, standing.CONFIRMED, standing.WAITING, standing.OFFERED, standing.CAME,
    standing.DID_NOT_COME, standing.CANCELLED,
)  # fmt: skip


def _row(
    session: Session,
    sign_up: SignUp,
    steps: list[Step],
    late: bool,
    phones: dict[int, str],
    maybe: list[Message],
) -> Row:
    rules = plain(steps)
    by_number = {step.pk: step for step in steps}
    kept = [by_number[step.number] for step in standing.standing_steps(rules)]
    state = standing.state_of(rules)
    newest = kept[-1] if kept else None
    decides = standing.deciding_step(rules)
    return Row(
        sign_up, state, kept or steps, late,
        confirmed_before=state == standing.CONFIRMED
        and decides is not None
        and not is_for_its_day(session, by_number[decides.number]),
        undoes=newest if newest and newest.who == Step.Who.ORGANISER else None,
        phone=phones.get(sign_up.volunteer.person_id, ""), maybe_sent=maybe,
    )  # fmt: skip


def is_for_its_day(session: Session, step: Step) -> bool:
    """Whether the session is still on the day that it had when the step was made."""
    return bool(
        step.starts_at.astimezone(session.zone).date()
        == session.starts_at.astimezone(session.zone).date()
    )


def _phones(people: list[int], session: Session) -> dict[int, str]:
    rows = ContactPoint.objects.of(session.campaign_id).filter(
        person_id__in=people,
        kind=ContactPoint.Kind.PHONE,
        status__in=[ContactPoint.Status.UNKNOWN, ContactPoint.Status.OK],
    )
    return dict(rows.order_by("-pk").values_list("person_id", "value"))


def edits_of(session: Session) -> list[Edit]:
    """Its changes, the newest first."""
    rows = Edit.objects.of(session.campaign_id).filter(session=session)
    return list(rows.order_by("-pk")[:10])


def volunteers_called(campaign: Campaign, text: str) -> list[Volunteer]:
    """Volunteers whose name begins so, in either order."""
    key = fold(text)
    if len(key) < 2:
        return []
    words = key.split()
    turned = " ".join([words[-1], *words[:-1]])
    rows = Volunteer.objects.of(campaign).filter(left_at=None).select_related("person")
    names = (
        Q(person__name_key__prefix=key)
        | Q(person__name_key__prefix=turned)
        | Q(person__forename__istartswith=text.strip())
    )
    return list(rows.filter(names).order_by("person__name_key", "pk")[:MOST_FOUND])
