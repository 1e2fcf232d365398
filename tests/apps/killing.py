"""Work that is killed (SIGKILL) before its n-th statement, or within its COPY."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

if TYPE_CHECKING:
    from collections.abc import Callable


def killed_at(count: int, work: Callable[[], None]) -> bool:
    """Do the work in another process that is killed before its ``count``-th statement; whether it was."""
    connection.close()
    child = os.fork()
    if child == 0:  # pragma: no cover: measured nowhere, it is killed
        sent = 0
        execute, write = CursorWrapper.execute, psycopg.Copy.write

        def die_in_time() -> None:
            nonlocal sent
            sent += 1
            if sent == count:
                os.kill(os.getpid(), signal.SIGKILL)

        def counted(cursor: CursorWrapper, *arguments: object) -> object:
            die_in_time()
            return execute(cursor, *arguments)  # type: ignore[arg-type]  # passed on as it came

        def counted_write(copy: psycopg.Copy, data: str) -> None:
            write(copy, data[: len(data) // 2])
            die_in_time()
            write(copy, data[len(data) // 2 :])

        CursorWrapper.execute = counted  # type: ignore[method-assign,assignment]
        psycopg.Copy.write = counted_write  # type: ignore[method-assign,assignment]
        try:
            work()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
