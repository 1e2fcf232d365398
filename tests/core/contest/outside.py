"""The folder of outside data as a whole, beside its vectors."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest


def outside(name: str) -> Path:
    """Skipped, and counted, where there is no outside data."""
    folder = os.environ.get("HUSTINGS_TEST_DATA", "")
    if not folder:
        pytest.skip("HUSTINGS_TEST_DATA is not set: this test reads outside data.")
    return Path(folder) / name


def outside_json(name: str) -> Any:
    return json.loads(outside(name).read_text("utf-8"))


def outside_rows(name: str) -> list[dict[str, str]]:
    with outside(name).open(encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file))
