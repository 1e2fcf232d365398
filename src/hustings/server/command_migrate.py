"""``hustings migrate``: bring the database to this version, as the owner of the tables."""

from __future__ import annotations

import argparse
import sys


def main(argv: list[str]) -> int:
    """Exit 0 done."""
    argparse.ArgumentParser(prog="hustings migrate", description=__doc__).parse_args(argv)

    from hustings.server.start import django_setup

    django_setup(as_owner=True)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    print("The database is ready.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
