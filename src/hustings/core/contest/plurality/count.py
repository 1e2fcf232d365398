"""One seat by the most votes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.core.contest import plain
from hustings.core.contest.count import Count
from hustings.core.contest.percent import percent
from hustings.core.contest.tie import Tie
from hustings.core.contest.transcript import Step, Transcript
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.core.contest.lot import Lots

METHOD = "plurality"
MOST_VOTES = "the most votes"
PLACES = 2
NOBODY_VOTED = "Nobody has a vote."
UNOPPOSED = "{} stands alone and has no vote: elected unopposed."


def count(said: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots) -> Count:
    """Count one seat; ``electorate`` and ``invalid`` (rejected papers) are for the turnout, where they are known."""
    where = plain.text(said, "unit", "")
    plain.refuse_unknown(rules, frozenset(), "rules")
    plain.refuse_unknown(
        said, frozenset({"unit", "votes", "parties", "electorate", "invalid"}), where
    )
    votes = plain.numbers(said, "votes", where)
    if not votes:
        raise BadInput("«votes» must be numbers by name.", where=where)
    _parties(said)
    electorate = plain.whole_or_none(said, "electorate", where)
    invalid = plain.whole_or_none(said, "invalid", where)
    valid = sum(votes.values())
    if electorate is not None and valid + (invalid or 0) > electorate:
        raise BadInput(
            f"«votes» are {valid + (invalid or 0)} with the invalid ones, but the electorate is {electorate}.",
            where=where,
        )
    citation = plain.texts(rules, "citation", "rules")
    order = sorted(votes, key=lambda name: -votes[name])
    first = tuple(name for name in votes if votes[name] == votes[order[0]])
    steps = [
        Step(
            MOST_VOTES,
            f"{valid} valid votes; most for {', '.join(first)}.",
            tuple((name, votes[name]) for name in order),
            citation.get("most", ""),
        )
    ]
    elected: str | None = first[0]
    tie = None
    if len(first) > 1:
        wanted = Tie(
            MOST_VOTES, first, 1, "is elected as if with one vote more", citation.get("lot", "")
        )
        lot = lots.for_tie(wanted)
        elected = lot.chosen[0] if lot else None
        said_of_it = wanted.sentence() if lot is None else f"The lot is a vote more for {elected}."
        steps.append(Step("lot", said_of_it, (), wanted.rule))
        tie = wanted if lot is None else None
    result = {
        "unit": where,
        "elected": elected,
        "by_lot": len(first) > 1 and elected is not None,
        "majority": votes[order[0]] - votes[order[1]] if len(order) > 1 else valid,
        "votes": {name: votes[name] for name in order},
        "valid": valid,
        "invalid": invalid,
        "electorate": electorate,
        "turnout": turnout(valid, invalid, electorate),
        "open": int(tie is not None),
    }
    flags = lots.left_over(tie, where)
    if valid == 0:
        flags = (NOBODY_VOTED if len(votes) > 1 else UNOPPOSED.format(order[0]), *flags)
    return Count(METHOD, result, Transcript(tuple(steps)), tie, flags)


def turnout(valid: int, invalid: int | None, whole: int | None) -> dict[str, str | None]:
    """In percent, by both definitions; nothing where a number is not known."""
    return {
        "valid votes": percent(valid, whole or 0, PLACES),
        "valid and invalid votes": None
        if invalid is None
        else percent(valid + invalid, whole or 0, PLACES),
    }


def totals(
    units: Sequence[Mapping[str, Any]], results: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Seats and votes by party where the input names parties; the votes of all seats together."""
    seats: dict[str, int] = {}
    votes: dict[str, int] = {}
    for unit, one in zip(units, results, strict=True):
        party = _parties(unit)
        if one["elected"] is not None:
            held = party.get(one["elected"], one["elected"])
            seats[held] = seats.get(held, 0) + 1
        for name, number in one["votes"].items():
            votes[party.get(name, name)] = votes.get(party.get(name, name), 0) + number
    valid = sum(one["valid"] for one in results)
    return {
        "seats": _most_first(seats),
        "votes": _most_first(votes),
        "percent": {
            name: percent(number, valid, PLACES) for name, number in _most_first(votes).items()
        },
        "valid": valid,
        "invalid": _known([one["invalid"] for one in results]),
        "electorate": _known([one["electorate"] for one in results]),
        "open": sum(one["open"] for one in results),
    }


def _parties(unit: Mapping[str, Any]) -> dict[str, str]:
    where, table = str(unit.get("unit", "")), unit.get("parties") or {}
    if not isinstance(table, dict):
        raise BadInput("«parties» must be a party by candidate.", where=where)
    for name, party in table.items():
        if name not in unit["votes"]:
            raise BadInput(f"«parties» names {name[:60]}, who has no votes here.", where=where)
        plain.name_of(party, f"parties of {name}", where)
    return table


def _known(numbers: Sequence[int | None]) -> int | None:
    """The sum, where each is known."""
    return None if None in numbers else sum(number for number in numbers if number is not None)


def _most_first(table: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(table.items(), key=lambda row: (-row[1], row[0])))
