"""
Cast vote records of RCTab's contests as one JSON file: candidates, rules, rankings with how often each came.

A rank is a name, "" where it was left blank, ``OVERVOTE`` where several were marked, or ``OVERVOTE:a|b`` where the
file says who.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.formats.contest.json_text import read_bytes, read_json

if TYPE_CHECKING:
    from pathlib import Path

OVERVOTE = "OVERVOTE"


def read_rctab(path: Path | str) -> tuple[dict[str, Any], dict[str, Any]]:
    """
    The ballots and the rules of the file as plain values.

    Raises
    ------
    BadInput
        With file, and row and field where there are any.
    """
    name = str(path)
    data = read_json(read_bytes(name), name)
    try:
        return as_plain(data)
    except BadInput as error:
        raise BadInput(error.message, where=f"{name}, {error.where}".rstrip(", ")) from None


def as_plain(data: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same of a file that was read already."""
    if not isinstance(data, dict) or not isinstance(data.get("ballots"), list):
        raise BadInput("There is no list of ballots.", where="ballots")
    rules = data.get("rules", {})
    if not isinstance(rules, dict):
        raise BadInput("The rules are no object.", where="rules")
    ballots: list[Any] = []
    for row, ballot in enumerate(data["ballots"], 1):
        if not isinstance(ballot, list) or len(ballot) != 2 or not isinstance(ballot[1], list):
            raise BadInput(
                "A ballot is a number and a list of ranks, like [3, [name, name]].",
                where=f"ballots, row {row}",
            )
        ranks = [
            _several(rank) if isinstance(rank, str) and rank.startswith(OVERVOTE) else rank
            for rank in ballot[1]
        ]
        ballots.append([ballot[0], ranks])
    plain: dict[str, Any] = {"candidates": data.get("candidates"), "ballots": ballots}
    if "seats" in data:
        plain["seats"] = data["seats"]
    if isinstance(data.get("name"), str):
        plain["title"] = data["name"]
    return plain, rules


def _several(rank: str) -> str | list[str]:
    if rank == OVERVOTE:
        return []
    if not rank.startswith(f"{OVERVOTE}:"):
        return rank
    names = list(dict.fromkeys(rank.removeprefix(f"{OVERVOTE}:").split("|")))
    return names[0] if len(names) == 1 else names
