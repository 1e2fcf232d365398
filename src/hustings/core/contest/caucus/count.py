"""One precinct caucus: viability, alignment, rounding, and the delegates of each group."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hustings.core.contest.caucus import awarding
from hustings.core.contest.caucus.report import Report
from hustings.core.contest.caucus.rules import SMALLEST_REALIGN, CaucusRules
from hustings.core.contest.count import Count
from hustings.core.contest.lot import LotRefused, Lots
from hustings.core.contest.tie import Tie
from hustings.core.contest.transcript import Step, Transcript, exact
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.contest.caucus.cards import Deck
    from hustings.core.contest.lot import Lot

METHOD = "caucus"
THE_ONE = "the one delegate"
TOO_MANY_GROUPS = "more groups than delegates"


def count(said: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots) -> Count:
    """Count one unit; lots that stand in the report itself are taken with those that are handed in."""
    report = Report.read(said)
    _refuse(report)
    return count_report(report, CaucusRules.read(rules), Lots((*report.lots, *lots.all)))


def count_report(report: Report, rules: CaucusRules, lots: Lots) -> Count:
    """The count of a report that was read; every number of it in the transcript."""
    counting = _Counting(report, rules, lots)
    tie = counting.run()
    counting.flags += lots.left_over(tie, report.unit)
    return Count(
        METHOD, counting.result(), Transcript(tuple(counting.steps)), tie, tuple(counting.flags)
    )


def _refuse(report: Report) -> None:
    """What cannot be meant; what is merely odd is flagged and counted."""
    if sum(report.first.values()) > report.attendance:
        raise BadInput(
            f"«first» has {sum(report.first.values())} people, but only {report.attendance} attended.",
            where=report.unit,
        )


@dataclass(slots=True)
class _Counting:
    report: Report
    rules: CaucusRules
    lots: Lots
    steps: list[Step] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    awarded: dict[str, int] = field(default_factory=dict)
    open: int = 0

    @property
    def least(self) -> int | None:
        return self.rules.least_members(self.report.delegates, self.report.attendance)

    def run(self) -> Tie | None:
        if self.report.delegates == 0:
            self.flags.append("This unit elects no delegate.")
            return None
        if self.report.attendance == 0:
            self.flags.append("Nobody attended, so nobody is elected.")
            return None
        if self.least is None:
            return self._the_one()
        self._odd_alignments(self.least)
        groups = self._viable(self.least)
        if not groups:
            self.flags.append(
                "No group is viable at the end, and the rule does not say what follows."
            )
            self.open = self.report.delegates
            return None
        groups, tie = self._few_enough(groups)
        return tie or self._award(groups)

    def _the_one(self) -> Tie | None:
        """No groups: whoever has the most members has the delegate."""
        report, said = self.report, self.rules.says("one_delegate")
        groups = {group: members for group, members in report.final.items() if members}
        if not groups:
            groups = {group: members for group, members in report.first.items() if members}
            if groups:
                self.flags.append(
                    f"{'Nobody stands in the final count' if report.final else 'No final count was reported'}; "
                    "the first one is counted."
                )
        if not groups:
            self.flags.append("Nobody is reported to have been there.")
            self.open = 1
            return None
        most = max(groups.values())
        first = tuple(group for group, members in groups.items() if members == most)
        self.steps.append(
            Step("most members", f"{', '.join(first)}: {most}.", tuple(groups.items()), said)
        )
        self.awarded = dict.fromkeys(groups, 0)
        if len(first) > 1:
            tie = Tie(THE_ONE, first, 1, "gets the one delegate", self.rules.says("lot"))
            chosen = self._drawn(tie)
            if chosen is None:
                self.open = 1
                return tie
            first = chosen
        self.awarded[first[0]] = 1
        return None

    def _odd_alignments(self, least: int) -> None:
        """Nothing of this changes the count; the chair should look at it."""
        report = self.report
        began, ended = report.attendance, sum(report.final.values())
        if ended > began:
            self.flags.append(f"{ended} people are in the final alignment, {began} attended.")
        if self.rules.locked:
            self.flags += [
                f"{group} was viable with {members} and has {report.final.get(group, 0)} at the end, "
                "though nobody may leave a viable group."
                for group, members in report.first.items()
                if members >= least and report.final.get(group, 0) < members
            ]

    def _viable(self, least: int) -> dict[str, int]:
        report, share = self.report, self.rules.share(self.report.delegates)
        self.steps.append(
            Step(
                "viability",
                f"{report.attendance} attended for {report.delegates} delegates; "
                f"a group needs {share} of them, which is {least}.",
                tuple(report.first.items()),
                self.rules.says("viability"),
            )
        )
        groups = {group: members for group, members in report.final.items() if members >= least}
        others = [group for group, members in report.final.items() if 0 < members < least]
        self.steps.append(
            Step(
                "final alignment",
                f"Viable: {', '.join(groups) or 'nobody'}."
                + (f" Not viable: {', '.join(others)}." if others else "")
                + f" In no group: {max(report.attendance - sum(report.final.values()), 0)}.",
                tuple(report.final.items()),
                self.rules.says("realignment"),
            )
        )
        return groups

    def _few_enough(self, groups: dict[str, int]) -> tuple[dict[str, int], Tie | None]:
        """No more groups than delegates: the smallest must realign, by lot where they are equal."""
        delegates = self.report.delegates
        if len(groups) <= delegates or self.rules.too_many_groups != SMALLEST_REALIGN:
            return groups, None
        last = sorted(groups.values(), reverse=True)[delegates - 1]
        equal = tuple(group for group, members in groups.items() if members == last)
        leaving = [group for group, members in groups.items() if members < last]
        to_leave = len(groups) - delegates - len(leaving)
        if to_leave:
            tie = Tie(TOO_MANY_GROUPS, equal, to_leave, "must realign", self.rules.says("groups"))
            chosen = self._drawn(tie)
            if chosen is None:
                self.open = delegates
                return groups, tie
            leaving += chosen
        staying = {group: members for group, members in groups.items() if group not in leaving}
        self.steps.append(
            Step(
                TOO_MANY_GROUPS,
                f"{len(groups)} groups for {delegates} delegates: {', '.join(leaving)} must realign.",
                tuple(groups.items()),
                self.rules.says("groups"),
            )
        )
        self.flags.append(
            f"{', '.join(leaving)} had to realign, since there are fewer delegates than groups; "
            "the report says them still standing."
        )
        return staying, None

    def _award(self, groups: dict[str, int]) -> Tie | None:
        report, rules = self.report, self.rules
        raw = {
            group: awarding.raw(members, report.delegates, report.attendance)
            for group, members in groups.items()
        }
        self.steps.append(
            Step(
                "raw delegates",
                f"Members × {report.delegates} / {report.attendance}.",
                tuple(raw.items()),
                rules.says("raw"),
            )
        )
        self.awarded = {
            group: awarding.rounded(number, rules.round_up_from) for group, number in raw.items()
        }
        self._say("rounding", f"A rest of {rules.round_up_from} or more is rounded up.", "rounding")
        self._least_of_one()
        turn = 0
        while (now := awarding.next_pass(self.awarded, raw, report.delegates, rules)) is not None:
            turn += 1
            if now.beyond_rule:
                self._beyond()
            chosen = now.equal
            if now.needs_lot:
                tie = self._tie(now, turn)
                drawn = self._drawn(tie)
                if drawn is None:
                    self._only_what_is_certain(now)
                    return tie
                chosen = drawn
            for group in chosen:
                self.awarded[group] += now.change
            gets = "one more" if now.change > 0 else "one less"
            topic = "shortfall" if now.change > 0 else "surplus"
            self._say(f"{gets}, turn {turn}", f"{', '.join(chosen)}: {gets}.", topic)
        if sum(self.awarded.values()) > report.delegates:
            self.flags.append(
                f"{sum(self.awarded.values())} delegates for {report.delegates}: "
                "each viable group keeps its only one."
            )
        return None

    def _least_of_one(self) -> None:
        """Every viable group elects somebody."""
        none = [group for group, delegates in self.awarded.items() if delegates == 0]
        if none:
            self.awarded.update(dict.fromkeys(none, 1))
            self._say("one each", f"{', '.join(none)}: viable, so one.", "only_delegate")

    def _beyond(self) -> None:
        gone = self.report.attendance - sum(self.report.final.values())
        flag = (
            "Delegates are left though each group that was rounded down has one more; "
            "the rule does not say who gets them, and the order of the first time is kept. "
            f"{max(gone, 0)} of {self.report.attendance} who attended stand in no group."
        )
        if flag not in self.flags:
            self.flags.append(flag)

    def _tie(self, now: awarding.Pass, turn: int) -> Tie:
        if now.change > 0:
            return Tie(
                f"one more, turn {turn}",
                now.equal,
                now.need,
                "gets one delegate more",
                self.rules.says("lot"),
            )
        return Tie(
            f"one less, turn {turn}",
            now.equal,
            now.need,
            "loses one delegate",
            self.rules.says("lot"),
        )

    def _only_what_is_certain(self, now: awarding.Pass) -> None:
        self.open = now.need
        if now.change < 0:
            self.open = len(now.equal) - now.need
            for group in now.equal:
                self.awarded[group] -= 1

    def _drawn(self, tie: Tie) -> tuple[str, ...] | None:
        lot = self.lots.for_tie(tie)
        if lot is not None and self.rules.cards is not None and "cards" in lot.record:
            self._by_the_cards(self.rules.cards, lot, tie)
        sentence = (
            tie.sentence()
            if lot is None
            else f"The lot fell on {', '.join(lot.chosen)}: {tie.fate}."
        )
        self.steps.append(Step(f"lot: {tie.step}", sentence, (), tie.rule))
        return None if lot is None else tuple(name for name in tie.among if name in lot.chosen)

    def _by_the_cards(self, deck: Deck, lot: Lot, tie: Tie) -> None:
        try:
            deck.confirm(lot, tie, wins=not tie.fate.startswith(("loses", "must")))
        except BadInput as error:
            raise LotRefused(error.message, where=error.where) from error

    def _say(self, name: str, sentence: str, topic: str) -> None:
        total = sum(self.awarded.values())
        self.steps.append(
            Step(
                name,
                f"{sentence} Together {total}.",
                tuple(self.awarded.items()),
                self.rules.says(topic),
            )
        )

    def result(self) -> dict[str, Any]:
        report = self.report
        result: dict[str, Any] = {
            "unit": report.unit,
            "kind": report.kind,
            "delegates": report.delegates,
            "attendance": report.attendance,
            "viability": self.least,
            "awarded": dict(self.awarded),
            "open": self.open,
        }
        if report.rate is not None:
            result["sde"] = {
                group: exact(delegates * report.rate) for group, delegates in self.awarded.items()
            }
        return result
