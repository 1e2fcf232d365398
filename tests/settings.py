"""The settings of the test run: the owner connects first, to make the test database (see conftest.py)."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["HUSTINGS_MODE"] = "test"
os.environ["HUSTINGS_DATABASE_ROLE"] = "owner"

from hustings.server.settings import *  # noqa: F403  # after the environment it reads

KEYS_FOLDER = Path(tempfile.mkdtemp(prefix="hustings-keys-"))
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="hustings-uploads-"))
for folder in (
    KEYS_FOLDER,
    MEDIA_ROOT,
):  # each process has its own: nobody sweeps what another has just sent
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
