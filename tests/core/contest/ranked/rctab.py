"""A set of RCTab's own tests: what was expected, in our words, and the lots that its seeds stood for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hustings.core.contest.lot import Lot, Lots
from hustings.core.contest.ranked.ballots import WRITE_INS
from hustings.core.contest.ranked.irv import count_irv
from hustings.formats.ballots_rctab import as_plain

if TYPE_CHECKING:
    from hustings.core.contest.count import Count
    from hustings.core.contest.tie import Tie

INACTIVE = {
    "exhausted": "exhaustedChoices",
    "overvotes": "overvotes",
    "repeated": "repeatedRankings",
    "skipped": "skippedRankings",
    "final surplus": "finalRoundSurplus",
}


def asked(data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a set asks to be counted, and by which rules."""
    given, rules = as_plain(data)
    if data["expected"][0]["summary"]["numCandidates"] > len(given["candidates"]):
        # The set's own configuration names a label for write-ins; the normalised file does not keep it.
        given["candidates"] = [*given["candidates"], WRITE_INS]
    return given, rules


def counted(data: dict[str, Any]) -> tuple[Count, list[Lot]]:
    """The count of a set, each tie resolved as RCTab's generator did, and those lots."""
    given, rules = asked(data)
    lots: list[Lot] = []
    while True:
        count = count_irv(given, rules, Lots(lots))
        if count.tie is None:
            return count, lots
        lots.append(_lot(count.tie, data["expected"]))


def _lot(tie: Tie, expected: list[dict[str, Any]]) -> Lot:
    """The lot whose outcome the expected report shows."""
    where, what = tie.step.split(": ")
    number = 0
    if where.startswith("pass"):
        first, where = where.split(", ")
        number = int(first.removeprefix("pass ")) - 1
    round_ = expected[number]["results"][int(where.removeprefix("round ")) - 1]
    key = {"election": "elected", "elimination": "eliminated"}[what]
    (chosen,) = {done[key] for done in round_["tallyResults"] if key in done} & set(tie.among)
    return Lot(tie.step, tie.among, (chosen,))


def ours(count: Count) -> list[dict[str, Any]]:
    """The rounds, numbers as fractions, with nothing left out that RCTab reports."""
    return [
        {
            "threshold": Fraction(round_["threshold"]),
            "tally": {name: Fraction(votes) for name, votes in round_["tally"].items()},
            "inactive": {why: Fraction(votes) for why, votes in round_["inactive"].items()},
            "elected": sorted(round_["elected"]),
            "eliminated": sorted(round_["eliminated"]),
            "transfers": {
                who: {to: Fraction(votes) for to, votes in moved.items()}
                for who, moved in round_["transfers"].items()
                if moved
            },
        }
        for round_ in count.result["rounds"]
    ]


def theirs(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The same of the expected report."""
    return [
        {
            "threshold": Fraction(round_["threshold"]),
            "tally": {name: Fraction(votes) for name, votes in round_["tally"].items()},
            "inactive": {
                why: Fraction(round_["inactiveBallots"].get(name, 0))
                for why, name in INACTIVE.items()
            },
            "elected": sorted(r["elected"] for r in round_["tallyResults"] if "elected" in r),
            "eliminated": sorted(
                r["eliminated"] for r in round_["tallyResults"] if "eliminated" in r
            ),
            "transfers": {
                r.get("elected") or r["eliminated"]: {
                    to: Fraction(votes) for to, votes in r["transfers"].items()
                }
                for r in round_["tallyResults"]
                if r["transfers"]
            },
        }
        for report in data["expected"]
        for round_ in report["results"]
    ]
