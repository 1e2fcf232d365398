"""What becomes of a sign-up: signing up, confirming, not being able to come, ringing up, rebooking, taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.shifts import access
from hustings.apps.shifts.models import Message, SignUp, Step
from hustings.apps.shifts.places_given import (
    is_room,
    message,
    plain,
    promote,
    state_in,
    steps_of,
    write_step,
)
from hustings.apps.volunteers.lawful import word_on
from hustings.core.errors import BadInput
from hustings.core.shifts.standing import HOLD_A_PLACE, SAID_YES, standing_steps

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.audit.actors import Actor
    from hustings.apps.shifts.models import Session
    from hustings.apps.volunteers.models import Volunteer

HAS_A_PLACE_OR_WAITS = HOLD_A_PLACE | {Step.Kind.WAITING}


def who_of(by: Actor) -> str:
    """A volunteer acts by a link, an organiser at the desk."""
    return Step.Who.VOLUNTEER if by.kind == "link" else Step.Who.ORGANISER


def sign_up(session: Session, volunteer: Volunteer, *, by: Actor) -> SignUp:
    """
    A place where one is free, or else the end of the waiting list; asked for twice it is the same.

    Raises
    ------
    BadInput
        When the session is cancelled or over, or they ask themselves and a rule of law stands in their way.
    """
    with tenant(session.campaign_id):
        if by.kind == "link":
            _refuse_who_cannot_yet(volunteer)
        session = access.session_for(session.campaign_id, session.pk, lock=True)
        mine, step = take_a_place(session, volunteer, by=by)
        if step is not None:
            record(
                by, "session.sign_up", subject="sign-up", subject_id=mine.pk,
                detail={"as": str(step.kind)},
            )  # fmt: skip
    return mine


def take_a_place(
    session: Session, volunteer: Volunteer, *, by: Actor, at: datetime | None = None
) -> tuple[SignUp, Step | None]:
    """The same for a session that is locked already; no step where they had a place or waited."""
    _refuse_unless_open(session)
    promote(session)  # somebody who was erased may have left a place, and others wait for it
    mine: SignUp
    mine, _new = SignUp.objects.of(session.campaign_id).get_or_create(
        campaign_id=session.campaign_id, session=session, volunteer=volunteer
    )
    if state_in(steps_of(session.campaign_id, [session.pk]), mine.pk) in HAS_A_PLACE_OR_WAITS:
        return mine, None
    kind = Step.Kind.SIGNED_UP if is_room(session) else Step.Kind.WAITING
    step = write_step(session, mine, kind, who=who_of(by), by=by.label, at=at)
    if kind == Step.Kind.SIGNED_UP:
        message(mine, Message.Kind.BOOKED, step.pk)
    return mine, step


def confirm(mine: SignUp, *, by: Actor) -> None:
    """
    They say once more that they come; twice is the same as once.

    Raises
    ------
    BadInput
        When they have no place, or the session is cancelled or over.
    """
    with tenant(mine.campaign_id):
        session = access.session_for(mine.campaign_id, mine.session_id, lock=True)
        _refuse_unless_open(session)
        steps = steps_of(mine.campaign_id, [session.pk])
        state = state_in(steps, mine.pk)
        if state == Step.Kind.CONFIRMED:
            said = [one for one in steps[mine.pk] if one.kind == Step.Kind.CONFIRMED][-1]
            if said.starts_at.astimezone(session.zone).date() == session.starts_at.astimezone(session.zone).date():  # fmt: skip
                return
        elif state not in SAID_YES:
            raise BadInput(
                _("There is no place to confirm. Sign up first, and you get one or wait for one.")
            )
        write_step(session, mine, Step.Kind.CONFIRMED, who=who_of(by), by=by.label)
        record(by, "session.confirm", subject="sign-up", subject_id=mine.pk)


def cannot_come(mine: SignUp, *, by: Actor) -> int:
    """The place is free again and goes to whoever waits longest; returns how many got one."""
    with tenant(mine.campaign_id):
        session = access.session_for(mine.campaign_id, mine.session_id, lock=True)
        if state_in(steps_of(session.campaign_id, [session.pk]), mine.pk) == Step.Kind.CANCELLED:
            return 0
        record(by, "session.cannot_come", subject="sign-up", subject_id=mine.pk)
        return give_up_a_place(session, mine, by=by)


def give_up_a_place(
    session: Session, mine: SignUp, *, by: Actor, at: datetime | None = None
) -> int:
    """The same for a session that is locked already."""
    write_step(session, mine, Step.Kind.CANCELLED, who=who_of(by), by=by.label, at=at)
    return promote(session)


def chased(mine: SignUp, *, by: Actor) -> None:
    """Somebody rang them up."""
    with tenant(mine.campaign_id):
        session = access.session_for(mine.campaign_id, mine.session_id, lock=True)
        write_step(session, mine, Step.Kind.CHASED, who=who_of(by), by=by.label)
        record(by, "session.chase", subject="sign-up", subject_id=mine.pk)


def rebook(mine: SignUp, other: Session, *, by: Actor) -> SignUp:
    """
    From this session to another, in one go: no moment in which they have neither.

    Both steps are of one moment, by which :func:`take_back` knows them as two halves of one act.

    Raises
    ------
    BadInput
        When the other is cancelled or over, or the same, or full while they have a place in this one.
    """
    if other.pk == mine.session_id:
        raise BadInput(_("They are signed up for this session already."))
    with tenant(mine.campaign_id):
        both = access.lock_sessions(mine.campaign_id, [mine.session_id, other.pk])
        old, new = sorted(both, key=lambda one: one.pk != mine.session_id)
        at = timezone.now()
        taken, _step = take_a_place(new, mine.volunteer, by=by, at=at)
        steps = steps_of(mine.campaign_id, [old.pk, new.pk])
        state = state_in(steps, mine.pk)
        if state in SAID_YES and state_in(steps, taken.pk) == Step.Kind.WAITING:
            raise BadInput(_("That session is full. They keep the place that they have."))
        if state in SAID_YES | {Step.Kind.WAITING}:  # who did not come is still counted as that
            give_up_a_place(old, mine, by=by, at=at)
        record(by, "session.rebook", subject="sign-up", subject_id=mine.pk, detail={"to": taken.pk})
    return taken


def take_back(step: Step, *, by: Actor) -> None:
    """
    A step was a mistake: where they stood before counts again. Of a rebooking both halves are taken back.

    Where their place has gone to somebody else meanwhile, they wait at the end of the line; where it frees
    a place, whoever waits longest gets it.

    Raises
    ------
    BadInput
        When it was a rebooking, and something happened at the other session since.
    """
    with tenant(step.campaign_id):
        half = _other_half(step)
        both = [step] if half is None else [step, half]
        locked = access.lock_sessions(step.campaign_id, {one.sign_up.session_id for one in both})
        sessions = {one.pk: one for one in locked}
        steps = steps_of(step.campaign_id, sessions)
        if any(one.undoes_id == step.pk for one in steps[step.sign_up_id]):
            return  # tapped twice
        if half is not None:
            its = standing_steps(plain(steps[half.sign_up_id]))
            if all(one.number != half.pk for one in its):
                both = [step]  # that half was put right by hand
            elif its[-1].number != half.pk:
                other = sessions[half.sign_up.session_id]
                raise BadInput(_("This was a rebooking, and at “%(other)s” something was written down for them since. Undo that there first.") % {"other": other.name})  # fmt: skip
        for one in both:
            _undo(sessions[one.sign_up.session_id], one, by=by)
        record(by, "session.take_back", subject="sign-up", subject_id=step.sign_up_id, detail={"step": step.kind})  # fmt: skip
        for session in locked:
            promote(session)


def _undo(session: Session, step: Step, *, by: Actor) -> None:
    mine = step.sign_up
    state = state_in(steps_of(step.campaign_id, [session.pk]), mine.pk)
    there_was_room = is_room(session)
    write_step(session, mine, Step.Kind.UNDONE, who=who_of(by), by=by.label, undoes=step)
    now = state_in(steps_of(step.campaign_id, [session.pk]), mine.pk)
    if now in SAID_YES and state not in HOLD_A_PLACE and not there_was_room:
        write_step(session, mine, Step.Kind.WAITING, who=Step.Who.PROGRAM)


def _other_half(step: Step) -> Step | None:
    """Of a rebooking: the place that was taken for one that was given up, or the other way round."""
    took = {Step.Kind.SIGNED_UP, Step.Kind.WAITING}
    wanted = took if step.kind == Step.Kind.CANCELLED else {Step.Kind.CANCELLED}
    if step.kind not in took | {Step.Kind.CANCELLED}:
        return None
    found: Step | None = (
        Step.objects.of(step.campaign_id)
        .select_related("sign_up")
        .filter(
            at=step.at, kind__in=wanted, who=step.who,
            sign_up__volunteer_id=step.sign_up.volunteer_id,
        )
        .exclude(sign_up_id=step.sign_up_id)
        .first()
    )  # fmt: skip
    return found


def _refuse_who_cannot_yet(volunteer: Volunteer) -> None:
    word = word_on(volunteer)
    if word is not None and word.cannot_yet:
        raise BadInput(_("You cannot sign up yet: a rule stands in the way. Your own page says which, and what would change that."))  # fmt: skip


def _refuse_unless_open(session: Session) -> None:
    if session.cancelled_at:
        raise BadInput(_("This session is cancelled. Choose another one."))
    if session.is_over:
        raise BadInput(_("This session is over. Choose another one."))
