"""
Changing a contest that is there: its day, hour and zone always, what it is counted by only until something counts.

What it is (a caucus, a primary) never changes: its units report other phases then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.contests.models import Contest, LotCall, Report
from hustings.apps.contests.pools import written_down
from hustings.core.errors import BadInput
from hustings.formats.contest import own_ruleset

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from hustings.apps.audit.actors import Actor


def change(
    contest: Contest, name: str, *, held_on: date, opens_at: datetime, time_zone: str, ruleset: str,
    seats: int | None, pools: Mapping[str, Any] | None = None, by: Actor,
) -> Contest:  # fmt: skip
    """
    The same contest with what is said here; links, reporters and reports stay.

    Rules that are named as before keep the values that were written down with the contest.

    Raises
    ------
    BadInput
        Whose ``where`` is the field, when what was reported or drawn already would mean something else afterwards.
    """
    rows = Contest.objects.of(contest.campaign_id)
    now: Contest = rows.select_for_update(of=("self",), no_key=True).get(pk=contest.pk)
    said: dict[str, Any] = {
        "name": name, "held_on": held_on, "opens_at": opens_at, "time_zone": time_zone,
        "ruleset": ruleset, "seats": seats, "pools": written_down(now.kind, pools or {}, now.pools),
    }  # fmt: skip
    changed = [field for field, value in said.items() if getattr(now, field) != value]
    if not changed:
        return now
    _refuse_what_would_mislead(now, changed)
    if "ruleset" in changed:
        now.rules = dict(own_ruleset(ruleset)) if ruleset else {}
    for field, value in said.items():
        setattr(now, field, value)
    try:
        with transaction.atomic():
            now.save()
    except IntegrityError as error:
        raise BadInput(
            _("There is a contest of this name on this day already."), where="name"
        ) from error
    record(by, "contest.change", subject="contest", subject_id=now.pk, detail={"changed": changed})
    return now


def _refuse_what_would_mislead(contest: Contest, changed: list[str]) -> None:
    counts = next((field for field in ("ruleset", "pools", "seats") if field in changed), None)
    if counts and Report.objects.of(contest.campaign_id).filter(contest=contest).exists():
        raise BadInput(
            _("Reports count by these rules and this number already; both stay as they are."),
            where="districts" if counts == "pools" else counts,
        )
    called = LotCall.objects.of(contest.campaign_id).filter(contest=contest)
    if "name" in changed and called.exists():
        raise BadInput(
            _("A lot was called under this name, which is sealed with it."), where="name"
        )
