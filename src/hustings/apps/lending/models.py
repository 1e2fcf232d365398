"""Offers to volunteers and what they answered, people who were referred to us, and parts that travel beside a record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.materials.models import Design, Release
from hustings.apps.statements.models import Party, Record


class Offer(CampaignRow):
    """
    Another campaign would like somebody's help: asked by a link that only they have.

    Parameters
    ----------
    answer_by
        Until when they can say yes; they can take a yes back with the same link for as long as it holds.
    keep_until
        The last day on which the other campaign may keep what they ticked.
    """

    party = CampaignForeignKey(Party, on_delete=models.PROTECT, related_name="offers")
    person_name = models.TextField()
    purpose = models.TextField()
    from_country = models.CharField(max_length=2)
    to_country = models.CharField(max_length=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    keep_until = models.DateField()
    answer_by = models.DateTimeField()
    secret_hash = models.CharField(max_length=64)
    offered_at = models.DateTimeField(default=timezone.now)
    offered_by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "secret_hash"], name="one_offer_a_link")
        ]

    def __str__(self) -> str:
        return f"{self.party_id}, {self.starts_on}"


class OfferAnswer(CampaignRow):
    """
    Yes or no, once.

    ``ticked`` are names of fields; what stood in them is in ``sealed`` alone, which only the other campaign can
    open, and in the words behind ``commitment`` (``statements.Salted``), which can be erased.
    """

    offer = CampaignForeignKey(Offer, on_delete=models.CASCADE, related_name="answers")
    accepted = models.BooleanField()
    ticked = models.JSONField(default=list)
    commitment = models.CharField(max_length=64, blank=True)
    record = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="+", null=True)
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "offer"], name="one_answer_an_offer")
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {'yes' if self.accepted else 'no'}"


class Withdrawal(CampaignRow):
    """A yes was taken back; ``record`` tells the other campaign so."""

    offer = CampaignForeignKey(Offer, on_delete=models.CASCADE, related_name="withdrawals")
    record = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "offer"], name="one_withdrawal_an_offer")
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} taken back"


class Referred(CampaignRow):
    """Somebody who said yes to helping us: what they ticked, until they take it back or the day is over."""

    record = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    words = models.JSONField()
    keep_until = models.DateField()
    came_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "record"], name="one_person_a_referral")
        ]

    def __str__(self) -> str:
        return f"{self.record_id}, until {self.keep_until}"


class Part(CampaignRow):
    """A file that belongs to a record, ours or theirs, by its digest, which stands in the record."""

    record = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="parts")
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    content = models.BinaryField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "record", "sha256"], name="one_part_a_digest"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Lent(CampaignRow):
    """A version of ours that other campaigns may use, and the record that says so."""

    release = CampaignForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    record = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "release"], name="lent_once")
        ]

    def __str__(self) -> str:
        return f"{self.release_id} lent"


class Borrowed(CampaignRow):
    """A design of ours that began as theirs."""

    record = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    design = CampaignForeignKey(Design, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "design"], name="borrowed_from_one")
        ]

    def __str__(self) -> str:
        return f"{self.design_id} from {self.record_id}"


class Carried(CampaignRow):
    """The parts of a record of ours were answered by a peer, over the wire: taken (""), or refused with a sentence."""

    party = CampaignForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    record = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    sentence = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "party", "record"], name="one_answer_to_parts"
            )
        ]

    def __str__(self) -> str:
        return self.sentence or "taken"
