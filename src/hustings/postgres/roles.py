"""
The two roles, and the database.

``hustings`` owns the tables: it migrates and backs up. ``hustings_web`` owns nothing: it serves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hustings.postgres.server import Server

OWNER, WEB, DATABASE = "hustings", "hustings_web", "hustings"


def make(server: Server) -> None:
    """Make what is missing of both roles and the database; done once for each data folder."""
    done = server.folder.data / "hustings-roles"
    if done.exists():
        return
    import psycopg.conninfo  # here: the pure commands never need it

    address = psycopg.conninfo.make_conninfo("", **server.parameters("postgres", "postgres"))
    with psycopg.connect(address, autocommit=True) as connection:
        roles = {row[0] for row in connection.execute("select rolname from pg_roles")}
        if OWNER not in roles:
            connection.execute("create role hustings login nosuperuser nobypassrls createdb")
        if WEB not in roles:
            connection.execute("create role hustings_web login nosuperuser nobypassrls")
        databases = {row[0] for row in connection.execute("select datname from pg_database")}
        if DATABASE not in databases:
            connection.execute("create database hustings owner hustings")
    done.touch()
