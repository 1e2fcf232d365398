"""The script as the phone shows it: its steps, and the languages that somebody checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.apps.scripts.models import Translation
from hustings.apps.scripts.translating import name_of
from hustings.apps.scripts.versions import script_of
from hustings.apps.statements.embedding import as_plain_text
from hustings.core.script.as_json import to_json

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def for_phone(campaign: Campaign) -> dict[str, Any]:
    """
    ``steps``, and ``languages`` with their words by key and the mark that answers keep.

    Statements in it stand as they may be said now. A script of one text in one language has no steps here.
    """
    languages = [
        {
            "code": row.language,
            "name": name_of(row.language),
            "mark": f"{row.language}:{row.pk}",
            "texts": {key: as_plain_text(campaign, said) for key, said in row.texts.items()},
        }
        for row in checked_now(campaign)
    ]
    if not campaign.script_steps and not languages:
        return {"steps": [], "languages": []}
    steps = to_json(script_of(campaign))
    for step in steps:
        step["say"] = as_plain_text(campaign, step["say"])
    return {"steps": steps, "languages": languages, "language": campaign.language}


def checked_now(campaign: Campaign) -> list[Translation]:
    """The newest checked words of each language, of the version in force."""
    rows = Translation.objects.of(campaign).filter(
        version__number=campaign.script_version, checks__isnull=False
    )
    return list(rows.order_by("language", "-pk").distinct("language"))
