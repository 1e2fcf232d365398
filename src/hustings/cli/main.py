"""
``hustings``: the one command.

The commands that need no server are here. Those that need the database are found by the entry point group
``hustings.commands`` and loaded only when they are called, so that ``hustings turf`` starts fast, also
where Django is not installed.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module, metadata
from typing import TYPE_CHECKING

from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from collections.abc import Callable

PURE = {
    "law": ("hustings.cli.law", "list the rules that are kept, with their citations"),
    "turf": ("hustings.cli.turf", "cut doors into walks, and judge a plan"),
    "count": ("hustings.cli.count", "count votes, delegates and caucuses, with every step"),
    "clippings": ("hustings.cli.clippings", "read newspaper articles: who said what"),
    "town": ("hustings.cli.town", "invent a town to try things on"),
    "statement": ("hustings.cli.statement", "verify a campaign's word, without a network"),
}
GOOD, BROKEN, BAD_INPUT, STOPPED = 0, 1, 2, 130
NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 good, 1 a law is broken or a check failed, 2 bad input, 3 a lot is needed."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(_help())
        return GOOD
    if arguments[0] == "--version":
        print(f"hustings {metadata.version('hustings')}")
        return GOOD
    name, rest = arguments[0], arguments[1:]
    try:
        code = _command(name)(rest)
        sys.stdout.flush()
    except HustingsError as error:
        print(f"hustings: {error}", file=sys.stderr)
        return BAD_INPUT
    except ModuleNotFoundError as error:
        if name in PURE or (error.name or "hustings").split(".")[0] == "hustings":
            raise
        print(
            f"hustings: «{name}» needs the server's parts ({error.name} is missing); "
            "install them with: pip install 'hustings[server]'.",
            file=sys.stderr,
        )
        return BAD_INPUT
    except KeyboardInterrupt:
        print("hustings: stopped.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # Whoever read has gone; what is left to write is left unwritten.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        print(
            f"hustings: there is no room left on the disk ({error.strerror}); "
            "make room, then run the same command again.",
            file=sys.stderr,
        )
        return BAD_INPUT
    except Exception as error:
        # By name, since neither Django nor psycopg need be there.
        if type(error.__cause__).__name__ not in {"UndefinedTable", "UndefinedColumn"}:
            raise
        print(
            "hustings: the database does not have the tables of this version; run: hustings migrate.",
            file=sys.stderr,
        )
        return BAD_INPUT
    return code


def _with_server() -> dict[str, metadata.EntryPoint]:
    return {point.name: point for point in metadata.entry_points(group="hustings.commands")}


def _command(name: str) -> Callable[[list[str]], int]:
    if name in PURE:
        found: Callable[[list[str]], int] = import_module(PURE[name][0]).main
        return found
    point = _with_server().get(name)
    if point is None:
        known = ", ".join(sorted([*PURE, *_with_server()]))
        raise HustingsError(f"There is no command «{name[:40]}»; there are {known}.")
    loaded: Callable[[list[str]], int] = point.load()
    return loaded


def _help() -> str:
    lines = ["usage: hustings COMMAND …", "", "Without a server:"]
    lines += [f"  {name:<12} {what}" for name, (_, what) in PURE.items()]
    others = sorted(_with_server())
    if others:
        lines += ["", "With a server and its database:", *(f"  {name}" for name in others)]
    lines += ["", "hustings COMMAND --help tells more about each."]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
