"""What an organiser does with a session: making one, changing it, cancelling it, copying it, and undoing each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.shifts import access
from hustings.apps.shifts.models import Edit, Message, Session, SignUp
from hustings.apps.shifts.places_given import message, promote, state_in, steps_of
from hustings.apps.volunteers.models import Volunteer
from hustings.core.errors import BadInput
from hustings.core.shifts.clock import days_later
from hustings.core.shifts.standing import SAID_YES, WAITING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign

FIELDS = (
    "kind", "name", "starts_at", "ends_at", "time_zone", "place", "lon", "lat", "at_a_home",
    "contact_id", "contact_words", "capacity", "sign_up_limit", "step_free", "toilets", "parking",
    "access_notes",
)  # fmt: skip
"""What is planned of a session, and so what a change may change."""
TOLD = ("starts_at", "ends_at", "time_zone", "place")
"""Who signed up is told when one of these changes."""
COPIED = tuple(name for name in FIELDS if name not in {"starts_at", "ends_at"})
TELL = SAID_YES | {WAITING}


def make(campaign: Campaign, planned: Mapping[str, Any], *, by: Actor) -> Session:
    """A new session."""
    with tenant(campaign.pk):
        session: Session = Session.objects.create(campaign=campaign, made_by=by.label, **planned)
        record(by, "session.make", subject="session", subject_id=session.pk)
    return session


def copy_to_next_week(session: Session, *, by: Actor) -> Session:
    """The same at the same hour of the clock a week later, or in the first week of which it is not over; nobody is signed up for it yet."""
    planned = {name: getattr(session, name) for name in COPIED}
    days = 7 * max(1, (timezone.now() - session.ends_at).days // 7)
    while days_later(session.ends_at, days, session.zone) <= timezone.now():
        days += 7
    moved = {
        name: days_later(getattr(session, name), days, session.zone)
        for name in ("starts_at", "ends_at")
    }
    return make(session.campaign, planned | moved, by=by)


def change(session: Session, planned: Mapping[str, Any], *, by: Actor) -> Edit | None:
    """
    What is planned changes; nobody's sign-up does. Who is affected is told once, with what changed.

    With more places those who wait get them; with fewer nobody loses theirs. None where nothing changed.
    """
    with tenant(session.campaign_id):
        edit = _change(session, planned, by=by)
        if edit is not None:
            record(
                by, "session.change", subject="session", subject_id=session.pk,
                detail={"fields": sorted(edit.before)},
            )  # fmt: skip
    return edit


def _change(session: Session, planned: Mapping[str, Any], *, by: Actor) -> Edit | None:
    session = access.session_for(session.campaign_id, session.pk, lock=True)
    before = {
        name: getattr(session, name)
        for name in FIELDS
        if name in planned and getattr(session, name) != planned[name]
    }
    if not before:
        return None
    for name in before:
        setattr(session, name, planned[name])
    session.sequence += 1
    session.save()
    edit: Edit = Edit.objects.create(
        campaign_id=session.campaign_id, session=session, by=by.label,
        before={name: kept(value) for name, value in before.items()},
    )  # fmt: skip
    if set(before) & set(TOLD):
        names = (*TOLD, "at_a_home")  # whoever only waits was never told a home's address
        was = {name: kept(before.get(name, getattr(session, name))) for name in names}
        _tell(session, Message.Kind.MOVED, was=was)
    promote(session)
    return edit


def undo_change(edit: Edit, *, by: Actor) -> None:
    """
    What stood there before stands there again, and whoever was told of the change is told of this one.

    Raises
    ------
    BadInput
        When it was changed since: half of what stood before would stand beside half of what came after.
    """
    with tenant(edit.campaign_id):
        access.session_for(edit.campaign_id, edit.session_id, lock=True)
        locked = Edit.objects.of(edit.campaign_id).select_for_update(no_key=True).get(pk=edit.pk)
        if locked.undone_at:
            return
        if (
            Edit.objects.of(edit.campaign_id)
            .filter(session=edit.session_id, pk__gt=edit.pk)
            .exists()
        ):
            raise BadInput(
                _("This session was changed since. Put back the newest change; it stands first.")
            )
        put_back = {
            name: datetime.fromisoformat(value) if name in {"starts_at", "ends_at"} else value
            for name, value in locked.before.items()
        }
        contact = Volunteer.objects.of(edit.campaign_id).filter(pk=put_back.get("contact_id"))
        if put_back.get("contact_id") and not contact.exists():  # erased meanwhile
            put_back["contact_id"] = None
        _change(edit.session, put_back, by=by)
        record(by, "session.put_back", subject="session", subject_id=edit.session_id)
        Edit.objects.of(edit.campaign_id).filter(pk=edit.pk).update(undone_at=timezone.now())


def cancel(session: Session, reason: str, *, by: Actor) -> None:
    """
    It does not take place. Everybody who signed up is told, with the reason; nobody is reminded of it.

    Raises
    ------
    BadInput
        When no reason was given.
    """
    if not reason.strip():
        raise BadInput(_("Say why it is cancelled: those who signed up read it."))
    with tenant(session.campaign_id):
        session = access.session_for(session.campaign_id, session.pk, lock=True)
        if session.cancelled_at:
            return
        session.cancelled_at, session.cancelled_by = timezone.now(), by.label
        session.cancel_reason = reason.strip()
        session.sequence += 1
        session.save()
        record(by, "session.cancel", subject="session", subject_id=session.pk)
        _tell(session, Message.Kind.CANCELLED)


def restore(session: Session, *, by: Actor) -> None:
    """It takes place after all; everybody who was told otherwise is told."""
    with tenant(session.campaign_id):
        session = access.session_for(session.campaign_id, session.pk, lock=True)
        if not session.cancelled_at:
            return
        session.cancelled_at, session.cancelled_by, session.cancel_reason = None, "", ""
        session.sequence += 1
        session.save()
        record(by, "session.restore", subject="session", subject_id=session.pk)
        _tell(session, Message.Kind.RESTORED)
        promote(session)


def _tell(session: Session, kind: str, *, was: Mapping[str, Any] | None = None) -> None:
    """One mail each. One of the same kind that still waits says all of it, from what stood there at first."""
    if session.is_over:
        return
    steps = steps_of(session.campaign_id, [session.pk])
    told = [key for key in steps if state_in(steps, key) in TELL]
    waits = set(
        Message.objects.of(session.campaign_id)
        .filter(sign_up_id__in=told, kind=kind, claimed_at=None, dropped="")
        .values_list("sign_up_id", flat=True)
    )
    for one in SignUp.objects.of(session.campaign_id).filter(pk__in=set(told) - waits):
        message(one, kind, session.sequence, was=dict(was or {}))


def kept(value: Any) -> Any:
    """As JSON holds it."""
    return value.isoformat() if isinstance(value, datetime) else value
