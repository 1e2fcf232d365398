"""What every row of a campaign has in common, and the first wall: asking for one campaign's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from hustings.apps.campaigns import lookups as _lookups  # noqa: F401  # registers __prefix
from hustings.apps.campaigns.models import Campaign

if TYPE_CHECKING:
    from uuid import UUID


class CampaignQuerySet(models.QuerySet[Any]):
    """Rows of campaigns; :meth:`of` is how ``access.py`` asks for one campaign's."""

    def of(self, campaign: Campaign | UUID) -> Self:
        """Only this campaign's rows."""
        campaign_id = campaign.pk if isinstance(campaign, Campaign) else campaign
        return self.filter(campaign_id=campaign_id)


class CampaignForeignKey(models.ForeignKey):  # type: ignore[type-arg]  # generic only for the checker
    """
    A foreign key between rows of one campaign.

    Django makes no constraint for it: the database checks foreign keys past row-level security, so a
    plain one could point at another campaign's row. ``BehindTheWall`` makes one that starts with the
    campaign instead.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options["db_constraint"] = False
        options.setdefault("db_index", False)
        super().__init__(*arguments, **options)


class CampaignRow(models.Model):
    """A row that belongs to one campaign and is seen by nobody else."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="+", db_index=False
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        abstract = True


class ManyCampaignRow(CampaignRow):
    """
    A row of a table that is filled by the million.

    Its campaign is checked once a statement (``CampaignCheckedOnceAStatement``) instead of once a row.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True
