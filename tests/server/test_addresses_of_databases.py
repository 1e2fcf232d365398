"""Addresses of databases, and servers that are too old."""

from __future__ import annotations

import pytest
from django.db import connection, connections

from hustings.server.database.base import TooOld
from hustings.server.environment import SettingError, database


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p@h:6543/n", ("u", "p", "h", "6543", "n", {})),
        ("postgres://u@h/n", ("u", "", "h", "", "n", {})),
        ("postgresql:///n", ("", "", "localhost", "", "n", {})),
        ("postgresql://u:p%40%3A%2F@h/my%20name", ("u", "p@:/", "h", "", "my name", {})),
        ("postgresql://u@[::1]:5432/n", ("u", "", "::1", "5432", "n", {})),
        ("postgresql://u@/n?host=/run/postgresql", ("u", "", "/run/postgresql", "", "n", {})),
        ("postgresql://u@/n?host=/run/pg&port=6000", ("u", "", "/run/pg", "6000", "n", {})),
        ("postgresql://u@h/n?sslmode=require", ("u", "", "h", "", "n", {"sslmode": "require"})),
    ],
)
def test_an_address_is_read(url: str, expected: tuple[object, ...]) -> None:
    read = database(url)

    names = ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")
    assert tuple(read[name] for name in names) == expected


@pytest.mark.parametrize(
    "url",
    ["mysql://u:hidden@h/n", "postgresql://u:hidden@h", "postgresql://u:hidden@h:port/n",
     "postgresql://u:hidden@h:99999/n", "postgresql://u:hid]den@[h/n", "hidden", "postgresql://u:hi/dden@h/n"],
)  # fmt: skip
def test_what_is_none_is_refused_in_a_sentence_without_its_password(url: str) -> None:
    with pytest.raises(SettingError) as refused:
        database(url)

    assert "hidden" not in str(refused.value)


@pytest.mark.django_db
def test_a_server_that_is_too_old_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    here = connections["default"]
    monkeypatch.setitem(vars(here), "pg_version", 140_012)

    with pytest.raises(
        TooOld, match=r"PostgreSQL 14\.12; Hustings needs 15 or newer.*DATABASE_URL"
    ):
        here.check_database_version_supported()


@pytest.mark.django_db
def test_the_oldest_that_is_promised_is_the_oldest_that_django_takes() -> None:
    assert connection.features.minimum_database_version == (15,)
