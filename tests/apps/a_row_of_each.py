"""One row in every table of campaigns, made from the models alone: a new table is in it by itself."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models

from hustings.apps.campaigns.rows import CampaignRow

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

MODELS: list[type[Any]] = [model for model in apps.get_models() if issubclass(model, CampaignRow)]
"""Every kind of row that belongs to one campaign."""
FITTING: dict[str, dict[str, Any]] = {
    "canvass_canvassevent": {"kind": "no_answer", "support": ""},
    "canvass_tally": {"kind": "no_answer", "support": ""},
    "canvass_delivery": {"kind": "delivered", "left_over": None},
    "polling_pollingday": {"ended_at": datetime(2026, 6, 14, tzinfo=UTC)},
    "shifts_session": {"ends_at": datetime(2026, 6, 14, tzinfo=UTC), "time_zone": "Europe/London"},
    "followups_followupstep": {"what": "taken", "takes_back": None, "kind": "poster"},
    "clippings_excerpt": {"start": 3, "end": 7, "words": "rain"},
}
"""What a table's own checks ask for."""


def value_for(field: models.Field[Any, Any]) -> Any:
    """Something of the field's type that no other row has."""
    number = uuid.uuid4().int
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.DateTimeField):
        return datetime(2026, 6, 13, 12, tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date(2026, 6, 13)
    if isinstance(field, models.PositiveSmallIntegerField | models.SmallIntegerField):
        return number % 30_000
    if isinstance(field, models.IntegerField):
        return number % 1_000_000_000
    if isinstance(field, models.FloatField):
        return 0.5
    if isinstance(field, models.BinaryField):
        return number.to_bytes(16)
    if isinstance(field, models.JSONField):
        return {}
    return f"{number:x}"[: field.max_length or 30]


@cache
def pointed_at() -> dict[str, dict[str, str]]:
    """Table → column → table it points at within its campaign, as the database holds it."""
    found: dict[str, dict[str, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text "
            "from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2] "
            "where c.contype = 'f' and array_length(c.conkey, 1) = 2"
        )
        for table, column, target in cursor.fetchall():
            found.setdefault(table, {})[column] = target
    return found


def a_row(campaign: Campaign, model: type[Any], rows: dict[str, Any], **more: Any) -> Any:
    """A new row of that model; what it points at is taken from ``rows``, or made."""
    table = model._meta.db_table
    keys = pointed_at().get(table, {})
    values: dict[str, Any] = {"campaign_id": campaign.pk}
    for field in model._meta.concrete_fields:
        name = field.attname
        if (field.primary_key and isinstance(field, models.BigAutoField)) or name in values:
            continue
        if name in more:
            continue
        if field.column in keys:
            target = keys[field.column]
            if target not in rows and target != table:
                rows[target] = a_row(campaign, model_of(target), rows)
            values[name] = rows[target].pk if target in rows else None
        elif getattr(field, "auto_now_add", False) or field.null:
            continue
        elif not field.has_default() or isinstance(field, models.UUIDField):
            values[name] = value_for(field)
    values |= FITTING.get(table, {}) | more
    return model.objects.create(**values)


def model_of(table: str) -> type[Any]:
    """The model of a table."""
    return next(model for model in MODELS if model._meta.db_table == table)


def a_row_of_each(campaign: Campaign) -> dict[str, Any]:
    """Table → its new row; the campaign's wall must be open."""
    rows: dict[str, Any] = {}
    for model in MODELS:
        if model._meta.db_table not in rows:
            rows[model._meta.db_table] = a_row(campaign, model, rows)
    return rows
