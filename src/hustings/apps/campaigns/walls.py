"""The migration operation that puts a table behind the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import router
from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

POLICY = "campaign_id = nullif(current_setting('hustings.campaign', true), '')::uuid"
"""What a row must satisfy to be seen, changed or added."""


class BehindTheWall(Operation):
    """
    Keep one campaign's rows from every other.

    The primary key becomes (campaign_id, id), so that other rows can point at it together with the
    campaign; each foreign key becomes (campaign_id, x_id) → (campaign_id, id); row-level security is
    switched on. The owner of the table is not bound by it: migrations and backups see everything.

    Parameters
    ----------
    table
        The table's name in the database.
    foreign_keys
        Column → table it points at. Both belong to the same campaign. Checked at commit.
    primary_key
        The column that names the row within its campaign.
    append_only
        The web role may add and read rows, never change or remove them.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(
        self,
        table: str,
        foreign_keys: dict[str, str] | None = None,
        *,
        primary_key: str = "id",
        append_only: bool = False,
    ) -> None:
        self.table = table
        self.foreign_keys = foreign_keys or {}
        self.primary_key = primary_key
        self.append_only = append_only

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        options: dict[str, Any] = {}
        if self.primary_key != "id":
            options["primary_key"] = self.primary_key
        if self.append_only:
            options["append_only"] = True
        return type(self).__name__, [self.table, self.foreign_keys], options

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Django's picture of the table does not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if not router.allow_migrate(schema_editor.connection.alias, app_label):
            return
        for statement in self._forwards():
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self._backwards():
            schema_editor.execute(statement)

    def describe(self) -> str:
        return f"Put {self.table} behind the wall between campaigns"

    def _forwards(self) -> list[str]:
        table, key = self.table, self.primary_key
        statements = [
            # Django defers constraints it made itself; the change of key must not wait for them.
            "SET CONSTRAINTS ALL IMMEDIATE",
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey",
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY (campaign_id, {key})",
        ]
        statements += [
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_same_campaign "
            f"FOREIGN KEY (campaign_id, {column}) REFERENCES {target} "
            "DEFERRABLE INITIALLY DEFERRED"
            for column, target in self.foreign_keys.items()
        ]
        statements += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY same_campaign ON {table} USING ({POLICY})",
        ]
        if self.append_only:
            from django.conf import (
                settings,
            )  # at run time: migrations are imported before settings matter

            statements.append(
                f'REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM "{settings.WEB_ROLE}"'
            )
        return statements

    def _backwards(self) -> list[str]:
        table, key = self.table, self.primary_key
        return [
            f"DROP POLICY same_campaign ON {table}",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            *(
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_same_campaign"
                for column in self.foreign_keys
            ),
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey",
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY ({key})",
        ]


class PointsWithinTheCampaign(Operation):
    """
    Let a column that came later point at another table, within the campaign.

    Parameters
    ----------
    table, column, target
        The table behind the wall, its column, and the table it points at.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, column: str, target: str) -> None:
        self.table, self.column, self.target = table, column, target

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.column, self.target], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Django's picture of the table does not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        schema_editor.execute(
            f"ALTER TABLE {self.table} ADD CONSTRAINT {self.table}_{self.column}_same_campaign "
            f"FOREIGN KEY (campaign_id, {self.column}) REFERENCES {self.target} "
            "DEFERRABLE INITIALLY DEFERRED"
        )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        schema_editor.execute(
            f"ALTER TABLE {self.table} DROP CONSTRAINT {self.table}_{self.column}_same_campaign"
        )

    def describe(self) -> str:
        return f"Let {self.table}.{self.column} point at {self.target} within the campaign"


class CampaignCheckedOnceAStatement(Operation):
    """
    Hold a table to campaigns that are there, without a foreign key that is checked for every row.

    For the role that serves, the wall already compares each row's campaign with the transaction's;
    a trigger after each insert asks once whether that one exists, and keeps it from being deleted
    meanwhile. Another refuses to delete a campaign that has rows here, at commit. The owner, who
    migrates and restores, is not asked. See ``docs/decisions/0024-*``.

    Parameters
    ----------
    table
        A table behind the wall, of a :class:`~hustings.apps.campaigns.rows.ManyCampaignRow`.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Django's picture of the table does not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        schema_editor.execute(
            f"CREATE TRIGGER campaign_is_there AFTER INSERT ON {self.table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION campaign_is_there()"
        )
        schema_editor.execute(
            f"CREATE CONSTRAINT TRIGGER no_rows_in_{self.table} "
            "AFTER DELETE OR UPDATE OF id ON campaigns_campaign DEFERRABLE INITIALLY DEFERRED "
            f"FOR EACH ROW EXECUTE FUNCTION campaign_has_no_rows('{self.table}')"
        )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        schema_editor.execute(f"DROP TRIGGER campaign_is_there ON {self.table}")
        schema_editor.execute(f"DROP TRIGGER no_rows_in_{self.table} ON campaigns_campaign")

    def describe(self) -> str:
        return f"Ask once a statement whether the campaign of new rows of {self.table} is there"


class PlannedForAnyCampaign(Operation):
    """
    Let the wall compare with the transaction's campaign as a value the planner cannot look into.

    With the value itself it would plan for this campaign: for no rows, where nobody has counted them yet,
    as after a first import beside another campaign, and so read all of them where an index has the one.

    Parameters
    ----------
    table
        The table behind the wall.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Django's picture of the table does not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        own, value = POLICY.split(" = ", 1)
        schema_editor.execute(
            f"ALTER POLICY same_campaign ON {self.table} USING ({own} = (SELECT {value}))"
        )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        schema_editor.execute(f"ALTER POLICY same_campaign ON {self.table} USING ({POLICY})")

    def describe(self) -> str:
        return f"Let the wall round {self.table} be planned for any campaign"


class NamesMayBeTakenOut(Operation):
    """
    Let the web role change these columns of a table that is otherwise only added to.

    Parameters
    ----------
    table, columns
        The table behind the wall, and those of its columns that hold a member's name or words.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        self.table, self.columns = table, tuple(columns)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.columns], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Django's picture of the table does not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._say(schema_editor, "GRANT", "TO")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._say(schema_editor, "REVOKE", "FROM")

    def _say(self, schema_editor: BaseDatabaseSchemaEditor, verb: str, whom: str) -> None:
        from django.conf import (
            settings,
        )  # at run time: migrations are imported before settings matter

        columns = ", ".join(f'"{column}"' for column in self.columns)
        schema_editor.execute(
            f'{verb} UPDATE ({columns}) ON {self.table} {whom} "{settings.WEB_ROLE}"'
        )

    def describe(self) -> str:
        return f"Let names be taken out of {self.table}"


class DoneByTheOwner(Operation):
    """
    A function by which the web role has one thing done that only the owner of the tables may do.

    The owner is bound neither by row-level security nor by what is added and never changed, so the
    function itself must keep to the transaction's campaign and refuse whatever else is asked of it.
    Nobody but the web role may call it.

    Parameters
    ----------
    name, arguments
        ``erase_from_audit``, and the types it takes: ``bigint, text[]``.
    definition
        What stands after ``CREATE FUNCTION name``, in PL/pgSQL, from the named arguments to the body.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, name: str, arguments: str, definition: str) -> None:
        self.name, self.arguments, self.definition = name, arguments, definition

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.name, self.arguments, self.definition], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Django's picture of the tables does not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        from django.conf import (
            settings,
        )  # at run time: migrations are imported before settings matter

        called = f"{self.name}({self.arguments})"
        for statement in (
            f"CREATE FUNCTION {self.name}{self.definition}",
            f"ALTER FUNCTION {called} SECURITY DEFINER SET search_path = public, pg_temp",
            f"REVOKE ALL ON FUNCTION {called} FROM PUBLIC",
            f'GRANT EXECUTE ON FUNCTION {called} TO "{settings.WEB_ROLE}"',
        ):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        schema_editor.execute(f"DROP FUNCTION {self.name}({self.arguments})")

    def describe(self) -> str:
        return f"Let the web role have {self.name} done"
