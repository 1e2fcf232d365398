"""Several processes share one server, and it ends when the last of them does, however that ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hustings.postgres import PostgresError, Server, binaries
from tests.postgres.conftest import eventually, kill, said, supervisor_of, use, working_in


def data(root: Path) -> Path:
    return root / f"data-{binaries.major_version()}"


@pytest.mark.slow
def test_eight_who_start_at_once_get_one_server(root: Path) -> None:
    users = [use(root, stay_s=60) for _ in range(8)]

    answers = [said(user) for user in users]
    supervisors = subprocess.check_output(
        ["pgrep", "-f", f"hustings.postgres.supervise {root}"], text=True
    ).split()
    for user in users:
        user.kill()
        user.wait()

    assert all(answer.isdigit() for answer in answers), answers
    assert len(supervisors) == 1
    assert eventually(lambda: not working_in(data(root)))


def test_the_server_stops_after_its_only_user_is_killed(root: Path) -> None:
    user = use(root, stay_s=60)
    assert said(user).isdigit()

    user.kill()
    user.wait()

    assert eventually(lambda: not working_in(data(root)))


@pytest.mark.slow
def test_after_the_supervisor_is_killed_the_next_user_gets_a_server(root: Path) -> None:
    user = use(root, stay_s=60)
    assert said(user).isdigit()

    os.kill(supervisor_of(root), signal.SIGKILL)
    stopped = eventually(lambda: not working_in(data(root)))
    user.kill()
    user.wait()

    assert stopped
    assert said(use(root)).isdigit()


@pytest.mark.slow
def test_after_everything_is_killed_and_the_pid_is_somebody_elses_the_next_user_gets_a_server(
    root: Path,
) -> None:
    user = use(root, stay_s=60)
    assert said(user).isdigit()
    pid_file = data(root) / "postmaster.pid"
    lines = pid_file.read_text().splitlines()

    os.kill(supervisor_of(root), signal.SIGSTOP)
    kill(working_in(data(root)))
    os.kill(supervisor_of(root), signal.SIGKILL)
    user.kill()
    user.wait()
    assert eventually(lambda: not working_in(data(root)))
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    assert said(use(root)).isdigit()


@pytest.mark.slow
@pytest.mark.parametrize("after_s", [0.1, 0.4])
def test_a_start_that_is_killed_half_way_leaves_nothing_broken(root: Path, after_s: float) -> None:
    first = use(root, start_new_session=True)
    time.sleep(after_s)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()

    assert said(use(root)).isdigit()


@pytest.mark.slow
def test_what_was_written_is_there_after_a_crash(root: Path) -> None:
    import psycopg
    from psycopg.conninfo import make_conninfo

    server = Server(root, throwaway=False).ensure()
    address = make_conninfo("", **server.parameters("hustings", "hustings"))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (41)")
    os.kill(supervisor_of(root), signal.SIGSTOP)
    kill(working_in(data(root)))
    os.kill(supervisor_of(root), signal.SIGKILL)
    assert eventually(lambda: not working_in(data(root)))

    server.ensure()

    with psycopg.connect(address) as connection:
        assert connection.execute("select n from kept").fetchone() == (41,)
    assert server._users_lock is not None
    os.close(server._users_lock)


@pytest.mark.slow
def test_a_pipe_is_let_go_of_when_the_user_is_done(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads the user's pipe to its end does not wait for the server that stays."""
    monkeypatch.setenv("HUSTINGS_POSTGRES_IDLE_S", "600")

    subprocess.run(
        [sys.executable, "-c", "import sys; from hustings.postgres import Server; Server(sys.argv[1], throwaway=True).ensure()", str(root)],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip

    assert working_in(data(root))


@pytest.mark.slow
def test_a_very_long_path_gets_its_socket_elsewhere(root: Path) -> None:
    long = root / ("x" * 90) / ("y" * 90)

    assert said(use(long)).isdigit()
    assert len(os.fsencode(Server(long).folder.socket)) < 90


def test_data_of_another_version_is_refused_with_the_way_out(root: Path) -> None:
    (root / "data-12").mkdir(parents=True)
    (root / "data-12" / "PG_VERSION").write_text("12\n")

    with pytest.raises(PostgresError, match=r"data-12.*hustings backup"):
        Server(root, throwaway=True).ensure()


def test_nothing_outside_the_folder_is_touched(root: Path) -> None:
    root.parent.chmod(0o700)
    before = {path: (path.stat().st_mode, path.stat().st_uid) for path in root.parents}
    password_file = Path("/etc/passwd").read_bytes()

    assert said(use(root)).isdigit()

    assert {path: (path.stat().st_mode, path.stat().st_uid) for path in root.parents} == before
    assert Path("/etc/passwd").read_bytes() == password_file
    assert {path.name for path in root.parent.iterdir()} == {root.name}


def test_the_two_roles_are_no_superusers(root: Path) -> None:
    import psycopg
    from psycopg.conninfo import make_conninfo

    server = Server(root, throwaway=True).ensure()
    with psycopg.connect(make_conninfo("", **server.parameters("hustings_web", "hustings"))) as web:
        roles = web.execute(
            "select rolname, rolsuper, rolbypassrls, rolcreatedb from pg_roles "
            "where rolname like 'hustings%' order by rolname"
        ).fetchall()
    assert server._users_lock is not None
    os.close(server._users_lock)

    assert roles == [("hustings", False, False, True), ("hustings_web", False, False, False)]
