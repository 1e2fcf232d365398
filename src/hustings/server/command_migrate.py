"""``hustings migrate``: bring the database to this version, as the owner of the tables."""

from __future__ import annotations

import argparse
import sys


def main(argv: list[str]) -> int:
    """Exit 0 done."""
    argparse.ArgumentParser(prog="hustings migrate", description=__doc__).parse_args(argv)

    from hustings.server.start import django_setup

    django_setup(as_owner=True)
    bring_up_to_date()
    print("The database is ready.")
    return 0


def bring_up_to_date() -> None:
    """
    All migrations that are missing, or, when it is stopped anywhere, none.

    Django commits a migration before it notes that it ran; killed between the two, it would try the same
    tables again and fail for good. One transaction round everything leaves no such moment.
    """
    from django.core.management import call_command
    from django.db import transaction

    from hustings.server.new_tables import drawn_alone

    with transaction.atomic(), drawn_alone():
        call_command("migrate", interactive=False, verbosity=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
