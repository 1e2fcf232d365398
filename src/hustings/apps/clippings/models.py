"""Articles for a few days, confirmed excerpts for good, and what each is taken to be. No questions here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.statements.models import Party, Record


class Source(models.Model):
    """Where words were printed."""

    publication = models.TextField(blank=True)
    headline = models.TextField(blank=True)
    url = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True


class Article(Source, CampaignRow):
    """
    A whole article, until ``kept_until``; then the row is deleted.

    Parameters
    ----------
    text
        As ``core/clippings`` read it, without furniture; ``sha256`` is of these characters in UTF-8.
    reading
        What was found in it; a proposal is known by its place in the list.
    """

    text = models.TextField()
    reading = models.JSONField()
    dropped_at = models.DateTimeField(default=timezone.now)
    dropped_by = models.TextField()
    kept_until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "sha256"], name="one_article_a_digest")
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "kept_until"], name="article_by_kept_until")
        ]

    def __str__(self) -> str:
        return self.headline


class PutAside(CampaignRow):
    """A proposal that somebody dismissed; gone with its article, or when it is brought back."""

    article = CampaignForeignKey(Article, on_delete=models.CASCADE, related_name="put_aside")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "article", "number"], name="put_aside_once")
        ]

    def __str__(self) -> str:
        return f"{self.article_id}, {self.number}"


class Excerpt(Source, CampaignRow):
    """
    Words that a person confirmed, exactly as printed; the database lets nobody change the row.

    Parameters
    ----------
    start, end
        Where the words stand in the article whose digest is ``sha256``.
    quote_start, quote_end
        The part of them that somebody spoke, where they stand between quotation marks.
    proposed
        Which proposal of that article it was; empty where a person marked the words.
    """

    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.TextField()
    quote_start = models.PositiveIntegerField(null=True)
    quote_end = models.PositiveIntegerField(null=True)
    proposed = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end=F("start") + Length("words")), name="as_long_as_its_place"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "sha256"], name="excerpt_by_article")]

    def __str__(self) -> str:
        return self.words

    @property
    def spoken(self) -> str:
        """The words between quotation marks, or all of them where the paper speaks."""
        if self.quote_start is None or self.quote_end is None:
            return self.words
        return self.words[self.quote_start - self.start : self.quote_end - self.start]


class Meaning(CampaignRow):
    """
    What somebody takes an excerpt to be; the newest counts.

    Parameters
    ----------
    authority
        Of denials, corrections and confirmations: who of theirs said it.
    ours
        Of events: whether it is a campaign's; nothing where nobody says.
    summary
        Of facts and conflicts: who is what, in few words.
    awaits
        The proposal of the same article that it answers, where that one was not confirmed yet.
    """

    excerpt = CampaignForeignKey(Excerpt, on_delete=models.CASCADE, related_name="meanings")
    kind = models.TextField()
    speaker = models.TextField(blank=True)
    role = models.TextField(blank=True)
    relay = models.TextField(blank=True)
    basis = models.TextField()
    authority = models.TextField(blank=True)
    said_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    ours = models.BooleanField(null=True)
    summary = models.TextField(blank=True)
    awaits = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "excerpt"], name="meaning_by_excerpt")
        ]

    def __str__(self) -> str:
        return self.kind


class Tie(CampaignRow):
    """
    What an excerpt, so taken, belongs to.

    A tie of the kind *by* or *about* without a party is to ourselves.
    """

    class Kind(models.TextChoices):
        """Whose word it is, whom it is about, what it answers, and the record of the press desk it belongs to."""

        BY = "by"
        ABOUT = "about"
        ANSWERS = "answers"
        RECORD = "record"

    meaning = CampaignForeignKey(Meaning, on_delete=models.CASCADE, related_name="ties")
    kind = models.CharField(max_length=7, choices=Kind)
    party = CampaignForeignKey(Party, on_delete=models.PROTECT, related_name="+", null=True)
    answered = CampaignForeignKey(Excerpt, on_delete=models.CASCADE, related_name="+", null=True)
    record = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "meaning"], name="tie_by_meaning")]

    def __str__(self) -> str:
        return f"{self.meaning_id} {self.kind}"


class TakenBack(CampaignRow):
    """A confirmation that somebody took back; the excerpt is shown nowhere but on its own page."""

    excerpt = CampaignForeignKey(Excerpt, on_delete=models.CASCADE, related_name="taken_back")
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "excerpt"], name="taken_back_once")
        ]

    def __str__(self) -> str:
        return f"{self.excerpt_id} taken back"


class Carried(CampaignRow):
    """An excerpt that went to the press desk, and the record it became."""

    excerpt = CampaignForeignKey(Excerpt, on_delete=models.CASCADE, related_name="carried")
    record = CampaignForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "excerpt"], name="carried_once")
        ]

    def __str__(self) -> str:
        return f"{self.excerpt_id} to {self.record_id}"
