"""The words of checking in, as ``app_words`` has those of the other screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Mapping[str, Any] = {
    "safety": _("Safety"),
    "safety_open": _("Check in while I am out"),
    "safety_not_offered": _("Your campaign does not offer checking in. Tell somebody when you leave and when you are back."),
    "safety_why": _("You tap “I’m all right” now and then. When you do not, your phone reminds you; then the organisers are told, and look for you."),
    "safety_kept": _("It keeps when you tapped, never where you are, and is deleted a week after your walk’s time is over. The organisers also see the last door where you recorded something. The phone can remind you only while this page is open."),
    "safety_how_often": _("How often?"),
    "safety_answers_count": _("An answer that I record, and that arrives, counts too"),
    "safety_answers_do": _("An answer that you record and that arrives counts too."),
    "safety_begin": _("Begin to check in"),
    "safety_by": _("Check in by {by}"),
    "safety_due": _("Are you all right?"),
    "safety_now": _("Now"),
    "safety_told_at": _("The organisers are told at {at}"),
    "safety_well": _("I’m all right"),
    "safety_help": _("I need help"),
    "safety_help_asked": _("You asked for help"),
    "safety_help_there": _("You asked for help at {at}. It has reached the campaign, and the organisers are told. Call as well if you can."),
    "safety_help_waits": _("You asked for help at {at}. It has not arrived: there is no signal for it. Call."),
    "safety_call": _("Call {phone}"),
    "safety_no_number": _("Your campaign has given no number to call."),
    "safety_danger": _("In danger, call the emergency number first."),
    "safety_nothing_there": _("The organisers have heard nothing since {since}: there is no signal. They are told at {at} unless it comes back."),
    "safety_done": _("I am done: stop checking in"),
}  # fmt: skip

COUNTED: Mapping[str, Any] = {
    "safety_minutes": ngettext_lazy(
        "{n} minute",
        "{n} minutes",
        "n",
    ),
}
