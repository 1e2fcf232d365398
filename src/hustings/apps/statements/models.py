"""Records that stay, the log over them, and whom we exchange a word with."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow


class Node(CampaignRow):
    """The campaign as others know it: the name that its first key event gives it, and its log's name."""

    name = models.TextField()
    origin = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["campaign"], name="one_node_a_campaign"),)

    def __str__(self) -> str:
        return self.name


class KeyLine(CampaignRow):
    """One key event of our node or of another's, in canonical bytes."""

    node = models.TextField()
    seq = models.PositiveIntegerField()
    content = models.BinaryField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "node", "seq"], name="one_key_line_each"),
        )

    def __str__(self) -> str:
        return f"{self.node} {self.seq}"


class Party(CampaignRow):
    """Somebody we exchange a word with; ``code`` is their node, or a name of our own where they have none."""

    code = models.TextField()
    name = models.TextField()
    telephone = models.TextField(blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["campaign", "code"], name="one_party_each"),)

    def __str__(self) -> str:
        return self.name

    @property
    def has_node(self) -> bool:
        """Whether they sign their words."""
        return self.code.startswith("node:")


class Meeting(CampaignRow):
    """
    The eight words were read over the telephone, by whom and with whom.

    ``note`` is signed by our node, so that a row that somebody wrote into the database confirms nobody.
    """

    party = CampaignForeignKey(Party, on_delete=models.PROTECT, related_name="meetings")
    note = models.TextField()
    read_by = models.TextField()
    read_with = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.read_by} with {self.read_with}, {self.at:%Y-%m-%d}"


class Record(CampaignRow):
    """A signed record, ours or received, in its canonical bytes; ``name`` is their hash."""

    name = models.CharField(max_length=64)
    kind = models.TextField()
    issuer = models.TextField()
    content = models.BinaryField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "name"], name="one_record_each"),
        )
        indexes = (models.Index(fields=["campaign", "kind"], name="record_by_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.name[:16]}"

    @property
    def said(self) -> dict[str, Any]:
        """The record itself."""
        said: dict[str, Any] = json.loads(bytes(self.content))
        return said


class Entry(CampaignRow):
    """A record's place in our log, from 0, and the hash of its leaf."""

    place = models.BigIntegerField()
    record = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="entries")
    leaf = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "place"], name="one_entry_a_place"),
            models.UniqueConstraint(fields=["campaign", "record"], name="one_entry_a_record"),
        )

    def __str__(self) -> str:
        return str(self.place)


class Subtree(CampaignRow):
    """The hash of a complete subtree of our log; none ever changes."""

    level = models.PositiveSmallIntegerField()
    place = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "level", "place"], name="one_subtree_each"),
        )

    def __str__(self) -> str:
        return f"{self.level}/{self.place}"


class Head(CampaignRow):
    """The signed head of our log when it had so many records."""

    size = models.BigIntegerField()
    note = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "size"], name="one_head_a_size"),
        )

    def __str__(self) -> str:
        return f"{self.size} records"


class Arrival(CampaignRow):
    """A bundle that verified, as it came, and the record in it."""

    record = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="arrivals")
    bundle = models.TextField()
    place = models.BigIntegerField()
    log_size = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.record_id} at {self.at:%Y-%m-%d %H:%M}"


class Refusal(CampaignRow):
    """A bundle that was refused, kept with the reason: it may be evidence."""

    text = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.reason


class Salted(CampaignRow):
    """Words about a person of which a record holds only the salted hash; deleting the row erases them."""

    commitment = models.CharField(max_length=64)
    salt = models.BinaryField()
    words = models.JSONField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "commitment"], name="one_commitment_each"),
        )

    def __str__(self) -> str:
        return self.commitment[:16]


class Countdown(CampaignRow):
    """An approved draft that will be signed at a time, unless somebody stops it before."""

    draft = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="countdowns")
    due_at = models.DateTimeField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    ended_by = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "draft"],
                condition=models.Q(ended_at=None),
                name="one_running_countdown_a_draft",
            ),
        )

    def __str__(self) -> str:
        return f"{self.draft_id} at {self.due_at:%Y-%m-%d %H:%M}"


class Embedding(CampaignRow):
    """
    A text holds this statement, by its name: kept by whoever saves or prints the text.

    ``surface`` is what kind of text (:mod:`hustings.apps.statements.embedding`), ``subject`` the number of its row.
    """

    surface = models.TextField()
    subject = models.BigIntegerField()
    record = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "record", "surface", "subject"],
                condition=models.Q(ended_at=None),
                name="one_running_embedding_each",
            ),
        )

    def __str__(self) -> str:
        return f"{self.record[:16]} in {self.surface} {self.subject}"


class Matter(CampaignRow):
    """Something that came in and needs an answer from us by a time; where it stands is told by its steps."""

    class Why(models.TextChoices):
        """What came in."""

        CLAIM = "claim", _("something is claimed of us")
        DENIAL = "denial", _("what we said of others was denied")
        TAKEN_BACK = "taken_back", _("a word that we quote was taken back")
        QUERY = "query", _("another campaign asks us")
        HOPE = "hope", _("a hope was printed as if it were a promise")
        OTHER = "other", _("something else")

    why = models.CharField(max_length=10, choices=Why)
    about = models.CharField(max_length=64, blank=True)
    words = models.TextField()
    draft = models.CharField(max_length=64, blank=True)
    due_at = models.DateTimeField()
    opened_by = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["campaign", "about"], name="matter_by_record"),)

    def __str__(self) -> str:
        return f"{self.why}: {self.words}"


class MatterStep(CampaignRow):
    """Somebody took a matter, handed it over, moved its hour, answered it or left it."""

    class Kind(models.TextChoices):
        """What happened."""

        TAKEN = "taken", _("taken")
        HANDED_OVER = "handed", _("handed over")
        MOVED = "moved", _("given another hour")
        ANSWERED = "answered", _("answered")
        LEFT = "left", _("left")

    matter = CampaignForeignKey(Matter, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind)
    owner = models.BigIntegerField(null=True)
    owner_name = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    by = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["campaign", "matter"], name="step_by_matter"),)

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind}"
