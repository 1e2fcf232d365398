"""Articles go: by the clock, or at once when somebody throws one away. Confirmed excerpts stay with their source."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.audit.actions import record as audit
from hustings.apps.audit.actors import command
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.clippings.models import Article

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor

KEPT_FOR = timedelta(days=4)
"""What comes in on a Friday evening can still be read on Tuesday; the text is somebody else's, so no longer."""


def throw_away(campaign: Campaign, article: Article, *, by: Actor) -> None:
    """The article and all that was not confirmed of it, at once."""
    with tenant(campaign.pk):
        audit(by, "clipping.throw_away", subject="article", subject_id=article.pk)
        article.delete()


def forget_what_is_over() -> int:
    """Delete the articles whose time is over; returns how many. The worker asks now and then."""
    gone = 0
    for campaign in Campaign.objects.all():
        with tenant(campaign.pk):
            over = Article.objects.of(campaign).filter(kept_until__lte=timezone.now())
            count = over.count()
            if count:
                over.delete()
                audit(command("work"), "clipping.forget", subject="article", count=count)
            gone += count
    return gone
