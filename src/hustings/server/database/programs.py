"""PostgreSQL's own programs, run on our database as the owner of the tables."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from typing import TYPE_CHECKING

from django.db import connection

from hustings.core.errors import HustingsError
from hustings.postgres import binaries

if TYPE_CHECKING:
    from pathlib import Path

HEAD_LINES = 60
"""Where a dump says how its session is set."""


def dump(file: Path) -> None:
    """The whole database into ``file``."""
    address, environment = _owner()
    done = subprocess.run(  # noqa: S603  # PostgreSQL's program, without a shell
        [_program("pg_dump"), f"--dbname={address}", "--format=custom", f"--file={file}"],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise _failed("pg_dump", done.stderr)


def restore(file: Path) -> None:
    """
    What :func:`dump` wrote into an empty database, in one transaction.

    ``psql`` commits when its input ends, so its input ends only after ``pg_restore`` came to a good end.
    """
    address, environment = _owner()
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(  # noqa: S603  # PostgreSQL's programs, without a shell
            [_program("pg_restore"), "--no-owner", "--file=-", str(file)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said,
        ) as reader,
        subprocess.Popen(  # noqa: S603
            [
                _program("psql"), f"--dbname={address}", "--no-psqlrc", "--quiet",
                "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
            ],
            env=environment, stdin=subprocess.PIPE, stderr=said,
        ) as writer,
    ):  # fmt: skip
        assert reader.stdout is not None  # noqa: S101  # both are pipes
        assert writer.stdin is not None  # noqa: S101
        with contextlib.suppress(BrokenPipeError):  # psql refused something, and says what
            for _ in range(HEAD_LINES):
                line = reader.stdout.readline()
                # A setting of PostgreSQL 17 that a dump by newer programs asks of older servers too.
                if not line.startswith(b"SET transaction_timeout"):
                    writer.stdin.write(line)
            shutil.copyfileobj(reader.stdout, writer.stdin)
            writer.stdin.flush()
        reader.stdout.close()
        if reader.wait():
            writer.kill()
        with contextlib.suppress(BrokenPipeError):
            writer.stdin.close()
        if writer.wait() or reader.returncode:
            said.seek(0)
            raise _failed("pg_restore", said.read())


def _owner() -> tuple[str, dict[str, str]]:
    connection.ensure_connection()
    info = connection.connection.info
    return info.dsn, {**os.environ, **({"PGPASSWORD": info.password} if info.password else {})}


def _program(name: str) -> str:
    return str(binaries.folder() / name)


def _failed(program: str, said: str) -> HustingsError:
    return HustingsError(f"{program} could not do it; it says:\n{said.strip()[-1500:]}")
