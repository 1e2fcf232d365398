"""The only way to a session, a sign-up, a step and a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.shifts.models import Edit, Session, SignUp, Step
from hustings.apps.volunteers.models import Volunteer

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from hustings.apps.campaigns.models import Campaign


def session_for(campaign: Campaign | UUID, session_id: int, *, lock: bool = False) -> Session:
    """A session of this campaign; :class:`NotHere` otherwise. Locked, nobody else signs up meanwhile."""
    rows = Session.objects.of(campaign).filter(pk=session_id)
    session: Session | None = (
        rows.select_for_update(of=("self",), no_key=True)
        if lock
        else rows.select_related("contact__person")
    ).first()
    if session is None:
        raise NotHere
    return session


def lock_sessions(campaign_id: UUID, session_ids: Collection[int]) -> list[Session]:
    """Several at once, always in one order, so that two who rebook never wait for each other."""
    rows = Session.objects.of(campaign_id).filter(pk__in=session_ids).order_by("pk")
    found = list(rows.select_for_update(of=("self",), no_key=True))
    if len(found) != len(set(session_ids)):
        raise NotHere
    return found


def sign_up_for(campaign: Campaign | UUID, sign_up_id: int) -> SignUp:
    """A sign-up of this campaign; :class:`NotHere` otherwise."""
    rows = SignUp.objects.of(campaign).select_related("session", "volunteer__person")
    sign_up: SignUp | None = rows.filter(pk=sign_up_id).first()
    if sign_up is None:
        raise NotHere
    return sign_up


def sign_up_of(session: Session, volunteer_id: int) -> SignUp | None:
    """What this volunteer has to do with the session; None where nothing."""
    found: SignUp | None = (
        SignUp.objects.of(session.campaign_id)
        .filter(session=session, volunteer_id=volunteer_id)
        .first()
    )
    return found


def step_for(campaign: Campaign, step_id: int) -> Step:
    """A step of this campaign; :class:`NotHere` otherwise."""
    step: Step | None = (
        Step.objects.of(campaign).select_related("sign_up__session").filter(pk=step_id).first()
    )
    if step is None:
        raise NotHere
    return step


def edit_for(campaign: Campaign, edit_id: int) -> Edit:
    """A change of this campaign; :class:`NotHere` otherwise."""
    edit: Edit | None = (
        Edit.objects.of(campaign).select_related("session").filter(pk=edit_id).first()
    )
    if edit is None:
        raise NotHere
    return edit


def volunteer_for(campaign: Campaign | UUID, volunteer_id: int) -> Volunteer:
    """Somebody who helps this campaign; :class:`NotHere` otherwise."""
    volunteer: Volunteer | None = (
        Volunteer.objects.of(campaign)
        .select_related("person")
        .filter(pk=volunteer_id, left_at=None)
        .first()
    )
    if volunteer is None:
        raise NotHere
    return volunteer
