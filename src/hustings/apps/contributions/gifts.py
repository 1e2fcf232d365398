"""Gifts: writing down, checking, accepting, returning; and what others spend. Each asks the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contributions.gift_models import (
    Gift,
    GiftNoted,
    GiftStep,
    Spending,
    SpendingStruck,
)
from hustings.apps.contributions.judging import GRAVEST_FIRST, LawSaysNo, Point, points_in
from hustings.core.errors import BadInput
from hustings.core.law import judge
from hustings.formats.law import the_book

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.utils.functional import Promise

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.core.law import Answer, Money
    from hustings.core.law.fact import Value

RECEIVED = "received"
OVER = (GiftStep.Kind.RETURNED, GiftStep.Kind.STRUCK)
STATES: dict[str, str | Promise] = {
    RECEIVED: gettext_lazy("received, not checked"),
    **dict(GiftStep.Kind.choices),
}


@dataclass(frozen=True, slots=True)
class GiftStanding:
    """A gift, what was done about it, and what the rules say today."""

    gift: Gift
    steps: tuple[GiftStep, ...]
    points: tuple[Point, ...]

    @property
    def state(self) -> str:
        """The last thing that was done."""
        return self.steps[-1].kind if self.steps else RECEIVED

    @property
    def state_label(self) -> str:
        """The word for it."""
        return str(STATES[self.state])

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in (RECEIVED, GiftStep.Kind.CHECKED)

    @property
    def stopping(self) -> list[Point]:
        """What stands in the way of accepting it."""
        return [point for point in self.points if point.stops]

    @property
    def due(self) -> date | None:
        """By when it must be checked or returned."""
        return max((p.due for p in self.points if p.due), default=None) if self.is_open else None

    @property
    def is_pressing(self) -> bool:
        """Whether the time is nearly over, or over."""
        return self.is_open and any(p.case in ("day-25", "day-30-over") for p in self.points)


def gift_for(campaign: Campaign, gift_id: int, *, lock: bool = False) -> Gift:
    """A gift of this campaign; with ``lock`` nobody else decides about any until the transaction ends."""
    if (
        lock
    ):  # rows of gifts cannot be changed, so the campaign's own row is what two would wait for
        type(campaign).objects.select_for_update(no_key=True).get(pk=campaign.pk)
    gift: Gift | None = Gift.objects.of(campaign).filter(pk=gift_id).first()
    if gift is None:
        raise NotHere
    return gift


def gift_standing(gift: Gift) -> GiftStanding:
    """One gift as it stands today."""
    steps = GiftStep.objects.of(gift.campaign_id).filter(gift=gift).order_by("pk")
    return _standing(gift, list(steps))


def all_gifts(campaign: Campaign) -> list[GiftStanding]:
    """What is to be done first, by its last day; then the rest, newest first."""
    steps: dict[int, list[GiftStep]] = {}
    for step in GiftStep.objects.of(campaign).order_by("pk"):
        steps.setdefault(step.gift_id, []).append(step)
    found = [
        _standing(gift, steps.get(gift.pk, []))
        for gift in Gift.objects.of(campaign).order_by("-pk")
    ]
    return sorted(found, key=lambda one: (not one.is_open, one.due is None, one.due or one.gift.received_on))  # fmt: skip


def _standing(gift: Gift, steps: Sequence[GiftStep]) -> GiftStanding:
    today = timezone.localdate()
    over = bool(steps) and steps[-1].kind in OVER
    points = [] if over else points_of_gift(gift, steps, today)
    return GiftStanding(gift, tuple(steps), tuple(points))


def points_of_gift(gift: Gift, steps: Sequence[GiftStep], on: date) -> list[Point]:
    """What the rules of that day say; a check counts that was made while the clock still ran."""
    facts: dict[str, Value] = {
        "campaign_country": gift.country, "giver": gift.giver_kind, "form": gift.form,
        "amount": gift.amount, "recipient": gift.recipient, "received_on": gift.received_on,
        "details_recorded": bool(gift.details.strip()), "source_checked": False,
    }  # fmt: skip
    if gift.us_status:
        facts["us_status"] = gift.us_status
    if gift.giver_country:
        facts["giver_country"] = gift.giver_country
    answer = judge(the_book(), "gift", facts, on)
    checks = [step for step in steps if step.kind == GiftStep.Kind.CHECKED]
    due = max((finding.due for finding in answer.findings if finding.due), default=None)
    if checks and (due is None or checks[-1].on <= due):
        facts |= {"source_checked": True, "source_permissible": bool(checks[-1].permissible)}
        answer = judge(the_book(), "gift", facts, on)
    return _sorted(answer)


def _sorted(answer: Answer) -> list[Point]:
    return sorted(points_in(answer), key=lambda point: GRAVEST_FIRST.index(point.severity))


def receive(campaign: Campaign, values: Mapping[str, Any], *, by: Membership) -> Gift:
    """A gift came; writing it down accepts nothing."""
    with tenant(campaign.pk):
        gift: Gift = Gift.objects.create(campaign=campaign, written_by=by.actor.label, **values)
        _note(gift_standing(gift), "receive", by)
        record(by.actor, "gift.receive", subject="gift", subject_id=gift.pk)
    return gift


def take_step(
    campaign: Campaign,
    gift_id: int,
    kind: str,
    on: date,
    *,
    by: Membership,
    permissible: bool | None = None,
    why: str = "",
) -> GiftStep:
    """
    The source was checked, the gift accepted or returned, or it was a mistake.

    Raises
    ------
    LawSaysNo
        It is to be accepted, and a rule or an open question stops that.
    BadInput
        It does not stand so, or the day cannot be.
    """
    with tenant(campaign.pk):
        gift = gift_for(campaign, gift_id, lock=True)
        standing = gift_standing(gift)
        if kind not in GiftStep.Kind.values or standing.state in OVER or standing.state == kind:
            raise BadInput(
                _("This is %(state)s already; nothing was changed.")
                % {"state": standing.state_label}
            )
        if standing.state == GiftStep.Kind.ACCEPTED and kind == GiftStep.Kind.CHECKED:
            raise BadInput(_("It is accepted already; return it if the source is not permissible."))
        if not gift.received_on <= on <= timezone.localdate():
            raise BadInput(_("The day lies before the gift came, or is still to come."))
        if kind == GiftStep.Kind.CHECKED and permissible is None:
            raise BadInput(_("Say whether the source is a permissible one."))
        if kind == GiftStep.Kind.ACCEPTED and standing.stopping:
            raise LawSaysNo(standing.stopping)
        if kind in (GiftStep.Kind.CHECKED, GiftStep.Kind.STRUCK) and not why.strip():
            raise BadInput(_("Say in a few words how it was checked, or what the mistake was."))
        step: GiftStep = GiftStep.objects.create(
            campaign=campaign, gift=gift, kind=kind, on=on, why=why.strip(), by=by.actor.label,
            permissible=permissible if kind == GiftStep.Kind.CHECKED else None,
        )  # fmt: skip
        _note(gift_standing(gift), kind, by)
        record(by.actor, "gift.step", subject="gift", subject_id=gift.pk, detail={"kind": kind})
    return step


def _note(standing: GiftStanding, act: str, by: Membership) -> None:
    GiftNoted.objects.bulk_create(
        GiftNoted(
            campaign_id=standing.gift.campaign_id, gift=standing.gift, act=act, rule=point.rule,
            case=point.case, severity=point.severity, sentence=point.sentence,
            citation=point.citation, source=point.source, read_on=point.read_on, due=point.due,
            on=timezone.localdate(), by=by.actor.label,
        )
        for point in standing.points
    )  # fmt: skip


# --- what others spend ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spent:
    """Everything one spender spent in one currency, and what the rules say about it."""

    rows: tuple[Spending, ...]
    total: Money
    points: tuple[Point, ...]


def all_spending(campaign: Campaign) -> list[Spent]:
    """By spender."""
    by_spender: dict[tuple[str, str], list[Spending]] = {}
    for row in _counted(campaign).order_by("pk"):
        by_spender.setdefault((row.name.casefold(), row.currency), []).append(row)
    return [_spent(rows) for rows in by_spender.values()]


def spend(campaign: Campaign, values: Mapping[str, Any], *, by: Membership) -> Spending:
    """
    Somebody is about to spend this, or did; it is not written down where a rule stops it.

    Raises
    ------
    LawSaysNo
        With what they spent before it is more than the law lets them.
    """
    with tenant(campaign.pk):
        type(campaign).objects.select_for_update(no_key=True).get(pk=campaign.pk)
        new = Spending(campaign=campaign, written_by=by.actor.label, **values)
        before = [
            row
            for row in _counted(campaign).filter(currency=new.currency).order_by("pk")
            if row.name.casefold() == new.name.casefold()
        ]
        stopping = [point for point in _spent([*before, new]).points if point.stops]
        if stopping:
            raise LawSaysNo(stopping)
        new.save(force_insert=True)
        record(by.actor, "spending.record", subject="spending", subject_id=new.pk)
    return new


def strike_spending(campaign: Campaign, spending_id: int, why: str, *, by: Membership) -> None:
    """It was a mistake, and is not counted any more."""
    with tenant(campaign.pk):
        row: Spending | None = _counted(campaign).filter(pk=spending_id).first()
        if row is None:
            raise NotHere
        if not why.strip():
            raise BadInput(_("Say in a few words how it was checked, or what the mistake was."))
        SpendingStruck.objects.create(
            campaign=campaign, spending=row, why=why.strip(), by=by.actor.label
        )
        record(by.actor, "spending.strike", subject="spending", subject_id=row.pk)


def _counted(campaign: Campaign) -> Any:
    return Spending.objects.of(campaign).filter(struck__isnull=True)


def _spent(rows: Sequence[Spending]) -> Spent:
    last = rows[-1]
    total = rows[0].amount
    for row in rows[1:]:
        total += row.amount
    facts: dict[str, Value] = {
        "campaign_country": last.country, "spender": last.spender, "total": total,
        "notified": last.notified, "part": last.part,
    }  # fmt: skip
    points = _sorted(judge(the_book(), "spending", facts, timezone.localdate()))
    return Spent(tuple(rows), total, tuple(points))
