"""Batches, entries, absent votes, and what stood there before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow, ManyCampaignRow
from hustings.apps.people.models import Person


class ImportBatch(CampaignRow):
    """
    One file, from upload to undo.

    ``mapping`` is the layout made by hand, if there was one; ``stored`` is where the upload waits, relative to
    the uploads' folder, empty when there is no copy (any more).
    ``counts`` is what the last look at it found: rows read, added, changed, removed, unchanged, problems by kind.
    ``homes_first`` to ``homes_last`` are the ids of the households it made, ``doors_first`` to
    ``doors_last`` those of the doors.
    """

    class Kind(models.TextChoices):
        """What the file holds."""

        REGISTER = "register", _("register")
        UPDATE = "update", _("update to the register")
        ABSENT = "absent", _("absent voters")
        CONTACTS = "contacts", _("contacts")

    file_name = models.TextField()
    size = models.BigIntegerField(default=0)
    stored = models.TextField(blank=True)
    kind = models.CharField(max_length=8, choices=Kind, blank=True)
    layout = models.TextField(blank=True)
    mapping = models.JSONField(null=True)
    whole = models.BooleanField(default=False)
    counts = models.JSONField(null=True)
    homes_first = models.BigIntegerField(default=0)
    homes_last = models.BigIntegerField(default=0)
    doors_first = models.BigIntegerField(default=0)
    doors_last = models.BigIntegerField(default=0)
    job_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "-made_at"], name="batch_by_time")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.pk})"


class BatchState(CampaignRow):
    """A state that a batch reached; the newest is the one it is in."""

    class State(models.TextChoices):
        """The states of a batch."""

        UPLOADED = "uploaded", _("uploaded")
        UNRECOGNISED = "unrecognised", _("needs its columns named")
        CHECKED = "checked", _("checked, nothing written yet")
        COMMITTED = "committed", _("brought in")
        UNDONE = "undone", _("undone")
        DROPPED = "dropped", _("put aside")

    batch = CampaignForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="states")
    state = models.CharField(max_length=12, choices=State)
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "batch", "id"], name="state_by_batch")
        ]

    def __str__(self) -> str:
        return self.state


class ImportProblem(CampaignRow):
    """An example of a problem: one row of the file; the first hundred of each kind are kept."""

    batch = CampaignForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="problems")
    kind = models.CharField(max_length=20)
    row = models.BigIntegerField()
    cell = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "batch", "kind", "row"], name="problem_by_batch")
        ]

    def __str__(self) -> str:
        return f"{self.kind}, row {self.row}"


class RegisterEntry(ManyCampaignRow):
    """
    One line of the register: what the authority says.

    ``number`` is the elector number (``AB-123/1``) or the file's own id, and finds the entry again.
    ``added_in`` and ``removed_in`` name batches; they are numbers and not keys, since a batch is never deleted
    and a check a row would cost more than the import.
    An entry whose ``removed_in`` is set is no longer on the register.
    """

    person = CampaignForeignKey(Person, on_delete=models.PROTECT, related_name="register_entries")
    number = models.TextField()
    district = models.TextField(blank=True)
    surname = models.TextField(blank=True)
    forename = models.TextField(blank=True)
    markers = models.TextField(blank=True)
    attains = models.DateField(null=True)
    born = models.DateField(null=True)
    born_year = models.SmallIntegerField(null=True)
    address = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    facts = models.JSONField(null=True)
    added_in = models.BigIntegerField()
    removed_in = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "number"], name="one_entry_a_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "person"], name="entry_by_person"),
        ]

    def __str__(self) -> str:
        return self.number


class AbsentVote(CampaignRow):
    """How an elector votes without going to the station, and until when (no date: until further notice)."""

    class Kind(models.TextChoices):
        """The kinds of absent vote."""

        POSTAL = "postal", _("by post")
        PROXY = "proxy", _("by proxy")
        POSTAL_PROXY = "postal_proxy", _("by proxy, by post")

    entry = CampaignForeignKey(RegisterEntry, on_delete=models.CASCADE, related_name="absent_votes")
    kind = models.CharField(max_length=12, choices=Kind)
    expires = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "entry"], name="one_absent_vote_an_entry")
        ]

    def __str__(self) -> str:
        return self.kind


class BeforeImage(CampaignRow):
    """
    A row as it was before a batch touched it; what undo puts back.

    ``before`` is the row as JSON, or nothing when the batch made it.
    Entries that a batch made have no image: their ``added_in`` says so.
    """

    batch = CampaignForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="images")
    table = models.TextField()
    row_id = models.BigIntegerField()
    before = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "batch", "table"], name="image_by_batch")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"
