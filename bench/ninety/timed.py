"""The server as it is, which says with each answer how long it handled it: from the first line of ours to the last, and its CPU."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from hustings.server.wsgi import application as served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HEADER, CPU_HEADER = "X-Handled-Ms", "X-Cpu-Ms"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Every layer of the stack is within the time, and so is the commit; waiting for a thread is not."""
    began, busy = time.perf_counter(), time.thread_time()
    said: list[tuple[Any, ...]] = []
    body = served(environ, lambda *arguments: said.append(arguments))
    taken = 1000 * (time.perf_counter() - began)
    own = 1000 * (time.thread_time() - busy)
    status, headers, *rest = said[-1]
    start_response(status, [*headers, (HEADER, f"{taken:.2f}"), (CPU_HEADER, f"{own:.2f}")], *rest)
    return body
