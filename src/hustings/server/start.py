"""Starting Django: for the web server, for jobs and for commands."""

from __future__ import annotations

import os

from hustings.core.errors import HustingsError


class NotFitToServe(HustingsError):
    """A setting, or the database's role, is not safe enough for people's details."""


def django_setup(*, as_owner: bool = False) -> None:
    """
    Load the settings and the apps.

    Parameters
    ----------
    as_owner
        Connect as the owner of the tables (migrations, backups) instead of as the web role.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hustings.server.settings")
    if as_owner:
        os.environ["HUSTINGS_DATABASE_ROLE"] = "owner"
    import django  # here, so that the pure commands never load it

    django.setup()


def refuse_unless_fit() -> None:
    """
    Let a server or a worker start only with secure settings and behind the wall.

    Raises
    ------
    NotFitToServe
        With a sentence for each thing that is missing, and how to set it.
    HustingsError
        When the database cannot be reached.
    """
    from django.core.checks import ERROR, run_checks

    found = run_checks(databases=["default"])
    wrong = [problem for problem in found if problem.level >= ERROR]
    if wrong:
        raise NotFitToServe(
            "this server is not fit to serve."
            + "".join(
                f"\n  {problem.msg}" + (f"\n    {problem.hint}" if problem.hint else "")
                for problem in wrong
            )
        )
