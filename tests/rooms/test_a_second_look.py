"""script/test-journeys: a journey that failed is looked at once more by itself, and one that fails again stops the run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAILS_ONCE = """
import pathlib, pytest
@pytest.mark.browser
@pytest.mark.parametrize("nth", range({number}))
def test_a_look(nth):
    seen = pathlib.Path(__file__).with_name(f"seen-{{nth}}")
    if {always} or not seen.exists():
        seen.touch()
        pytest.fail("nothing was there yet")

@pytest.mark.browser
def test_another():
    with pathlib.Path(__file__).with_name("another").open("a") as ran:
        ran.write("ran ")
"""

pytestmark = pytest.mark.slow


def journeys(folder: Path, *, number: int, always: bool) -> subprocess.CompletedProcess[str]:
    """Run the script on a folder whose looks fail the first time, or each time."""
    (folder / "test_looks.py").write_text(FAILS_ONCE.format(number=number, always=always))
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = browser: a browser test\n")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "DJANGO_"))
    }
    return subprocess.run(
        [ROOT / "script/test-journeys", folder],
        env={**kept, "HUSTINGS_TEST_REPORT": str(folder / "report")},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def test_what_passes_by_itself_passes_and_is_named(tmp_path: Path) -> None:
    done = journeys(tmp_path, number=1, always=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "test_looks.py::test_a_look[0]" in (tmp_path / "report").read_text()
    assert "nothing was there yet" in done.stdout  # the first failure is shown in full
    assert (tmp_path / "another").read_text() == "ran "  # and what had passed is left alone


def test_what_fails_again_stops_the_run(tmp_path: Path) -> None:
    done = journeys(tmp_path, number=1, always=True)
    assert done.returncode != 0
    assert "== 1 once more" in done.stdout
    assert not (tmp_path / "report").exists()


def test_four_that_failed_are_not_looked_at_again(tmp_path: Path) -> None:
    done = journeys(tmp_path, number=4, always=False)
    assert done.returncode != 0
    assert "4 tests failed" in done.stderr
    assert not (tmp_path / "report").exists()
