"""What a person reads of an excerpt: what it is, how it was said, and how well it is known."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {
    "claim": _("a claim"),
    "hope": _("a hope"),
    "confirmation": _("a confirmation"),
    "denial": _("a denial"),
    "correction": _("a correction"),
    "retraction": _("a retraction"),
    "praise": _("praise"),
    "offer of help": _("an offer of help"),
    "event": _("an event"),
    "fact": _("a fact about people and roles"),
    "conflict": _("a conflict to know of"),
}
"""Whatever an excerpt may be taken to be; the reader proposes all but a confirmation."""
ANSWERING = ("confirmation", "denial", "correction", "retraction")
DONE = {
    "claim": _("claimed"),
    "hope": _("hoped for, not received"),
    "confirmation": _("confirmed"),
    "denial": _("denied"),
    "correction": _("corrected"),
    "retraction": _("taken back"),
    "praise": _("praised"),
    "offer of help": _("offered help"),
    "event": _("an event"),
    "fact": _("a fact"),
    "conflict": _("a conflict to know of"),
}
"""The same on a timeline, as what was done."""
ROLES = {
    "candidate": _("candidate"),
    "office holder": _("office holder"),
    "spokesman": _("spokesman or spokeswoman"),
    "aide": _("aide"),
    "official": _("official"),
    "relative": _("relative"),
    "volunteer": _("volunteer"),
    "unnamed source": _("unnamed source"),
}
BASES = {
    "own words": _("in their own words"),
    "reported": _("said by them, in the paper’s words"),
    "paper": _("the paper says so"),
}
GRADES = {
    "signed": _("signed by them"),
    "our-record": _("written down and signed by us"),
    "called_back": _("confirmed by a call back"),
    "published": _("published, a clipping"),
    "told": _("told by someone"),
}
"""How well it is known that it was said, from the best down; nothing here says whether it is true."""
RANK = {"signed": 3, "our-record": 3, "called_back": 2, "published": 1, "told": 0}
