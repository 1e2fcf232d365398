"""Starting Django: for the web server, for jobs and for commands."""

from __future__ import annotations

import os


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
