"""The server's folder: where data, socket, locks and log are, and whose they are."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hustings.postgres import binaries, identity
from hustings.postgres.errors import PostgresError

LONGEST_SOCKET_PATH = 107
"""Bytes in ``sun_path`` on Linux, its end included in the 108th."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Everything of one server lies below ``root``; only a socket whose path is too long lies elsewhere."""

    root: Path

    @property
    def data(self) -> Path:
        """Named for the major version, so that a new one never opens old files."""
        return self.root / f"data-{binaries.major_version()}"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that uses the server."""
        return self.root / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held by whoever starts or stops the server."""
        return self.root / "start.lock"

    @property
    def log(self) -> Path:
        """What the server and its supervisor say."""
        return self.root / "server.log"

    @property
    def pid_file(self) -> Path:
        """PostgreSQL's own."""
        return self.data / "postmaster.pid"

    @property
    def socket(self) -> Path:
        """In the folder, or, where that path is too long, in a private folder of the same user."""
        own = self.root / "s"
        if len(os.fsencode(own / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH:
            return own
        mark = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]
        base = os.environ.get("XDG_RUNTIME_DIR", "")
        if not (base and os.access(base, os.W_OK)):
            base = tempfile.gettempdir()
        return Path(base) / f"hustings-{os.geteuid()}-{mark}"

    def prepare(self) -> None:
        """Make root and socket folder, private; refuse a socket folder that somebody else made."""
        for path in (self.root, self.socket):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        allowed = {os.geteuid()} | ({identity.NOBODY} if os.geteuid() == 0 else set())
        if self.socket.stat().st_uid not in allowed:
            raise PostgresError(
                f"{self.socket} belongs to another user; remove it, or set XDG_RUNTIME_DIR to a folder of yours."
            )
        for path in (self.root, self.socket):
            path.chmod(0o700)

    def other_versions(self) -> list[str]:
        """Data folders of other major versions."""
        return sorted(
            old.name
            for old in self.root.glob("data-*")
            if old != self.data and (old / "PG_VERSION").exists()
        )

    def is_ready(self) -> bool:
        """Whether a server that works in our data folder says it is ready."""
        try:
            lines = self.pid_file.read_text().splitlines()
            return (
                len(lines) >= 8 and lines[7].strip() == "ready" and self._works_here(int(lines[0]))
            )
        except (FileNotFoundError, ValueError):
            return False

    def anybody_works_here(self) -> bool:
        """Whether any process has its working folder in our data: the one safe test for a stale pid file."""
        return any(self._works_here(int(name)) for name in os.listdir("/proc") if name.isdigit())

    def _works_here(self, pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/cwd").samefile(self.data)
        except OSError:
            return False
