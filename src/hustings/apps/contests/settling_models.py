"""What is settled after a report: audits with an owner, and lots that anyone can check."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow


class Audit(CampaignRow):
    """
    Something about one unit that somebody has to look at; where it stands is said by its steps.

    ``about`` are the reports that differ, by number. While it is open the unit is left out of totals where the
    sources differ. ``official`` is the result that differs from ours.
    """

    class Why(models.TextChoices):
        """What opened it."""

        MISMATCH = "mismatch", _("two sources differ")
        OFFICIAL = "official", _("the official result differs from ours")
        CHECK = "check", _("the numbers contradict themselves")

    contest = CampaignForeignKey(
        "contests.Contest", on_delete=models.CASCADE, related_name="audits"
    )
    unit = CampaignForeignKey("contests.Unit", on_delete=models.CASCADE, related_name="audits")
    phase = models.CharField(max_length=9)
    why = models.CharField(max_length=8, choices=Why)
    about = models.JSONField(default=list)
    official = CampaignForeignKey(
        "contests.OfficialResult", on_delete=models.CASCADE, null=True, related_name="audits"
    )
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "unit", "phase"], name="audit_by_unit"),
            models.Index(fields=["campaign", "contest", "id"], name="audit_by_contest"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.phase}: {self.why}"


class AuditStep(CampaignRow):
    """
    What was done about an audit, when and by whom; its newest step says where it stands, none that nobody has it.

    ``owner`` is who has it from then on. ``stands`` is the report that holds from then on, where one was found right;
    ``photo`` is the digest of the sheet that showed it.
    """

    class Kind(models.TextChoices):
        """Verified, settled and agreed end it; what differs again opens it anew."""

        TAKEN = "taken", _("taken")
        VERIFIED = "verified", _("verified by the sheet")
        SETTLED = "settled", _("settled")
        AGREED = "agreed", _("the sources agree now")
        FITS = "fits", _("the numbers fit together now")
        REOPENED = "reopened", _("opened again")

    audit = CampaignForeignKey(Audit, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind)
    owner = models.TextField(blank=True)
    stands = CampaignForeignKey(
        "contests.Report", on_delete=models.CASCADE, null=True, related_name="+"
    )
    photo = models.CharField(max_length=64, blank=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "audit", "id"], name="audit_step_by_audit")
        ]

    def __str__(self) -> str:
        return self.kind


class Lot(CampaignRow):
    """
    A lot that was drawn: for which tie of which unit, among whom, and on whom it fell.

    ``step`` is the tie's own name in the count; ``among`` and ``chosen`` are codes of candidates. Of a physical lot
    ``record`` has device, called_by, order, witnesses and photo_sha256; of one by commitments what to check it with.
    A lot is drawn once: who wrote it down wrongly writes it again, and names the one it ``corrects``.
    """

    class How(models.TextChoices):
        """As ``core/contest/lot.py`` tells them apart."""

        PHYSICAL = "physical", _("drawn by hand")
        COMMITMENTS = "commit-reveal", _("by sealed numbers")
        BEACON = "beacon", _("by a public beacon")

    contest = CampaignForeignKey("contests.Contest", on_delete=models.CASCADE, related_name="lots")
    unit = CampaignForeignKey(
        "contests.Unit", on_delete=models.CASCADE, null=True, related_name="lots"
    )
    event_id = models.UUIDField()
    step = models.TextField()
    among = models.JSONField(default=list)
    chosen = models.JSONField(default=list)
    how = models.CharField(max_length=13, choices=How, default=How.PHYSICAL)
    record = models.JSONField(default=dict)
    call = CampaignForeignKey(
        "contests.LotCall", on_delete=models.CASCADE, null=True, related_name="lots"
    )
    corrects = CampaignForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    drawn_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "event_id"], name="one_lot_an_event")
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "contest", "unit"], name="lot_by_unit")
        ]

    def __str__(self) -> str:
        return self.step


class LotCall(CampaignRow):
    """
    A lot of the campaign's own that is to be drawn by sealed numbers: what it is about, before anybody seals.

    ``context`` is the canonical text of it, whose SHA-256 every side seals with its number. ``beacon_round`` is
    the round that decides where a side does not open its seal.
    """

    contest = CampaignForeignKey("contests.Contest", on_delete=models.CASCADE, related_name="calls")
    unit = CampaignForeignKey(
        "contests.Unit", on_delete=models.CASCADE, null=True, related_name="+"
    )
    step = models.TextField()
    among = models.JSONField(default=list)
    choose = models.PositiveSmallIntegerField(default=1)
    context = models.TextField()
    beacon = models.TextField(blank=True)
    beacon_round = models.BigIntegerField(null=True)
    called_at = models.DateTimeField(default=timezone.now)
    called_by = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "contest"], name="lot_call_by_contest")
        ]

    def __str__(self) -> str:
        return self.step


class LotSide(CampaignRow):
    """One side of such a lot: its seal, and later the number that it opens it with."""

    call = CampaignForeignKey(LotCall, on_delete=models.CASCADE, related_name="sides")
    side = models.TextField()
    seal = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=timezone.now)
    number = models.TextField(blank=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "call", "side"], name="one_seal_a_side")
        ]

    def __str__(self) -> str:
        return self.side
