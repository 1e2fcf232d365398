"""Help from elsewhere: its terms, who pays for it, what was decided and what the rules said. No questions here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.contributions.gift_models import (
    Gift,
    GiftNoted,
    GiftStep,
    Spending,
    SpendingStruck,
)
from hustings.core.law import Money

__all__ = [
    "Decision", "Gift", "GiftNoted", "GiftStep", "Help", "Noted", "Payment", "Spending",
    "SpendingStruck", "Terms", "WentOn",
]  # fmt: skip


class Help(CampaignRow):
    """People who come to help, or are sent to; on which terms is said by the latest :class:`Terms`."""

    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()

    def __str__(self) -> str:
        return f"help {self.pk}"


class Terms(CampaignRow):
    """
    Who helps whom, for how long and with what.

    Never changed: other terms are another row, and wait to be agreed anew.

    Parameters
    ----------
    other, party
        Who lends them or is lent to: a name, and the same as known at the press desk; neither where people
        come by themselves.
    work_country
        Where the campaign is that is helped: its law applies.
    names
        Only where somebody needs them.
    us_status
        Of all of them together, the strictest; asked only where the work is in the United States.
    """

    class Direction(models.TextChoices):
        """Whose campaign is helped."""

        TO_US = "to-us", _("they help us")
        FROM_US = "from-us", _("ours help them")

    class Duty(models.TextChoices):
        """What they do, as the rules tell it apart."""

        OTHER = "other", _("knock, call, carry: whatever volunteers do")
        ATTEND = "attend", _("attend meetings, without deciding")
        CUT_LISTS = "cut-lists", _("cut lists: who is visited or called")
        DECIDE = "decide", _("decide on spending, strategy, management, budgets or targeting")

    class Status(models.TextChoices):
        """What the law of the United States asks of a person."""

        CITIZEN = "citizen", _("citizens of the United States")
        NATIONAL = "national", _("US nationals")
        RESIDENT = "permanent-resident", _("permanent residents there")
        FOREIGN = "foreign", _("none of these: foreign nationals")

    help = CampaignForeignKey(Help, on_delete=models.CASCADE, related_name="terms")
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.TO_US)
    other = models.TextField(blank=True)
    other_country = models.CharField(max_length=2, blank=True)
    party = CampaignForeignKey(
        "statements.Party", on_delete=models.PROTECT, related_name="+", null=True
    )
    work_country = models.CharField(max_length=2)
    people = models.PositiveIntegerField(default=1)
    names = models.TextField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField()
    duty = models.CharField(max_length=12, choices=Duty, default=Duty.OTHER)
    us_status = models.CharField(max_length=20, choices=Status, blank=True)
    us_status_on = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "help"], name="terms_by_help")]

    def __str__(self) -> str:
        return f"{self.other or self.direction}, {self.from_on} to {self.until_on}"


class Payment(CampaignRow):
    """Who pays for one thing, where they are, and how much; a row for each thing, so that none is forgotten."""

    class What(models.TextChoices):
        """The things that are asked for, each by itself."""

        TRAVEL = "travel", _("Travel")
        STIPEND = "stipend", _("Stipend")
        LODGING = "lodging", _("Where they sleep")
        WAGE = "wage", _("Pay for their time")

    class Payer(models.TextChoices):
        """Who pays, as the rules tell it apart."""

        NOBODY = "nobody", _("nobody: there is none")
        SELF = "self", _("they themselves")
        CAMPAIGN = "campaign", _("the campaign that is helped")
        ORGANISATION = "organisation", _("an organisation")
        PERSON = "person", _("another person")

    terms = CampaignForeignKey(Terms, on_delete=models.CASCADE, related_name="payments")
    what = models.CharField(max_length=8, choices=What)
    payer = models.CharField(max_length=12, choices=Payer)
    payer_country = models.CharField(max_length=2, blank=True)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "terms", "what"], name="one_payment_a_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.payer}"

    @property
    def amount(self) -> Money | None:
        """How much, where it was said."""
        return None if self.amount_minor is None else Money(self.amount_minor, self.currency)

    @property
    def is_from_others(self) -> bool:
        """Whether somebody pays who neither helps nor is helped."""
        return self.payer in (self.Payer.ORGANISATION, self.Payer.PERSON)


class Decision(CampaignRow):
    """What became of these terms."""

    class Kind(models.TextChoices):
        """Proposed terms are agreed or refused; agreed help ends."""

        AGREED = "agreed", _("agreed")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("ended")

    terms = CampaignForeignKey(Terms, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=8, choices=Kind)
    why = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "terms", "kind"], name="decided_so_once")
        ]

    def __str__(self) -> str:
        return f"{self.terms_id} {self.kind}"


class WentOn(CampaignRow):
    """Somebody who may went past what stops these terms, and said why; the finding stays as it was."""

    terms = CampaignForeignKey(Terms, on_delete=models.CASCADE, related_name="went_on")
    rule = models.TextField()
    case = models.TextField()
    severity = models.CharField(max_length=6)
    role = models.CharField(max_length=12)
    reason = models.TextField()
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "terms", "rule", "case"], name="help_gone_on_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}, {self.case}: {self.reason}"


class Noted(CampaignRow):
    """What the rules said when terms were written down or decided upon: for the record."""

    terms = CampaignForeignKey(Terms, on_delete=models.CASCADE, related_name="noted")
    act = models.CharField(max_length=8)
    rule = models.TextField()
    case = models.TextField()
    severity = models.CharField(max_length=6)
    sentence = models.TextField()
    citation = models.TextField()
    source = models.TextField()
    read_on = models.DateField(null=True)
    on = models.DateField()
    by = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "terms"], name="noted_by_terms")]

    def __str__(self) -> str:
        return f"{self.rule}, {self.case}"
