"""Putting back what a batch changed, exactly."""

# ruff: noqa: S608  # names of tables and columns are ours; values are parameters
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection

from hustings.apps.people.models import Household, Person
from hustings.apps.places.models import Door

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import Model

OWN = (
    ("register_registerentry", True),
    ("people_person", True),
    ("register_absentvote", True),
    ("people_contactpoint", False),
    ("people_consent", False),
)
"""Tables that batches touch, and whether a batch may have changed a row there (or only made some)."""


def put_back(
    campaign_id: UUID, batch_id: int, *, homes: tuple[int, int], doors: tuple[int, int]
) -> dict[str, int]:
    """
    Restore every row the batch changed or removed, and take away every row it made.

    An entry whose person has a history with the campaign meanwhile stays, as removed from the register:
    what was said at a door is never deleted by an import, nor by its undo.

    ``homes`` and ``doors`` are the first and the last ids of what the batch made; those that nothing speaks of go.
    """
    values: dict[str, Any] = {"c": campaign_id, "b": batch_id}
    with connection.cursor() as cursor:
        restored = 0
        for table, changes in OWN:
            if changes:
                restored += _restore(table, values)
        taken = 0
        for table in ("people_consent", "people_contactpoint", "register_absentvote"):
            cursor.execute(
                f"delete from {table} t using register_beforeimage b "
                f"where b.campaign_id = %(c)s and b.batch_id = %(b)s and b.\"table\" = '{table}' "
                "and b.before is null and t.campaign_id = %(c)s and t.id = b.row_id",
                values,
            )
            taken += cursor.rowcount
        cursor.execute(
            "create temp table made on commit drop as select id, person_id from register_registerentry "
            "where campaign_id = %(c)s and added_in = %(b)s",
            values,
        )
        cursor.execute("create temp table lived on commit drop as " + _with_history(), values)
        cursor.execute(
            "update register_registerentry e set removed_in = %(b)s from made m join lived l using (person_id) "
            "where e.campaign_id = %(c)s and e.id = m.id",
            values,
        )
        kept = cursor.rowcount
        cursor.execute("delete from made m using lived l where l.person_id = m.person_id")
        cursor.execute(
            "delete from register_registerentry e using made m where e.campaign_id = %(c)s and e.id = m.id",
            values,
        )
        taken += cursor.rowcount
        cursor.execute(
            "delete from people_person p using made m where p.campaign_id = %(c)s and p.id = m.person_id",
            values,
        )
        for table, model, (first, last) in (
            ("people_household", Household, homes),
            ("places_door", Door, doors),
        ):
            cursor.execute(
                f"delete from {table} h where h.campaign_id = %(c)s "
                "and h.id between %(first)s and %(last)s" + _nobody_speaks_of(model),
                {**values, "first": first, "last": last},
            )
    return {"restored": restored, "taken_away": taken, "kept": kept}


def _restore(table: str, values: dict[str, Any]) -> int:
    """Write the images of one table back over its rows; rows that are gone are inserted again."""
    with connection.cursor() as names:
        columns = [c.name for c in connection.introspection.get_table_description(names, table)]
        rest = ", ".join(
            f'"{c}" = excluded."{c}"' for c in columns if c not in ("id", "campaign_id")
        )
        listed = ", ".join(f'"{c}"' for c in columns)
        names.execute(
            f"insert into {table} ({listed}) overriding system value "
            f"select {', '.join(f'r.{c}' for c in columns)} from register_beforeimage b, "
            f"jsonb_populate_record(null::{table}, b.before) r "
            f"where b.campaign_id = %(c)s and b.batch_id = %(b)s and b.\"table\" = '{table}' "
            "and b.before is not null "
            f"on conflict (campaign_id, id) do update set {rest}",
            values,
        )
        return int(names.rowcount)


def _with_history() -> str:
    """
    SQL for the people of ``made`` that any other table speaks of.

    The rooms above this one are found by their foreign keys, so that none has to be named here.
    """
    return " union ".join(
        f"select m.person_id from made m join {table} t "
        f"on t.campaign_id = %(c)s and t.{column} = m.person_id"
        for table, column in _keys_to(Person)
        if table != "register_registerentry"
    )


def _nobody_speaks_of(model: type[Model]) -> str:
    return "".join(
        f" and not exists (select from {table} t where t.campaign_id = %(c)s and t.{column} = h.id)"
        for table, column in _keys_to(model)
    )


def _keys_to(target: type[Model]) -> list[tuple[str, str]]:
    """Every table and column that points at a model."""
    return [
        (model._meta.db_table, key.column or "")
        for model in apps.get_models()
        for key in model._meta.concrete_fields
        if key.remote_field is not None and key.related_model is target
    ]
