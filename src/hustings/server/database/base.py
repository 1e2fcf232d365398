"""Django's PostgreSQL, with the embedded server started at the first connection."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base

from hustings.postgres import server


class DatabaseWrapper(base.DatabaseWrapper):
    """
    Without a HOST the embedded server is started, or joined, when the first connection is made.

    So ``--help``, imports and ``collectstatic`` start nothing. Each role connects as itself.
    """

    def get_connection_params(self) -> dict[str, Any]:
        parameters: dict[str, Any] = super().get_connection_params()
        if not self.settings_dict.get("HOST"):
            embedded = server(
                settings.POSTGRES_FOLDER, throwaway=settings.POSTGRES_THROWAWAY
            ).ensure()
            where = embedded.parameters(parameters.get("user", ""), parameters.get("dbname", ""))
            parameters.update(host=where["host"], port=where["port"])
        return parameters
