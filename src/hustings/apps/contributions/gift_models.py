"""Gifts with what was done about them, and what others spend on the campaign. No questions here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.core.law import Money


class Gift(CampaignRow):
    """
    Money or something of value that came; never changed, a mistake is struck out and written down anew.

    Parameters
    ----------
    country
        Whose law applies: that of the campaign which is given something.
    details
        What the law wants to be known of the giver, such as an address.
    """

    class GiverKind(models.TextChoices):
        """As the rules tell givers apart."""

        PERSON = "person", _("a person")
        ORGANISATION = "organisation", _("an organisation")

    class Form(models.TextChoices):
        """What is given, as the rules tell it apart."""

        MONEY = "money", _("money")
        ADVANCE = "advance", _("an advance, to be claimed back")
        GOODS = "goods", _("goods or services of value")
        PRINTED_STOCK = "printed-stock", _("printed leaflets or badges")
        DESIGNS = "designs", _("designs as files")

    class Recipient(models.TextChoices):
        """Who is given it, as the rules tell it apart."""

        PARTY = "party", _("a party")
        NON_PARTY = "non-party-campaigner", _("a campaigner that is no party")
        CANDIDATE = "candidate", _("a candidate")

    class Status(models.TextChoices):
        """What the law of the United States asks of a person."""

        CITIZEN = "citizen", _("a citizen of the United States")
        NATIONAL = "national", _("a US national")
        RESIDENT = "permanent-resident", _("a permanent resident there")
        FOREIGN = "foreign", _("none of these: a foreign national")

    giver_kind = models.CharField(max_length=12, choices=GiverKind)
    giver = models.TextField()
    giver_country = models.CharField(max_length=2, blank=True)
    us_status = models.CharField(max_length=20, choices=Status, blank=True)
    details = models.TextField(blank=True)
    form = models.CharField(max_length=16, choices=Form)
    what = models.TextField(blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    recipient = models.CharField(max_length=24, choices=Recipient)
    country = models.CharField(max_length=2)
    received_on = models.DateField()
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.TextField()

    def __str__(self) -> str:
        return f"{self.amount} of {self.received_on}"

    @property
    def amount(self) -> Money:
        """What it is worth."""
        return Money(self.amount_minor, self.currency)


class GiftStep(CampaignRow):
    """Something was done about a gift."""

    class Kind(models.TextChoices):
        """A check says whether the source is permissible; the others end the matter."""

        CHECKED = "checked", _("source checked")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")
        STRUCK = "struck", _("struck out as a mistake")

    gift = CampaignForeignKey(Gift, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind)
    permissible = models.BooleanField(null=True)
    why = models.TextField(blank=True)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "gift"], name="step_by_gift")]

    def __str__(self) -> str:
        return f"{self.gift_id} {self.kind}"


class Spending(CampaignRow):
    """What somebody else spends on campaigning for or with us; added up by who they are."""

    class Spender(models.TextChoices):
        """As the rules tell spenders apart."""

        ELIGIBLE = "uk-eligible", _("eligible in the United Kingdom: based or registered there")
        NOT_BASED = "not-uk-based", _("not based in the United Kingdom")

    class Part(models.TextChoices):
        """Where in the United Kingdom."""

        ENGLAND = "england", _("in England")
        ELSEWHERE = "elsewhere", _("elsewhere in the United Kingdom")

    name = models.TextField()
    spender = models.CharField(max_length=16, choices=Spender)
    country = models.CharField(max_length=2)
    part = models.CharField(max_length=12, choices=Part, default=Part.ENGLAND)
    what = models.TextField(blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    notified = models.BooleanField(default=False)
    spent_on = models.DateField()
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.TextField()

    def __str__(self) -> str:
        return f"{self.amount} on {self.spent_on}"

    @property
    def amount(self) -> Money:
        """How much."""
        return Money(self.amount_minor, self.currency)


class SpendingStruck(CampaignRow):
    """A spending was written down by mistake, and is not counted."""

    spending = CampaignForeignKey(Spending, on_delete=models.CASCADE, related_name="struck")
    why = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "spending"], name="struck_once")
        ]

    def __str__(self) -> str:
        return f"{self.spending_id} struck"


class GiftNoted(CampaignRow):
    """What the rules said when a gift was written down or something was done about it: for the record."""

    gift = CampaignForeignKey(Gift, on_delete=models.CASCADE, related_name="noted")
    act = models.CharField(max_length=8)
    rule = models.TextField()
    case = models.TextField()
    severity = models.CharField(max_length=6)
    sentence = models.TextField()
    citation = models.TextField()
    source = models.TextField()
    read_on = models.DateField(null=True)
    due = models.DateField(null=True)
    on = models.DateField()
    by = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "gift"], name="noted_by_gift")]

    def __str__(self) -> str:
        return f"{self.rule}, {self.case}"
