"""The demo is built by one command, goes in by the ordinary doors, and says what it did."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_demo_is_built_once_and_found_again(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HUSTINGS_")},
        "HUSTINGS_MODE": "demo",
        "HUSTINGS_HOME": str(tmp_path / "demo"),
        "HUSTINGS_POSTGRES_IDLE_S": "0.5",
    }
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    def demo() -> dict[str, object]:
        done = subprocess.run(
            [sys.executable, "-m", "hustings.cli.main", "demo", "--once"],
            env=environment, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found: dict[str, object] = json.loads(done.stdout)
        return found

    built, again = demo(), demo()

    assert built["doors"] == 1500
    assert isinstance(built["turfs"], int)
    assert 20 <= built["turfs"] <= 60
    assert isinstance(built["results"], int)
    assert built["results"] > 50
    assert isinstance(built["records"], int)
    assert built["records"] > 15
    assert built["volunteers"] == 10
    assert built["reports"] == 28
    assert built["follow_ups"] == 4
    assert built["walk_km"]
    assert {**again, "seconds": None} == {**built, "seconds": None}
    assert {
        "set-up",
        "database",
        "Cutting it into walks",
        "A week at the press desk",
        "in all",
    } <= set(dict(built["seconds"]))  # type: ignore[call-overload]  # a dict


def test_the_demo_is_never_started_beside_a_real_campaign() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hustings.cli.main", "demo", "--once"],
        env={**os.environ, "HUSTINGS_MODE": "production"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "script/demo" in done.stderr
