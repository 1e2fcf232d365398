"""Hours of a session, shares, and what changed, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hustings.apps.shifts.letters import when_of
from hustings.apps.shifts.wording import FIELDS

if TYPE_CHECKING:
    from hustings.apps.shifts.models import Edit, Session
    from hustings.apps.shifts.queries import Row

register = template.Library()


@register.filter
def when(session: Session) -> str:
    """The day, the hours and the time zone."""
    return when_of(session)


@register.filter
def hours(session: Session) -> str:
    """Only the hours, by the clock there; with the zone where it is not the reader's."""
    with timezone.override(session.zone):
        begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        text = f"{date_format(begins, 'H:i')}–{date_format(ends, 'H:i')}"
    return text if session.time_zone == timezone.get_current_timezone_name() else f"{text} ({session.time_zone})"  # fmt: skip


@register.filter
def when_short(session: Session) -> str:
    """«Sat 13 Jun 14:00»."""
    with timezone.override(session.zone):
        return date_format(timezone.localtime(session.starts_at), "D j M H:i")


@register.filter
def percent(share: float) -> int:
    """A share as a whole number of hundredths."""
    return round(share * 100)


@register.filter
def last_words(row: Row) -> str:
    """Who did the last step and when; and what it was, where the row does not say it already."""
    step = row.last
    said = {
        "what": step.get_kind_display(),
        "who": step.by or step.get_who_display(),
        "at": date_format(timezone.localtime(step.at), "D j M H:i"),
    }
    if step.kind == row.state:
        return _("by %(who)s, %(at)s") % said
    return _("%(what)s by %(who)s, %(at)s") % said


@register.filter
def changed_fields(edit: Edit) -> str:
    """What was changed, in words."""
    names = dict.fromkeys(str(FIELDS[name]) for name in edit.before if name in FIELDS)
    return capfirst(", ".join(names)) or _("nothing that is kept")
