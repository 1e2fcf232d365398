"""The published vectors, read from the folder of outside data."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# Nothing here is a timed test; whatever else holds of this run's profile stays.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


class Vectors:
    """The folder ``vectors`` of the outside data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def json(self, name: str) -> Any:
        return json.loads(self.text(name))

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def bytes(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()


@pytest.fixture(scope="session")
def vectors() -> Vectors:
    """Skipped, and counted, where there is no outside data."""
    folder = os.environ.get("HUSTINGS_TEST_DATA", "")
    if not folder:
        pytest.skip("HUSTINGS_TEST_DATA is not set: this test reads outside data.")
    return Vectors(Path(folder) / "vectors")
