"""Erasing a person from this room: articles and excerpts that name them, and who brought in and confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.campaigns.erasing import NOBODY, empty_labels, rows_that_name
from hustings.apps.clippings.models import Article, Meaning

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """
    An excerpt without its words would prove nothing, so the whole of it goes.

    Excerpts are for good, so the database's own function does it.
    """
    articles = rows_that_name(who, "clippings_article", "headline", "url", "text", "reading")
    Article.objects.of(who.campaign_id).filter(pk__in=articles).delete()
    named = set(rows_that_name(who, "clippings_excerpt", "words", "headline", "url"))
    meanings = rows_that_name(who, "clippings_meaning", "speaker", "summary")
    named |= set(
        Meaning.objects.of(who.campaign_id)
        .filter(pk__in=meanings)
        .values_list("excerpt_id", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from erase_from_clippings(%s, %s::bigint[], %s::text[], %s)",
            [who.person_id, sorted(named), list(who.labels), NOBODY],
        )
        excerpts, said, taken_back, carried = cursor.fetchone()
    return {
        "clippings_article": len(articles) + empty_labels(who, "clippings_article", "dropped_by"),
        "clippings_putaside": empty_labels(who, "clippings_putaside", "by"),
        "clippings_excerpt": excerpts,
        "clippings_meaning": said,
        "clippings_takenback": taken_back,
        "clippings_carried": carried,
    }
