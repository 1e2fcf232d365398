"""What a person reads where a record has a word of its own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {
    "greeting": _("a greeting"),
    "support": _("a message of support"),
    "endorsement": _("an endorsement"),
    "fact": _("a fact"),
    "denial": _("a denial"),
    "correction": _("a correction"),
    "invitation": _("an invitation"),
    "offer": _("an offer"),
}
"""Kinds that are chosen; a withdrawal comes with the statement that it withdraws."""
ALL_KINDS = {
    **KINDS,
    "withdrawal": _("a withdrawal"),
    "volunteers": _("people who come to help"),
}
AUTHORITIES = {
    "press_office": _("their press office"),
    "candidate": _("the candidate"),
    "delegate": _("somebody who speaks for the candidate"),
    "third_party": _("somebody else"),
}
EVIDENCE = {
    "told": _("told by someone"),
    "published": _("published by them"),
    "called_back": _("confirmed by a call back"),
}
ROLES = {
    "delegate": _("somebody who speaks for the candidate"),
    "candidate": _("the candidate"),
    "press": _("press office"),
    "organiser": _("organiser"),
}
STATES = {
    "drafted": _("waits for approval"),
    "approved": _("approved, not signed yet"),
    "sent": _("signed and in our log"),
    "delivered": _("received by them"),
    "acknowledged": _("accepted by them"),
    "superseded": _("replaced"),
    "withdrawn": _("withdrawn"),
    "denied": _("denied"),
    "expired": _("over"),
    "received": _("received"),
    "accepted": _("accepted"),
    "declined": _("declined"),
    "announced": _("announced"),
}
WHY_NOT = {
    "not-on-record": _("no such statement is on record"),
    "a-hope": _("it was hoped for, and not received"),
    "not-confirmed": _("it was told or published, and they have not confirmed it to us"),
    "withdrawn": _("it was taken back"),
    "denied": _("they deny having said it"),
    "superseded": _("it was replaced by another"),
    "expired": _("the time until which it held is over"),
    "not-public": _("it is not public"),
    "embargoed": _("silence is asked for until later"),
    "not-for-us": _("it was said to somebody else"),
}
"""Why words must not be said, by the gate's own word for it."""
