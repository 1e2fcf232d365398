"""``hustings backup``: the whole database in one file, all campaigns, read as the owner of the tables."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hustings.apps.exports.options import add_options
from hustings.core.errors import BadInput, HustingsError

if TYPE_CHECKING:
    from hustings.apps.exports.asking import Asked


def main(argv: list[str]) -> int:
    """Exit 0 done, 2 when it cannot be done."""
    parser = argparse.ArgumentParser(prog="hustings backup", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="made new; must not be there yet")
    add_options(parser)
    chosen = parser.parse_args(argv)
    file: Path = chosen.file.absolute()
    if file.exists():
        raise BadInput("There is such a file already; name another one.", where=str(chosen.file))
    if not file.parent.is_dir():
        raise BadInput("There is no such folder.", where=str(file.parent))

    from hustings.server.start import django_setup

    django_setup(as_owner=True)
    from hustings.apps.exports.asking import asked_by
    from hustings.server.database.programs import dump

    # Asked before, so that what must stay here is not written; kept in the backup itself as well.
    recorded = _record(asked_by(chosen))
    unfinished = file.with_name(f"{file.name}.unfinished")
    os.close(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    try:
        dump(unfinished)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    print(f"{chosen.file}: {file.stat().st_size:,} bytes. It holds people's data: keep it as safe.")
    if recorded:
        print("It stands in each campaign's list of copies, with the day by which to destroy it.")
    else:
        print("The tables are of an older version, so no campaign's list of copies has it.")
    return 0


def _record(asked: Asked) -> bool:
    """A row in every campaign; whether the tables for it are there yet."""
    from django.db import connection, transaction

    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.exports.leaving import MayNotLeave, leave_in_a_backup
    from hustings.apps.people.models import Person

    if "exports_copy" not in connection.introspection.table_names():
        return False  # a backup is what one makes before migrating
    by = command("backup")
    with transaction.atomic():
        for campaign in Campaign.objects.order_by("slug"):
            with tenant(campaign.pk):
                people = Person.objects.of(campaign).count()
            try:
                leave_in_a_backup(campaign, people, by=by, asked=asked)
            except MayNotLeave as error:
                raise HustingsError(f"{campaign.name}: {error}") from error
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
