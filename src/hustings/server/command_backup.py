"""``hustings backup``: the whole database in one file, all campaigns, read as the owner of the tables."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from hustings.core.errors import BadInput


def main(argv: list[str]) -> int:
    """Exit 0 done, 2 when it cannot be done."""
    parser = argparse.ArgumentParser(prog="hustings backup", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="made new; must not be there yet")
    chosen = parser.parse_args(argv)
    file: Path = chosen.file.absolute()
    if file.exists():
        raise BadInput("There is such a file already; name another one.", where=str(chosen.file))
    if not file.parent.is_dir():
        raise BadInput("There is no such folder.", where=str(file.parent))

    from hustings.server.start import django_setup

    django_setup(as_owner=True)
    from hustings.server.database.programs import dump

    unfinished = file.with_name(f"{file.name}.unfinished")
    os.close(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    try:
        dump(unfinished)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    print(f"{chosen.file}: {file.stat().st_size:,} bytes. It holds people's data: keep it as safe.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
