"""How many of those who sign up come, by the campaign's own figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.shifts.models import Session, SignUp
from hustings.apps.shifts.places_given import plain, steps_of
from hustings.core.shifts import standing
from hustings.core.shifts.overbooking import Figures, Suggestion, suggest

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

FIGURES_FROM = 60
"""Sessions, the newest that are over: who came to those a year ago says little of today."""


def figures_of(campaign: Campaign) -> tuple[Figures, Figures]:
    """
    Of who said yes how many came: of everybody, and of those who had confirmed.

    Counted are the newest sessions that are over and in which it was written down of everybody who had a place:
    who came is written down by itself, and who did not only if somebody says so.
    """
    over = list(
        Session.objects.of(campaign)
        .filter(ends_at__lte=timezone.now(), cancelled_at=None)
        .order_by("-starts_at")
        .values_list("pk", flat=True)[:FIGURES_FROM]
    )
    everybody, confirmed = Counter[str](), Counter[str]()
    steps = steps_of(campaign.pk, over)
    rows = SignUp.objects.of(campaign).filter(pk__in=list(steps))
    session_of = dict(rows.values_list("pk", "session_id"))
    stand = {key: standing.state_of(plain(its)) for key, its in steps.items()}
    unsaid = {session_of[key] for key, state in stand.items() if state in standing.SAID_YES}
    for key, state in stand.items():
        rules = plain(steps[key])
        if session_of[key] in unsaid:
            continue
        if state in {standing.CAME, standing.DID_NOT_COME} and standing.had_said_yes(rules):
            everybody[state] += 1
            confirmed[state] += standing.had_confirmed(rules)
    return (
        Figures(everybody.total(), everybody[standing.CAME]),
        Figures(confirmed.total(), confirmed[standing.CAME]),
    )


def suggestion_for(session: Session, figures: Figures) -> Suggestion | None:
    """How many to sign up; None where there is room for everybody."""
    return suggest(session.capacity, figures) if session.capacity is not None else None
