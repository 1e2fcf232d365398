"""Django's PostgreSQL, with the embedded server started at the first connection."""

from __future__ import annotations

from typing import Any, ClassVar

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base
from django.db.utils import NotSupportedError, OperationalError

from hustings.core.errors import HustingsError
from hustings.postgres import server


class TooOld(HustingsError):
    """The PostgreSQL server is older than what Hustings was tried on."""


class Unreachable(HustingsError, OperationalError):
    """No connection; Django's own kind of error too, for whoever tries again."""


class DatabaseWrapper(base.DatabaseWrapper):
    """
    Without a HOST the embedded server is started, or joined, when the first connection is made.

    So ``--help``, imports and ``collectstatic`` start nothing. Each role connects as itself.
    """

    _was_reached: ClassVar[set[str]] = set()
    """By this process, at least once."""

    def get_connection_params(self) -> dict[str, Any]:
        parameters: dict[str, Any] = super().get_connection_params()
        if not self.settings_dict.get("HOST"):
            embedded = server(
                settings.POSTGRES_FOLDER, throwaway=settings.POSTGRES_THROWAWAY
            ).ensure()
            where = embedded.parameters(parameters.get("user", ""), parameters.get("dbname", ""))
            parameters.update(host=where["host"], port=where["port"])
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            if "pool" in self.settings_dict["OPTIONS"] and self.alias not in self._was_reached:
                # The pool would try for long, and say only that it waited.
                psycopg.connect(**conn_params).close()
                self._was_reached.add(self.alias)
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError as error:
            raise Unreachable(
                f"the database cannot be reached ({str(error).strip().splitlines()[0]}); "
                "look at DATABASE_URL, and whether the server runs."
            ) from error

    def check_database_version_supported(self) -> None:
        try:
            super().check_database_version_supported()
        except NotSupportedError as error:
            number = self.pg_version
            raise TooOld(
                f"The database is PostgreSQL {number // 10_000}.{number % 10_000}; Hustings needs 15 or newer. "
                "Upgrade it, point DATABASE_URL at another, or leave DATABASE_URL out to use the one "
                "that comes with Hustings."
            ) from error
