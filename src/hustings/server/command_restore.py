"""``hustings restore``: a backup into an empty database, as the owner of the tables; all of it or nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hustings.core.errors import BadInput, HustingsError


def main(argv: list[str]) -> int:
    """Exit 0 done, 2 when it cannot be done."""
    parser = argparse.ArgumentParser(prog="hustings restore", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="made by hustings backup")
    chosen = parser.parse_args(argv)
    if not chosen.file.is_file():
        raise BadInput("There is no such file.", where=str(chosen.file))

    from hustings.server.start import django_setup

    django_setup(as_owner=True)
    from django.db import connection

    from hustings.server.database.programs import restore

    if connection.introspection.table_names():
        raise HustingsError(
            "This database is not empty, and a backup is restored into an empty one only. "
            "Make an empty database, or move the embedded server's folder away; nothing was changed."
        )
    restore(chosen.file)
    print(f"{chosen.file} is restored; «hustings migrate» brings it to this version.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
