"""Two transactions that meet half way: the order in which they take their locks is the test's, not chance's."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.campaigns.tenancy import tenant

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.campaigns.models import Campaign

    Step = Callable[[], object]

PATIENCE_S = 20.0


class _Worker(threading.Thread):
    """Somebody with a connection of their own; what went wrong with them is kept."""

    def __init__(self, work: Step) -> None:
        super().__init__()
        self.work = work
        self.process: int | None = None
        self.wrong: Exception | None = None

    def run(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("select pg_backend_pid()")
                [(self.process,)] = cursor.fetchall()
            self.work()
        except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
            self.wrong = error
        finally:
            connection.close()


def crossing(campaign: Campaign, first: list[Step], second: Step) -> list[Exception]:
    """
    What went wrong where the second begins within the first.

    The first, all in one transaction, does a step; the second begins and goes on until it waits for the first (or is
    done); and then the first does its other steps and commits.
    """
    begun, go_on = threading.Event(), threading.Event()

    def work() -> None:
        with tenant(campaign.pk):
            first[0]()
            begun.set()
            assert go_on.wait(PATIENCE_S)
            for step in first[1:]:
                step()

    one, other = _Worker(work), _Worker(second)
    one.start()
    while not begun.wait(0.01) and one.is_alive():
        pass
    other.start()
    _until_it_waits(other)
    go_on.set()
    one.join()
    other.join()
    return [worker.wrong for worker in (one, other) if worker.wrong is not None]


def _until_it_waits(worker: _Worker) -> None:
    until = time.monotonic() + PATIENCE_S
    while worker.is_alive() and time.monotonic() < until:
        if worker.process is not None and _waits(worker.process):
            return
        time.sleep(0.01)


def _waits(process: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select cardinality(pg_blocking_pids(%s)) > 0", [process])
        [(waits,)] = cursor.fetchall()
    return bool(waits)
