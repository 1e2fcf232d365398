"""What each role may do: the whole table, in one place."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Roles to begin with."""

    ORGANISER = "organiser", _("Organiser")
    CANVASSER = "canvasser", _("Canvasser")
    OBSERVER = "observer", _("Observer")
    PRESS_OFFICER = "press", _("Press officer")
    TELLER = "teller", _("Teller")


class Right(models.TextChoices):
    """What somebody may be allowed to do."""

    SEE_RESULTS = "see_results", _("see the results of the effort, in numbers")
    SEE_TURF = "see_turf", _("see turfs and walks, without people")
    PLAN_TURF = "plan_turf", _("cut turf and publish it")
    HAND_OUT = "hand_out", _("hand out walks and let phones in")
    SEE_PEOPLE = "see_people", _("look people up")
    IMPORT = "import", _("bring in registers, contacts and maps")
    RECORD_RESULTS = "record_results", _("record what was heard at a door")
    SEE_MATERIALS = "see_materials", _("see which leaflets and badges there are, and where")
    MATERIALS = "materials", _("design, publish and count leaflets and badges")
    CONTRIBUTIONS = "contributions", _("write down who helps, who is lent and who gives what")
    SETTINGS = "settings", _("change the campaign's settings and its members")
    SEE_AUDIT = "see_audit", _("read who did what")
    ERASE = "erase", _("erase a person")
    POLLING = "polling", _("run polling day: promises, marks, who is still to be turned out")
    TELL = "tell", _("tell that somebody has voted")
    STATEMENTS = "statements", _("see and write what campaigns say about each other")
    VOLUNTEERS = "volunteers", _("look after volunteers and their teams")
    SESSIONS = "sessions", _("plan sessions, see who comes, and sign people in")
    FOLLOW_UPS = "follow_ups", _("see what was wished for at doors, and do it")
    SEE_CONTESTS = "see_contests", _("see contests, their units and what was reported")
    CONTESTS = "contests", _("plan contests, invite reporters, take reports in and settle them")
    LENDING = "lending", _("lend other campaigns help, methods and designs, and take theirs")


RIGHTS: dict[str, frozenset[str]] = {
    Role.ORGANISER: frozenset(Right.values),
    Role.CANVASSER: frozenset({Right.RECORD_RESULTS, Right.SEE_MATERIALS}),
    Role.OBSERVER: frozenset(
        {Right.SEE_RESULTS, Right.SEE_TURF, Right.SEE_MATERIALS, Right.SEE_CONTESTS}
    ),
    Role.PRESS_OFFICER: frozenset(
        {
            Right.SEE_RESULTS,
            Right.SEE_CONTESTS,
            Right.STATEMENTS,
            Right.SEE_MATERIALS,
            Right.MATERIALS,
            Right.LENDING,
        }
    ),
    Role.TELLER: frozenset({Right.TELL}),
}
"""Deny by default: what is not named here is not allowed."""
