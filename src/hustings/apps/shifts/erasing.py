"""Erasing a person: their sign-ups go, with every step and every mail; their home and their name go out of sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import empty_labels, empty_mentions
from hustings.apps.shifts.models import Edit, Message, Session, SignUp, Step

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving

WORDS = ("name", "place", "contact_words", "access_notes", "cancel_reason")
"""Each by itself: a session whose notes name somebody still has its place."""


def erase(who: Leaving) -> dict[str, int]:
    """Steps and mails go with the sign-up that they are of; a place that was theirs is free."""
    mine = SignUp.objects.of(who.campaign_id).filter(volunteer__person_id=who.person_id)
    steps = Step.objects.of(who.campaign_id).filter(sign_up__in=mine).count()
    mails = Message.objects.of(who.campaign_id).filter(sign_up__in=mine).count()
    gone = mine.count()
    mine.delete()
    ours = Session.objects.of(who.campaign_id).filter(contact__person_id=who.person_id)
    home = list(ours.filter(at_a_home=True).values_list("pk", flat=True))
    homes = Session.objects.of(who.campaign_id).filter(pk__in=home)
    emptied = homes.update(place="", lon=None, lat=None, access_notes="")
    emptied += ours.update(contact=None)
    Message.objects.of(who.campaign_id).filter(sign_up__session_id__in=home).update(was={})
    befores = Edit.objects.of(who.campaign_id).filter(session_id__in=home).update(before={})
    return {
        "shifts_signup": gone,
        "shifts_step": steps + empty_labels(who, "shifts_step", "by"),
        "shifts_message": mails + empty_mentions(who, "shifts_message", "was"),
        "shifts_session": emptied
        + sum(empty_mentions(who, "shifts_session", column) for column in WORDS)
        + empty_labels(who, "shifts_session", "made_by", "cancelled_by"),
        "shifts_edit": befores
        + empty_mentions(who, "shifts_edit", "before")
        + empty_labels(who, "shifts_edit", "by"),
    }
