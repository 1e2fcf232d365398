"""The ten entry checks V1 to V10 on what a unit reported, phase by phase put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hustings.apps.contests.lots import that_hold_in
from hustings.apps.contests.models import Candidate, Contest, Report
from hustings.apps.contests.standing import standings_by_phase, voices_of
from hustings.apps.contests.told import lot_said, said_of, signed_in
from hustings.core.contest.caucus.entry_checks import entry_checks
from hustings.core.contest.caucus.report import Report as Counted
from hustings.core.contest.caucus.rules import CaucusRules
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from hustings.apps.contests.models import Unit


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: its code, what it says, and the sentence in the language of whoever looks."""

    check: str
    sentence: str


def rules_of(contest: Contest) -> CaucusRules | None:
    """The rules of a caucus as they were when the contest was made; None where there are none to check by."""
    if contest.kind != Contest.Kind.CAUCUS or not contest.rules:
        return None
    return CaucusRules.read(contest.rules)


def findings(
    unit: Unit,
    numbers: Mapping[str, Mapping[str, Any]],
    lots: list[dict[str, Any]] | None = None,
    right: Mapping[tuple[int, str], int] | None = None,
    candidates: Iterable[Candidate] | None = None,
) -> list[Found]:
    """
    What is odd in these numbers by phase, with the ``lots`` on record; a finding changes nothing.

    A contest without rules of a caucus is checked for one thing only: no more were counted than may vote.
    ``lots``, ``right`` (what audits found right) and ``candidates`` are asked for where they are not handed in.
    """
    contest = unit.contest
    rules = rules_of(contest)
    if rules is None:
        return _plain(unit, numbers.get(Report.Phase.FINAL, {}))
    if candidates is None:
        candidates = (
            Candidate.objects.of(unit.campaign_id).filter(contest=contest).order_by("order", "pk")
        )
    names = {one.code: one.name for one in candidates}
    if Report.Phase.FIRST not in numbers and signed_in(numbers) is None:
        return []  # nobody has said yet how many attended
    try:
        report = report_of(unit, numbers, names, lots_of(unit) if lots is None else lots)
    except BadInput as error:
        return [Found("", error.message)]
    neighbours = neighbours_of(unit, names, right)
    called = {"V8": {code: _called(other) for code, (other, _report) in neighbours.items()}}
    beside = [said for _other, said in neighbours.values()]
    return [
        Found(
            one.check,
            sentence_of(
                one.check, one.sentence, one.names, dict(one.numbers), called.get(one.check, names)
            ),
        )
        for one in entry_checks(report, rules, beside)
    ]


def _called(unit: Unit) -> str:
    return f"{unit.area} {unit.name}".strip()


def lots_of(unit: Unit) -> list[dict[str, Any]]:
    """The lots on record for a unit, of each tie the one that holds."""
    return [lot_said(lot) for lot in that_hold_in(unit)]


def report_of(
    unit: Unit, numbers: Mapping[str, Mapping[str, Any]], codes: Collection[str],
    lots: list[dict[str, Any]],
) -> Counted:  # fmt: skip
    """A unit as the checks read it: where nobody knows how many delegates it elects, nothing is said of those that were read out."""
    said = said_of(unit, numbers, codes, lots)
    return Counted.read(
        {**said, "delegates": 0, "awarded": None} if unit.delegates is None else said
    )


def neighbours_of(
    unit: Unit, codes: Collection[str], right: Mapping[tuple[int, str], int] | None = None
) -> dict[str, tuple[Unit, Counted]]:
    """What counts of the other units, as the checks read it, by their code."""
    by_unit: dict[int, tuple[Unit, dict[str, Mapping[str, Any]]]] = {}
    for phase, standings in standings_by_phase(unit.contest, right).items():
        for unit_id, standing in standings.items():
            if unit_id != unit.pk and standing.counts is not None:
                other = by_unit.setdefault(unit_id, (standing.counts.unit, {}))
                other[1][phase] = standing.counts.numbers
    found = {}
    for neighbour, numbers in by_unit.values():
        try:
            found[neighbour.code] = neighbour, report_of(neighbour, numbers, codes, [])
        except BadInput:
            continue
    return found


def numbers_of(reports: Iterable[Report]) -> dict[str, Mapping[str, Any]]:
    """By phase, what the newest voice of these reports said."""
    by_phase: dict[str, list[Report]] = {}
    for report in reports:
        by_phase.setdefault(report.phase, []).append(report)
    return {
        phase: voices[-1].numbers for phase, said in by_phase.items() if (voices := voices_of(said))
    }


def _plain(unit: Unit, final: Mapping[str, Any]) -> list[Found]:
    counted = sum(final.get("counts", {}).values()) + (final.get("spoilt") or 0)
    if unit.eligible is not None and counted > unit.eligible:
        return [
            Found(
                "V10",
                _("%(counted)s votes, but only %(eligible)s may vote.")
                % {"counted": counted, "eligible": unit.eligible},
            )
        ]
    return []


def sentence_of(
    check: str, plain: str, codes: tuple[str, ...], numbers: dict[str, int], names: dict[str, str]
) -> str:
    """What a finding says to people; where only the rules can say it, their own sentence."""
    who = ", ".join(names.get(code, code) for code in codes)
    if check == "V5" and codes:
        by_rule = ", ".join(f"{names.get(code, code)} {numbers[code]}" for code in codes)
        return _("By the rule: %(award)s.") % {"award": by_rule}
    if check == "V10" and "eligible" not in numbers:
        check = "V10a"
    if check == "V6" and not codes:
        check = "V6a"
    if check == "V5":
        check = "V5a"
    sentence = sentences().get(check)
    return sentence % {"who": who, **numbers} if sentence else plain


def sentences() -> dict[str, str]:
    """By check, the sentence with places for names and numbers; the phone has the same ones."""
    return {
        "V1": _("The final count has %(final)s people, but %(attendance)s attended."),
        "V2": _("Viable at first and smaller at the end: %(who)s."),
        "V3": _("%(awarded)s delegates are awarded, but %(delegates)s are elected here."),
        "V4": _("Awarded and not viable at the end (%(viability)s are needed): %(who)s."),
        "V5": _("By the rule: %(award)s."),
        "V5a": _("The award is not what the rule gives, however a lot fell."),
        "V6": _("%(who)s are equal: a lot must choose %(choose)s. Write the lot down."),
        "V6a": _("A lot is on record that does not fit what is equal here."),
        "V7": _("State delegates do not follow from the delegates: %(who)s."),
        "V8": _("The same numbers were reported from %(who)s."),
        "V9": _("%(groups)s viable groups for %(delegates)s delegates: %(who)s."),
        "V10": _("%(attendance)s attended, but only %(eligible)s are eligible."),
        "V10a": _("The first count has %(first)s people, but %(attendance)s attended."),
    }
