"""Taking, giving, putting off, noting, doing and taking back; one tap may do it to many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.followups import access
from hustings.apps.followups.heard import is_there, standing
from hustings.apps.followups.models import FollowUpStep
from hustings.apps.people.models import Person
from hustings.apps.volunteers.models import Volunteer
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.followups.access import Subject

LONGEST_NOTE = 500
"""Characters."""
MOST_AT_ONCE = 200
What = FollowUpStep.What


def take(campaign: Campaign, subjects: Sequence[Subject], *, by: Actor) -> int:
    """Whoever taps it has them now; returns how many."""
    return _each(campaign, subjects, by, "follow_up.take", what=What.TAKEN, owner=by.label)


def give(
    campaign: Campaign,
    subjects: Sequence[Subject],
    to: str,
    *,
    volunteer_id: int | None = None,
    by: Actor,
) -> int:
    """Somebody else has them now: a member, or a volunteer, by name."""
    volunteer = None
    if volunteer_id is not None:
        volunteer = Volunteer.objects.of(campaign).filter(pk=volunteer_id, left_at=None).first()
        if volunteer is None:
            raise NotHere
        to = volunteer.person.name
    to = " ".join(to.split())[:80]
    if not to:
        raise BadInput(_("Say who is to have it: choose a name."))
    return _each(
        campaign, subjects, by, "follow_up.give", what=What.GIVEN, owner=to, volunteer=volunteer
    )


def put_off(campaign: Campaign, subjects: Sequence[Subject], due: date, *, by: Actor) -> int:
    """They are due on another day."""
    return _each(campaign, subjects, by, "follow_up.put_off", what=What.DUE, due=due)


def note(campaign: Campaign, subject: Subject, text: str, *, by: Actor) -> int:
    """A few words about it."""
    text = " ".join(text.split())[:LONGEST_NOTE]
    if not text:
        raise BadInput(_("Write the note first."))
    return _each(campaign, [subject], by, "follow_up.note", what=What.NOTE, note=text)


def finish(campaign: Campaign, subjects: Sequence[Subject], *, by: Actor) -> int:
    """They are done."""
    return _each(campaign, subjects, by, "follow_up.finish", what=What.DONE)


def take_back(campaign: Campaign, step_id: int, *, by: Actor) -> None:
    """
    As if a step had not been done.

    Raises
    ------
    BadInput
        When it was taken back already, or something was done after it.
    """
    with tenant(campaign.pk):
        step = access.step_for(campaign, step_id)
        subject = access.Subject(step.turf_id, step.door_id, step.person_id or 0, step.kind)
        steps = access.steps_of(campaign, subject)
        over = {each.takes_back_id for each in steps}
        counting = [s for s in steps if s.what != What.TAKEN_BACK and s.pk not in over]
        if not counting or counting[-1].pk != step.pk:
            raise BadInput(_("Something was done after this; take that back first."))
        _add(campaign, subject, len(steps) + 1, by, what=What.TAKEN_BACK, takes_back=step)
        record(by, "follow_up.take_back", subject="door", subject_id=subject.door)


def welcome(campaign: Campaign, subject: Subject, *, by: Actor) -> Volunteer:
    """Who said at the door that they would help is a volunteer from now on; the follow-up is done."""
    with tenant(campaign.pk):
        person = Person.objects.of(campaign).filter(pk=subject.person).first()
        if person is None:
            raise BadInput(_("Nobody’s name is known for this; add them under People who come."))
        if not is_there(campaign, subject):
            raise NotHere
        volunteer, new = Volunteer.objects.get_or_create(
            campaign=campaign, person=person, defaults={"time_zone": campaign.time_zone}
        )
        if not new and volunteer.left_at is not None:
            volunteer.left_at = None
            volunteer.save(update_fields=["left_at"])
        finish(campaign, [subject], by=by)
        record(by, "follow_up.welcome", subject="person", subject_id=person.pk)
    helper: Volunteer = volunteer
    return helper


def _each(
    campaign: Campaign, subjects: Sequence[Subject], by: Actor, verb: str, **content: object
) -> int:
    """
    One step more for each of these that there is; those that are done already stay as they are.

    Raises
    ------
    BadInput
        When somebody else did something about one of them at the same moment.
    """
    if not subjects:
        raise BadInput(_("Choose at least one first."))
    if len(subjects) > MOST_AT_ONCE:
        raise BadInput(_("That is too many at once: choose fewer than %d.") % MOST_AT_ONCE)
    done = 0
    with tenant(campaign.pk):
        there = standing(campaign, subjects)
        for subject in sorted(
            set(subjects)
        ):  # in one order, so that two who tick the same never wait for each other
            if subject not in there:
                raise NotHere
            if there[subject]:  # done already
                continue
            _add(campaign, subject, len(access.steps_of(campaign, subject)) + 1, by, **content)
            done += 1
        if done:
            record(
                by, verb, subject="door", subject_id=subjects[0].door, count=done,
                detail={"kinds": sorted({subject.kind for subject in subjects})},
            )  # fmt: skip
    return done


def _add(
    campaign: Campaign, subject: Subject, nth: int, by: Actor, **content: object
) -> FollowUpStep:
    try:
        with transaction.atomic():
            step: FollowUpStep = FollowUpStep.objects.create(
                campaign=campaign, turf_id=subject.turf, door_id=subject.door,
                person_id=subject.person or None, kind=subject.kind, nth=nth, by_label=by.label,
                **content,
            )  # fmt: skip
    except IntegrityError as error:
        raise BadInput(
            _("Somebody else did something about this a moment ago. Look again, then decide.")
        ) from error
    return step
