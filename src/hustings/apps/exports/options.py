"""What a command asks about a copy, before Django is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

RECEIVERS = ("own-campaign", "own-helper", "another-campaign", "another-person")
"""As the rules tell them apart."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """For whom the copy is, where it is kept and until when; nothing has to be said."""
    parser.add_argument(
        "--until", default="", metavar="DAY", help="the copy is destroyed by, like 2026-01-31"
    )
    parser.add_argument(
        "--kept-in", default="", metavar="COUNTRY", help="where it is kept, in two letters, like GB"
    )
    parser.add_argument("--receiver", default="own-campaign", choices=RECEIVERS)
