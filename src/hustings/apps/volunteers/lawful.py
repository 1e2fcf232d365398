"""What the rules say about a volunteer from abroad, and what would make lawful what they stop."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hustings.apps.contributions import judging, queries
from hustings.apps.contributions.access import terms_for
from hustings.apps.contributions.models import Payment, Terms
from hustings.apps.volunteers.access import abroad_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from hustings.apps.contributions.queries import Standing
    from hustings.apps.volunteers.models import Volunteer

INSTEAD: dict[str, tuple[str, str | StrPromise]] = {
    Payment.What.TRAVEL: (Payment.Payer.SELF, _("you pay for your travel yourself")),
    Payment.What.STIPEND: (Payment.Payer.NOBODY, _("nobody pays you a stipend or daily allowance")),
    Payment.What.LODGING: (Payment.Payer.SELF, _("you pay for where you sleep yourself")),
    Payment.What.WAGE: (Payment.Payer.NOBODY, _("nobody pays you for your time")),
}
"""Who would pay for each thing in place of whoever does, and how that is said to the volunteer."""


@dataclass(frozen=True, slots=True)
class Word:
    """
    What the rules say.

    Parameters
    ----------
    would_do
        The fewest changes after which nothing stops it; empty where nothing does, or no change would do.
    """

    standing: Standing
    would_do: tuple[str, ...]

    @property
    def cannot_yet(self) -> bool:
        """They want to help, and may not as it stands."""
        return bool(self.standing.stopping)


def word_on(volunteer: Volunteer) -> Word | None:
    """What the rules of today say about how they come; None for those who live here."""
    found = abroad_of(volunteer)
    if found is None:
        return None
    standing = queries.standing_of(terms_for(volunteer.campaign, found.help_id))
    return Word(standing, _would_do(standing) if standing.stopping else ())


def _would_do(standing: Standing) -> tuple[str, ...]:
    paid = [one for one in standing.payments if one.payer != INSTEAD[one.what][0]]
    for size in range(1, len(paid) + 1):
        for changed in combinations(paid, size):
            if _lawful(standing, {one.what for one in changed}):
                return tuple(str(INSTEAD[one.what][1]) for one in changed)
    return ()


def _lawful(standing: Standing, changed: set[str]) -> bool:
    before = standing.terms
    # Without a number it is nobody's yet, and what somebody went past does not count for it.
    terms = Terms(
        campaign=before.campaign, work_country=before.work_country, duty=before.duty,
        us_status=before.us_status, us_status_on=before.us_status_on,
    )  # fmt: skip
    payments = [
        Payment(what=one.what, payer=INSTEAD[one.what][0])
        if one.what in changed
        else Payment(
            what=one.what, payer=one.payer, payer_country=one.payer_country,
            amount_minor=one.amount_minor, currency=one.currency,
        )
        for one in standing.payments
    ]  # fmt: skip
    points = judging.points_of_help(terms, payments, queries.today())
    return not any(point.stops for point in points)
