"""The only way to an article and to an excerpt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.clippings.models import Article, Excerpt

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def article_for(campaign: Campaign, article_id: int, *, lock: bool = False) -> Article:
    """
    An article that is still kept; :class:`NotHere` otherwise.

    Parameters
    ----------
    lock
        Nobody else confirms or dismisses anything of it until the transaction ends.
    """
    articles = Article.objects.of(campaign).filter(pk=article_id)
    article: Article | None = (
        articles.select_for_update(no_key=True) if lock else articles
    ).first()
    if article is None:
        raise NotHere
    return article


def excerpt_for(campaign: Campaign, excerpt_id: int) -> Excerpt:
    """A confirmed excerpt, also one that was taken back; :class:`NotHere` otherwise."""
    excerpt: Excerpt | None = Excerpt.objects.of(campaign).filter(pk=excerpt_id).first()
    if excerpt is None:
        raise NotHere
    return excerpt
