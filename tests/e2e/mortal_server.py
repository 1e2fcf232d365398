"""
The server as it is, but for this: told to, it is killed (SIGKILL, all its processes) once it has kept a batch of events.

That is after the commit, since a request is one transaction, and before a byte of the answer is written. The order lies
in the file that ``TESTS_DOOM`` names, and is gone with the death that it asked for.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hustings.server.wsgi import application as real

if TYPE_CHECKING:
    from collections.abc import Iterable

DOOM = Path(os.environ["TESTS_DOOM"])


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer; or die with the answer in hand."""
    answer: Iterable[bytes] = real(environ, start_response)
    if environ["PATH_INFO"] == "/w/events/" and DOOM.exists():
        DOOM.unlink()
        sys.stderr.flush()
        os.killpg(0, signal.SIGKILL)
    return answer
