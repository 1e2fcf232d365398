"""At the door: who came, who did not, and who walks in. The table with one QR signs people in by :func:`came`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import Person
from hustings.apps.shifts import access
from hustings.apps.shifts.models import SignUp, Step
from hustings.apps.shifts.places_given import state_in, steps_of, write_step
from hustings.apps.shifts.signing_up import who_of
from hustings.apps.volunteers.models import Volunteer
from hustings.core.errors import BadInput
from hustings.core.register import fold
from hustings.core.shifts.standing import SAID_YES

if TYPE_CHECKING:
    from uuid import UUID

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.shifts.models import Session


def came(campaign: Campaign, session_id: int, volunteer_id: int, *, by: Actor) -> SignUp:
    """
    They are here; said twice it counts once, and nobody is turned away for want of a sign-up.

    Raises
    ------
    BadInput
        When the session is cancelled.
    """
    with tenant(campaign.pk):
        session = _locked(campaign, session_id)
        volunteer = access.volunteer_for(campaign, volunteer_id)
        mine: SignUp
        mine, _new = SignUp.objects.of(campaign).get_or_create(
            campaign=campaign, session=session, volunteer=volunteer
        )
        if state_in(steps_of(campaign.pk, [session.pk]), mine.pk) != Step.Kind.CAME:
            write_step(session, mine, Step.Kind.CAME, who=who_of(by), by=by.label)
            record(by, "session.came", subject="sign-up", subject_id=mine.pk)
    return mine


def _locked(campaign: Campaign, session_id: int) -> Session:
    session = access.session_for(campaign, session_id, lock=True)
    if session.cancelled_at:
        raise BadInput(_("This session is cancelled: nobody can be signed in."))
    return session


def walked_in(
    campaign: Campaign, session_id: int, name: str, *, report_id: UUID, by: Actor
) -> SignUp:
    """
    Somebody nobody knew of is here: a volunteer from now on. The same form sent twice is one arrival.

    Raises
    ------
    BadInput
        When no name was written, or the session is cancelled.
    """
    forename, _space, surname = " ".join(name.split()).partition(" ")
    if not forename:
        raise BadInput(_("Write the name of whoever came."))
    with tenant(campaign.pk):
        session = _locked(campaign, session_id)
        known: SignUp | None = (
            SignUp.objects.of(campaign).filter(session=session, report_id=report_id).first()
        )
        if known is not None:
            return known
        person = Person.objects.create(
            campaign=campaign, forename=forename, surname=surname,
            name_key=fold(f"{surname} {forename}"), origin=Person.Origin.JOINED,
        )  # fmt: skip
        volunteer = Volunteer.objects.create(
            campaign=campaign, person=person, time_zone=session.time_zone
        )
        mine: SignUp = SignUp.objects.create(
            campaign=campaign, session=session, volunteer=volunteer, report_id=report_id
        )
        write_step(session, mine, Step.Kind.CAME, who=who_of(by), by=by.label)
        record(by, "session.walk_in", subject="sign-up", subject_id=mine.pk)
    return mine


def did_not_come(mine: SignUp, *, by: Actor) -> None:
    """They were expected and are not here."""
    with tenant(mine.campaign_id):
        session = access.session_for(mine.campaign_id, mine.session_id, lock=True)
        if state_in(steps_of(mine.campaign_id, [session.pk]), mine.pk) in SAID_YES:
            write_step(session, mine, Step.Kind.DID_NOT_COME, who=who_of(by), by=by.label)
            record(by, "session.did_not_come", subject="sign-up", subject_id=mine.pk)


def the_others_did_not_come(session: Session, *, by: Actor) -> int:
    """Everybody who said yes and was not signed in; returns how many. Each can be taken back."""
    with tenant(session.campaign_id):
        session = access.session_for(session.campaign_id, session.pk, lock=True)
        if session.starts_at > timezone.now():
            raise BadInput(_("The session has not begun: nobody can have missed it."))
        steps = steps_of(session.campaign_id, [session.pk])
        missed = [key for key in steps if state_in(steps, key) in SAID_YES]
        by_id = SignUp.objects.of(session.campaign_id).in_bulk(missed)
        for key in missed:
            write_step(session, by_id[key], Step.Kind.DID_NOT_COME, who=who_of(by), by=by.label)
        if missed:
            record(
                by, "session.did_not_come", subject="session", subject_id=session.pk,
                count=len(missed),
            )  # fmt: skip
    return len(missed)
