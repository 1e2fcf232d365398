"""The socket is private, the data stay in their folder, and what another major version made is left alone."""

from __future__ import annotations

import os
import signal
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from hustings.postgres import PostgresError, Server, binaries, identity
from tests.postgres.conftest import eventually, said, supervisor_of, use, working_in


def data(root: Path) -> Path:
    return root / f"data-{binaries.major_version()}"


def processes_of(root: Path) -> dict[int, str]:
    """The server's processes with what each says it is: some come and go, the checkpointer stays."""
    found = {}
    for pid in working_in(data(root)):
        with suppress(FileNotFoundError, ProcessLookupError):
            found[pid] = Path(f"/proc/{pid}/cmdline").read_text().strip("\0 ")
    return found


def test_the_socket_is_private_and_no_port_is_open(root: Path) -> None:
    user = use(root, stay_s=30)
    assert said(user).isdigit()
    postmaster = int((data(root) / "postmaster.pid").read_text().split()[0])

    folder = Server(root).folder.socket
    mode = stat.S_IMODE((folder / ".s.PGSQL.5432").stat().st_mode)
    open_sockets = set()
    for fd in os.listdir(f"/proc/{postmaster}/fd"):
        with suppress(FileNotFoundError):  # a file that it had open for a moment
            open_sockets.add(os.readlink(f"/proc/{postmaster}/fd/{fd}"))
    tcp = []
    for table in ("tcp", "tcp6"):
        with open(f"/proc/{postmaster}/net/{table}") as lines:
            inodes = [line.split()[9] for line in list(lines)[1:]]
        tcp += [inode for inode in inodes if f"socket:[{inode}]" in open_sockets]

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert mode == 0o700
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    assert tcp == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["with 'quotes' and spaces", "Umläute – und mehr", "a;b $HOME `x`"]
)
def test_a_folder_may_have_any_name(root: Path, name: str) -> None:
    assert said(use(root / name)).isdigit()
    assert eventually(lambda: not working_in(data(root / name)))


def test_a_socket_folder_that_somebody_else_made_is_refused(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can make a folder that belongs to somebody else")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    (tmp_path / "run").mkdir()
    server = Server(root / ("x" * 90) / ("y" * 90))
    server.folder.socket.mkdir(parents=True)
    os.chown(server.folder.socket, 12345, 12345)

    with pytest.raises(PostgresError, match="belongs to another user"):
        server.ensure()


@pytest.mark.slow
def test_a_user_that_dies_takes_nothing_from_the_others(root: Path) -> None:
    first, second = use(root, stay_s=30), use(root, stay_s=30)
    assert said(first).isdigit()
    assert said(second).isdigit()

    first.send_signal(signal.SIGKILL)
    first.wait()

    assert not eventually(lambda: not working_in(data(root)), within_s=2.0)
    assert said(use(root)).isdigit()


@pytest.mark.slow
def test_a_process_of_the_server_that_is_killed_is_recovered_from_and_the_next_user_waits_for_it(
    root: Path,
) -> None:
    """PostgreSQL restarts all its processes then; the supervisor and the folder stay."""
    user = use(root, stay_s=600)  # longer than any recovery: with nobody there the supervisor goes
    assert said(user).isdigit()
    before = supervisor_of(root)
    (victim,) = (pid for pid, title in processes_of(root).items() if "checkpointer" in title)

    os.kill(victim, signal.SIGKILL)

    assert eventually(lambda: victim not in processes_of(root))
    assert eventually(lambda: said(use(root)).isdigit())
    assert supervisor_of(root) == before, Server(root).folder.log.read_text()[-3000:]


def test_data_of_another_version_are_not_touched_and_ours_may_stand_beside_them(root: Path) -> None:
    old = root / "data-12"
    old.mkdir(parents=True)
    (old / "PG_VERSION").write_text("12\n")

    with pytest.raises(PostgresError, match="data-12"):
        Server(root, throwaway=True).ensure()
    assert [path.name for path in old.iterdir()] == ["PG_VERSION"]
    assert not data(root).exists()

    old.rename(root / "kept-elsewhere")
    assert said(use(root)).isdigit()
    (root / "kept-elsewhere").rename(old)
    assert said(use(root)).isdigit(), "Ours is there: the old one is nobody's business."


def test_root_and_nobody_are_the_only_ones_it_runs_as(monkeypatch: pytest.MonkeyPatch) -> None:
    prefix = identity.prefix()

    assert prefix == () or os.geteuid() == 0 or prefix[0] == "unshare"
    if os.geteuid() == 0:
        assert prefix[0] in {"unshare", "setpriv"}
