"""What can happen at a door, in the codes that phones send, with what each of them means."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How somebody was reached."""

    DOOR = "door", _("at the door")
    PHONE = "phone", _("by telephone")
    TEXT = "text", _("by text message")
    EVENT = "event", _("at an event")


class Kind(models.TextChoices):
    """One outcome of one attempt; an event has exactly one."""

    NO_ANSWER = "no_answer", _("No answer")
    NO_ACCESS = "no_access", _("Could not get to the door")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Refused")
    MOVED = "moved", _("Moved")
    DECEASED = "deceased", _("Deceased")
    DO_NOT_CONTACT = "do_not_contact", _("Do not contact")
    HOSTILE = "hostile", _("Hostile")
    LANGUAGE = "language", _("Speaks another language")
    COME_BACK = "come_back", _("Come back")
    DELIVERED = "delivered", _("Delivered")
    PART = "part", _("Delivered in part")
    NOT_DELIVERED = "not_delivered", _("Not delivered")
    LEFT_OVER = "left_over", _("Left over")
    UNDO = "undo", _("Undone")
    SPOKEN_TO = "spoken_to", _("Somebody was spoken to")


REPORTED = tuple(kind for kind in Kind if kind != Kind.SPOKEN_TO)
"""What a phone may report. That somebody was spoken to is what stays of an answer when they are erased."""

OF_DELIVERIES = (Kind.DELIVERED, Kind.PART, Kind.NOT_DELIVERED, Kind.LEFT_OVER)
"""Happens on leaflet and poster rounds, and nowhere else; nobody is spoken to there."""

WITHOUT_CONTACT = (Kind.NO_ANSWER, Kind.NO_ACCESS)
"""Somebody knocked and nobody was spoken to."""

ABOUT_SOMEBODY = (Kind.ANSWERED, Kind.MOVED, Kind.DECEASED)
"""Says something about one person, where the door has people we know."""

STOPS_CONTACT = {
    Kind.DO_NOT_CONTACT: "asked",
    Kind.MOVED: "moved",
    Kind.DECEASED: "deceased",
}
"""Nobody is to be sent to this person again, and why."""
