"""The one thing that may be changed where rows are only added: who did it, when that person is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState


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
