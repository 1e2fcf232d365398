"""As whom the server runs: PostgreSQL refuses the user id 0, and ids without a name."""

from __future__ import annotations

import contextlib
import functools
import os
import pwd
import subprocess
from typing import TYPE_CHECKING

from hustings.postgres.errors import PostgresError

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = 65534


@functools.cache
def prefix() -> tuple[str, ...]:
    """
    What to put before a server program; empty for an ordinary user.

    For root a user namespace shows PostgreSQL another id while files stay root's, so that no folder
    above ours has to be opened. Where namespaces are off, ``setpriv`` becomes nobody, and the
    server's folder is given to nobody. Such a server can read what root can: right for a demo or a
    test, not for production.
    """
    root = os.geteuid() == 0
    if not root:
        with contextlib.suppress(KeyError):
            pwd.getpwuid(os.geteuid())
            return ()
    namespace = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
    if os.environ.get("HUSTINGS_POSTGRES_AS_ROOT", "namespace") == "namespace" and _works(
        namespace
    ):
        return namespace
    if root:
        return ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    raise PostgresError(
        f"The user id {os.geteuid()} has no entry in the password file and user namespaces are off, "
        "so PostgreSQL cannot start: add an entry, or set DATABASE_URL to a server of your own."
    )


def gives_files_away() -> bool:
    """Whether the server runs as nobody, who must own its folder."""
    return prefix()[:1] == ("setpriv",)


def refuse_closed(*folders: Path) -> None:
    """
    Say which folder on the way to one of these lets nobody through, where the server runs as nobody.

    Nothing is opened for it: whose folder that is, and why it is closed, is not ours to know.

    Raises
    ------
    PostgresError
        With the folder, and the ways out.
    """
    if not gives_files_away():
        return
    for folder in folders:
        for step in (*reversed(folder.parents), folder):
            if not _works(prefix(), "test", "-x", str(step)):
                raise PostgresError(
                    f"PostgreSQL does not run as root, and the user «nobody», as whom it runs here, may not pass "
                    f"through {step}. Set HUSTINGS_HOME to a folder that others may pass through, start "
                    "Hustings as an ordinary user, or set DATABASE_URL to a server of your own."
                )


def _works(command: tuple[str, ...], *tried: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603  # a fixed command
            [*command, *(tried or ("true",))],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


def environment() -> dict[str, str]:
    """The environment without what would change the server: PG…, locale, language."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "LC_", "LANG"))
    }
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}
