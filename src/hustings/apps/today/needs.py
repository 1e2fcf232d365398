"""What the rooms that were here first have to say on the first page, as sentences."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from hustings.apps.accounts.roles import Right
from hustings.apps.followups.queries import counts
from hustings.apps.today.matters import Matter, needs
from hustings.apps.today.queries import waiting

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


class Kind(NamedTuple):
    """How one thing that waits is said, where its button leads, and who may follow it."""

    order: int
    sentence: Any
    button: Promise | str
    url_name: str
    right: Right
    urgent: bool = False


KINDS: dict[str, Kind] = {
    "help": Kind(10, ngettext_lazy("%(n)d volunteer asked for help.", "%(n)d volunteers asked for help.", "n"), gettext_lazy("Look after them"), "safety:desk", Right.HAND_OUT, urgent=True),
    "silent": Kind(11, ngettext_lazy("%(n)d volunteer has not checked in.", "%(n)d volunteers have not checked in.", "n"), gettext_lazy("See who"), "safety:desk", Right.HAND_OUT, urgent=True),
    "phones": Kind(20, ngettext_lazy("%(n)d phone asks to be let in.", "%(n)d phones ask to be let in.", "n"), gettext_lazy("Let in"), "phones:list", Right.HAND_OUT),
    "overdue": Kind(25, ngettext_lazy("%(n)d walk is still out after its time.", "%(n)d walks are still out after their time.", "n"), gettext_lazy("See the walks"), "phones:progress", Right.HAND_OUT, urgent=True),
    "statements": Kind(30, ngettext_lazy("%(n)d matter wants an answer within a day.", "%(n)d matters want an answer within a day.", "n"), gettext_lazy("Answer"), "statements:desk", Right.STATEMENTS, urgent=True),
    "held": Kind(40, ngettext_lazy("%(n)d batch of answers is held back and counts nowhere.", "%(n)d batches of answers are held back and count nowhere.", "n"), gettext_lazy("Decide"), "phones:questions", Right.HAND_OUT),
    "replied": Kind(41, ngettext_lazy("%(n)d question about answers has a reply.", "%(n)d questions about answers have a reply.", "n"), gettext_lazy("Read"), "phones:questions", Right.HAND_OUT),
    "tray": Kind(42, ngettext_lazy("%(n)d report waits for your decision.", "%(n)d reports wait for your decision.", "n"), gettext_lazy("Decide"), "phones:tray", Right.HAND_OUT),
    "jobs": Kind(60, ngettext_lazy("%(n)d piece of background work failed.", "%(n)d pieces of background work failed.", "n"), gettext_lazy("See why"), "jobs:progress", Right.PLAN_TURF, urgent=True),
}  # fmt: skip
"""By the names of :func:`~.queries.waiting`."""


@needs
def of_the_desk(campaign: Campaign, member: Membership) -> list[Matter]:
    """What one question of the database finds."""
    found = []
    for name, waits in waiting(campaign).items():
        kind = KINDS[name]
        if not member.may(kind.right):
            continue
        arguments: dict[str, Any] = {"slug": campaign.slug}
        if name == "jobs":
            arguments["job_id"] = int(waits.which)
        found.append(
            Matter(
                kind.order, waits.number, str(kind.sentence % {"n": waits.number}),
                reverse(kind.url_name, kwargs=arguments), str(kind.button), waits.since,
                urgent=kind.urgent,
            )
        )  # fmt: skip
    return found


OVERDUE = ngettext_lazy(
    "%(n)d follow-up from the doors is overdue.",
    "%(n)d follow-ups from the doors are overdue.",
    "n",
)
NOBODYS = ngettext_lazy(
    "%(n)d follow-up from the doors is nobody’s yet.",
    "%(n)d follow-ups from the doors are nobody’s yet.",
    "n",
)


@needs
def of_follow_ups(campaign: Campaign, member: Membership) -> list[Matter]:
    """What was wished for at doors and is late, or has nobody who does it."""
    if not member.may(Right.FOLLOW_UPS):
        return []
    all_of_it = counts(campaign)
    tray = reverse("followups:tray", kwargs={"slug": campaign.slug})
    of = _("of %(all)d that are open") % {"all": all_of_it.open}
    late, nobodys = all_of_it.late, all_of_it.nobodys
    first = all_of_it.first_due
    since = datetime.combine(first, time(), tzinfo=ZoneInfo(campaign.time_zone)) if first else None
    return [
        Matter(
            45, late, str(OVERDUE % {"n": late}), f"{tray}?late=yes", _("See them"), since, by_day=True, of=of, urgent=True
        ),
        Matter(46, nobodys, str(NOBODYS % {"n": nobodys}), f"{tray}?owner=nobody", _("Share out"), all_of_it.nobodys_since, of=of),
    ]  # fmt: skip
