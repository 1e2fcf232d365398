"""Contests, who stands in them, and their units; reporting, settling and files stand beside. No questions here."""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.contests.file_models import OfficialResult, UnitFile, UnitFileRow
from hustings.apps.contests.poll_models import Poll
from hustings.apps.contests.report_models import Report, SheetPhoto, TrayReport
from hustings.apps.contests.reporter_models import (
    Reporter,
    ReporterLetter,
    ReporterLink,
    ReporterStep,
    ReporterUnit,
)
from hustings.apps.contests.settling_models import Audit, AuditStep, Lot, LotCall, LotSide
from hustings.apps.contests.tray_models import TrayLot

__all__ = [
    "Audit", "AuditStep", "Candidate", "Contest", "ContestStep", "Lot", "LotCall", "LotSide", "OfficialResult",
    "Poll", "Report", "Reporter", "ReporterLetter", "ReporterLink", "ReporterStep", "ReporterUnit", "SheetPhoto", "TrayLot", "TrayReport",
    "Unit", "UnitAlias", "UnitFile", "UnitFileRow",
]  # fmt: skip


class Contest(CampaignRow):
    """
    One contest on one day.

    ``rules`` are the values of the ruleset ``ruleset`` as they were when the contest was made: a ruleset that is
    changed later changes no count. Reports are taken from ``opens_at`` on; before, phones only practise.
    ``seats`` is what is at stake in all (delegates, or one), ``pools`` how delegates are parted, as ``pools.py`` has it.
    One that was taken away is nowhere but in the list of those, until it is brought back: see
    :mod:`hustings.apps.contests.taking_away`.
    """

    class Kind(models.TextChoices):
        """What is held; it decides which phases a unit reports."""

        CAUCUS = "caucus", _("caucus")
        PRIMARY = "primary", _("primary")
        CONSTITUENCY = "constituency", _("constituency count")
        MEMBERS = "members", _("members’ ballot")

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CAUCUS)
    name = models.TextField()
    held_on = models.DateField()
    opens_at = models.DateTimeField()
    time_zone = models.TextField()
    ruleset = models.TextField(blank=True)
    rules = models.JSONField(default=dict)
    seats = models.PositiveIntegerField(null=True)
    pools = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()
    taken_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "held_on", "name"],
                condition=models.Q(taken_away_at=None),
                name="one_contest_a_name_and_day",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "held_on", "id"], name="contest_by_day")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that the contest is held in."""
        return ZoneInfo(self.time_zone)

    @property
    def phases(self) -> tuple[str, ...]:
        """What each unit reports, in order: three for a caucus, and the count elsewhere."""
        if self.kind == self.Kind.CAUCUS:
            return (Report.Phase.FIRST, Report.Phase.FINAL, Report.Phase.DELEGATES)
        return (Report.Phase.FINAL,)


class ContestStep(CampaignRow):
    """What was decided about a contest as a whole; where it stands is its newest step of each pair."""

    class Kind(models.TextChoices):
        """Opposites follow one another."""

        PUBLISHED = "published", _("its public page was opened")
        WITHDRAWN = "withdrawn", _("its public page was closed")
        CLOSED = "closed", _("the night was declared over")
        REOPENED = "reopened", _("the night goes on")

    contest = CampaignForeignKey(Contest, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=9, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "contest", "id"], name="contest_step_by_contest")
        ]

    def __str__(self) -> str:
        return self.kind


class Candidate(CampaignRow):
    """
    Somebody who stands, or a preference as «uncommitted».

    ``code`` is what reports and counts name; ``order`` is that of the sheet. ``ours`` is the campaign's own.
    """

    contest = CampaignForeignKey(Contest, on_delete=models.CASCADE, related_name="candidates")
    code = models.SlugField(max_length=40)
    name = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)
    ours = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "contest", "code"], name="one_candidate_a_code"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Unit(CampaignRow):
    """
    Where a part of the contest is counted: a precinct, a constituency, a section.

    ``area`` is the county, ``district`` where its votes give delegates to the convention. ``delegates``
    is how many it elects, ``state_rate`` what one of them is worth in state delegates, exactly, as "4/51". ``eligible`` is how many may take part. Any of them may be unknown.
    Nothing was ever reported from one that was taken away.
    """

    contest = CampaignForeignKey(Contest, on_delete=models.CASCADE, related_name="units")
    code = models.TextField()
    name = models.TextField()
    area = models.TextField(blank=True)
    district = models.TextField(blank=True)
    delegates = models.PositiveIntegerField(null=True)
    state_rate = models.TextField(blank=True)
    eligible = models.PositiveIntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    taken_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "contest", "code"],
                condition=models.Q(taken_away_at=None),
                name="one_unit_a_code",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "contest", "area", "name"], name="unit_by_area")
        ]

    def __str__(self) -> str:
        return self.name


class UnitAlias(CampaignRow):
    """Another way in which files write a unit; ``key`` is made of area and name by ``core/contest/unit_names.py``."""

    contest = CampaignForeignKey(Contest, on_delete=models.CASCADE, related_name="aliases")
    unit = CampaignForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases")
    key = models.TextField()
    written = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "contest", "key"], name="one_unit_an_alias")
        ]

    def __str__(self) -> str:
        return self.written
