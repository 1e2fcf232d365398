"""Where a peer is called, what passed between us, what its log holds, and what it showed that cannot both be true."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.statements.models import Head, Party, Record


class PeerAddress(CampaignRow):
    """Where a peer is called, as a person entered it; the newest counts, an empty one ends the calls."""

    party = CampaignForeignKey(Party, on_delete=models.PROTECT, related_name="addresses")
    address = models.TextField(blank=True)
    entered_by = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.address


class SeenNonce(CampaignRow):
    """A word that a signed request used; it is good once, and kept for a day."""

    node = models.TextField()
    nonce = models.CharField(max_length=128)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "node", "nonce"], name="one_use_a_nonce"),
        )

    def __str__(self) -> str:
        return self.nonce


class PeerEntry(CampaignRow):
    """One place of a peer's log: the hash of its leaf, and the record where it is shown to us."""

    party = CampaignForeignKey(Party, on_delete=models.PROTECT, related_name="log_entries")
    place = models.BigIntegerField()
    leaf = models.BinaryField()
    content = models.BinaryField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "party", "place"], name="one_peer_entry_a_place"
            ),
        )

    def __str__(self) -> str:
        return str(self.place)


class PeerHead(CampaignRow):
    """A head of a peer's log that went on from those before it, and that we co-sign; ``shown_at`` is their clock."""

    party = CampaignForeignKey(Party, on_delete=models.PROTECT, related_name="log_heads")
    size = models.BigIntegerField()
    note = models.TextField()
    shown_at = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["campaign", "party", "-size"], name="peer_head_by_size"),)

    def __str__(self) -> str:
        return f"{self.size} records"


class Cosignature(CampaignRow):
    """A peer's line under a head of ours."""

    head = CampaignForeignKey(Head, on_delete=models.PROTECT, related_name="cosignatures")
    party = CampaignForeignKey(Party, on_delete=models.PROTECT, related_name="cosignatures")
    line = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "head", "party", "line"], name="one_cosignature_each"
            ),
        )

    def __str__(self) -> str:
        return self.line


class Delivery(CampaignRow):
    """What a peer said of a record of ours: it was taken, or refused with their sentence. The last one counts."""

    party = CampaignForeignKey(Party, on_delete=models.PROTECT, related_name="deliveries")
    record = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=10)
    sentence = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["campaign", "party", "record"], name="delivery_by_record"),)

    def __str__(self) -> str:
        return f"{self.state} {self.record_id}"


class Taken(CampaignRow):
    """What came from a peer and what became of it; ``sentence`` says why it was refused, "" if it was not."""

    party = CampaignForeignKey(Party, on_delete=models.PROTECT, related_name="taken")
    name = models.CharField(max_length=64)
    sentence = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "party", "name", "sentence"], name="one_outcome_each"
            ),
        )

    def __str__(self) -> str:
        return self.name[:16]


class Contact(CampaignRow):
    """One time that a peer was called, called us, or sent a file; ``sentence`` says what went wrong, "" if nothing did."""

    party = CampaignForeignKey(Party, on_delete=models.PROTECT, related_name="contacts")
    way = models.CharField(max_length=10)
    good = models.BooleanField()
    sentence = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["campaign", "party", "-id"], name="contact_newest_first"),)

    def __str__(self) -> str:
        return f"{self.way} {self.at:%Y-%m-%d %H:%M}"


class Alarm(CampaignRow):
    """Two things that a peer signed and that cannot both be true; kept for good, once."""

    party = CampaignForeignKey(Party, on_delete=models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=10)
    sentence = models.TextField()
    seen = models.TextField()
    shown = models.TextField()
    proof = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "fingerprint"], name="one_alarm_each"),
        )

    def __str__(self) -> str:
        return self.sentence
