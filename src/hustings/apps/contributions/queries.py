"""Questions for the screens: who helps, on which terms, and where that stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.contributions import judging
from hustings.apps.contributions.models import Decision, Payment, Terms
from hustings.core.errors import BadInput
from hustings.core.law import Money

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import Promise

    from hustings.apps.campaigns.models import Campaign

PROPOSED = "proposed"
STATES: dict[str, str | Promise] = {PROPOSED: _("proposed"), **dict(Decision.Kind.choices)}


@dataclass(frozen=True, slots=True)
class Standing:
    """Help on its latest terms, and where it stands."""

    terms: Terms
    payments: tuple[Payment, ...]
    decisions: tuple[Decision, ...]
    points: tuple[judging.Point, ...]

    @property
    def state(self) -> str:
        """``proposed`` until somebody decided about the latest terms."""
        return self.decisions[-1].kind if self.decisions else PROPOSED

    @property
    def state_label(self) -> str:
        """The word for it."""
        return str(STATES[self.state])

    @property
    def is_lent(self) -> bool:
        """
        Whether these are lent rather than volunteers.

        By what is so: somebody lends them, or somebody who neither helps nor is helped pays for something.
        """
        lent_by = self.terms.other.strip() or self.terms.party_id
        return bool(lent_by) or any(payment.is_from_others for payment in self.payments)

    @property
    def stopping(self) -> list[judging.Point]:
        """What stands in the way."""
        return [point for point in self.points if point.stops]

    @property
    def is_blocked(self) -> bool:
        """Whether a rule stops it, and not only a question."""
        return any(point.severity == "block" for point in self.stopping)

    @property
    def paid_by_others(self) -> str:
        """What somebody else pays in all; by currency, since two are not added."""
        sums: dict[str, Money] = {}
        for payment in self.payments:
            if payment.is_from_others and (amount := payment.amount) is not None:
                before = sums.get(amount.currency, Money(0, amount.currency))
                sums[amount.currency] = before + amount
        return " + ".join(str(amount) for amount in sums.values())

    @property
    def name(self) -> str:
        """How a list calls it."""
        return self.terms.other or str(self.terms.party or "") or self.terms.names


def today() -> date:
    """The day at the campaign's place."""
    return timezone.localdate()


def standing_of(terms: Terms) -> Standing:
    """Where these terms stand, judged by the rules of today."""
    return _standing(
        terms,
        list(Payment.objects.of(terms.campaign_id).filter(terms=terms).order_by("pk")),
        list(Decision.objects.of(terms.campaign_id).filter(terms=terms).order_by("pk")),
    )


def all_help(campaign: Campaign) -> list[Standing]:
    """All help on its latest terms, the latest to come first."""
    rows = Terms.objects.of(campaign).select_related("help", "campaign", "party")
    latest = {terms.help_id: terms for terms in rows.order_by("pk")}
    payments: dict[int, list[Payment]] = defaultdict(list)
    decisions: dict[int, list[Decision]] = defaultdict(list)
    for payment in Payment.objects.of(campaign).order_by("pk"):
        payments[payment.terms_id].append(payment)
    for decision in Decision.objects.of(campaign).order_by("pk"):
        decisions[decision.terms_id].append(decision)
    found = [_standing(one, payments[one.pk], decisions[one.pk]) for one in latest.values()]
    return sorted(found, key=lambda one: (one.terms.from_on, one.terms.pk), reverse=True)


def with_earlier(terms: Terms) -> tuple[Standing, list[Standing]]:
    """Where these terms stand, and what was said before, newest first."""
    rows = Terms.objects.of(terms.campaign_id).select_related("help", "campaign", "party")
    before = rows.filter(help=terms.help_id, pk__lt=terms.pk).order_by("-pk")
    every = [terms, *before]
    payments: dict[int, list[Payment]] = defaultdict(list)
    decisions: dict[int, list[Decision]] = defaultdict(list)
    for payment in Payment.objects.of(terms.campaign_id).filter(terms__in=every).order_by("pk"):
        payments[payment.terms_id].append(payment)
    for decision in Decision.objects.of(terms.campaign_id).filter(terms__in=every).order_by("pk"):
        decisions[decision.terms_id].append(decision)
    latest, *earlier = [_standing(one, payments[one.pk], decisions[one.pk]) for one in every]
    return latest, earlier


def _standing(terms: Terms, payments: list[Payment], decisions: list[Decision]) -> Standing:
    try:
        points = judging.points_of_help(terms, payments, today())
    except BadInput as error:  # amounts of a row that was not written by our form
        points = [judging.Point("", "", "ask", str(error))]
    return Standing(terms, tuple(payments), tuple(decisions), tuple(points))
