"""The owner makes the test database; the tests run as the web role, behind the wall."""

from __future__ import annotations

import gc
import os
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.trust import PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.plugin import DjangoDbBlocker

# Nothing here is a timed test; whatever else holds of this run's profile stays.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """A test database is a copy of one in which all migrations ran; on a server that somebody named they run anew."""
    from django.conf import settings
    from django.db import connection

    from hustings.postgres import server
    from tests.template import template

    if connection.settings_dict["HOST"]:
        return
    with django_db_blocker.unblock():
        embedded = server(settings.POSTGRES_FOLDER, throwaway=settings.POSTGRES_THROWAWAY)
        made = connection.settings_dict["TEST"]
        made["TEMPLATE"], made["MIGRATE"] = template(embedded), False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, made by the owner, used by the web role."""
    from django.conf import settings
    from django.db import connection

    def become(role: str) -> None:
        connection.close()
        connection.settings_dict["USER"] = role

    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            # Only for Django's flush after tests that need real commits, on a server that somebody named.
            cursor.execute(
                f'GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO "{settings.WEB_ROLE}"'
            )
            cursor.execute(
                f'GRANT UPDATE ON ALL SEQUENCES IN SCHEMA public TO "{settings.WEB_ROLE}"'
            )
        become(settings.WEB_ROLE)
    yield
    with django_db_blocker.unblock():
        become(settings.OWNER_ROLE)


@pytest.fixture(scope="session", autouse=True)
def _only_what_was_written_is_emptied() -> Iterator[None]:
    """After a test that really committed; on a server that somebody named, Django's own way stays."""
    from django.conf import settings
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import DEFAULT_DB_ALIAS, connection
    from django.test import TransactionTestCase

    from hustings.postgres import server
    from tests.emptying import FILLED, as_filled, empty

    if connection.settings_dict["HOST"]:
        yield
        return

    filled: list[tuple[int, ...]] = []

    def fixture_teardown(_case: TransactionTestCase) -> None:
        tables = connection.introspection.django_table_names(
            only_existing=True, include_views=False
        )
        untouched = filled == [as_filled()]
        if untouched:
            tables = [name for name in tables if name not in FILLED]
        embedded = server(settings.POSTGRES_FOLDER, throwaway=settings.POSTGRES_THROWAWAY)
        empty(embedded.ensure(), str(connection.settings_dict["NAME"]), tables)
        if not untouched:
            emit_post_migrate_signal(0, False, DEFAULT_DB_ALIAS)
            filled[:] = [as_filled()]

    with pytest.MonkeyPatch.context() as here:
        here.setattr(TransactionTestCase, "_fixture_teardown", fixture_teardown)
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_for_once() -> Iterator[None]:
    """Each client of a test has a handler of its own, and each handler would look through all folders again."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[object, dict[str, Any]] = {}

    def once(handler: Any) -> None:
        asked = handler.static_prefix, handler.max_age, handler.add_headers_function
        if asked not in found:
            look(handler)
            found[asked] = handler.files
        handler.files = {**handler.files, **found[asked]}

    with pytest.MonkeyPatch.context() as here:
        here.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of outside data; the test is skipped, and counted, where there is none."""
    from pathlib import Path

    folder = os.environ.get("HUSTINGS_TEST_DATA", "")
    if not folder:
        pytest.skip("HUSTINGS_TEST_DATA is not set: this test reads outside data.")
    if not Path(folder).is_dir():
        pytest.fail(f"HUSTINGS_TEST_DATA names «{folder}», which is not a folder.")
    return Path(folder)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With ``--dist loadfile``: see ``tests/sharing_out.py``."""
    if config.getvalue("dist") != "loadfile":
        return None
    from tests.sharing_out import ByFileAndHandful

    return ByFileAndHandful(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each report say which property of ``tests/trust.py`` its test holds; begin what is long."""
    from tests.sharing_out import in_turn

    in_turn(items)
    for item in items:
        for mark in item.iter_markers("trust"):
            item.user_properties += [("trust", number) for number in mark.args]


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end: the collector need not go through them again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What must hold and how many tests held it; and how many were skipped, since those prove nothing."""
    _say_what_holds(terminalreporter)
    if (seed := terminalreporter.config.getoption("randomly_seed", None)) is not None:
        terminalreporter.write_line(f"in the order of --randomly-seed={seed}")
    skipped = len(terminalreporter.stats.get("skipped", []))
    if skipped:
        terminalreporter.write_line(f"{skipped} skipped: what they would show is not shown.")


def _say_what_holds(terminalreporter: pytest.TerminalReporter) -> None:
    held: dict[int, Counter[str]] = defaultdict(Counter)
    files: dict[int, set[str]] = defaultdict(set)
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, ()):
            if getattr(report, "when", "") != "call" and outcome == "passed":
                continue
            for name, number in getattr(report, "user_properties", ()):
                if name == "trust":
                    held[number][outcome] += 1
                    files[number].add(report.nodeid.split("::")[0].removeprefix("tests/"))
    if not held:
        return
    terminalreporter.section("trust properties and the tests that hold them")
    for number in sorted(held):
        counts = ", ".join(f"{n} {outcome}" for outcome, n in held[number].items())
        terminalreporter.write_line(f"{number:>3}  {PROPERTIES[number]}")
        terminalreporter.write_line(f"     {counts}: {', '.join(sorted(files[number]))}")
    if left := sorted(set(PROPERTIES) - set(held)):
        terminalreporter.write_line(f"not in this run: {', '.join(map(str, left))}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With HUSTINGS_FAIL_ON_SKIP=yes (script/test --no-skips) a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("HUSTINGS_FAIL_ON_SKIP") != "yes" or reporter is None:
        return
    if reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
