"""What the rules say about people who help: who pays for them, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hustings.apps.contributions.models import WentOn
from hustings.core.errors import HustingsError
from hustings.core.law import MayNotOverride, judge, override
from hustings.formats.law import the_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from hustings.apps.contributions.models import Payment, Terms
    from hustings.core.law import Answer, Finding
    from hustings.core.law.fact import Value

GRAVEST_FIRST = ("block", "ask", "warn", "record")
NO_RULE = "no-rule"
"""Stands for the rule where no rule of a country is known."""


class LawSaysNo(HustingsError):
    """The rules stop this; the message says which, by what source and of which day."""

    def __init__(self, points: Sequence[Point]) -> None:
        super().__init__(" ".join(point.said for point in points))
        self.points = tuple(points)


@dataclass(frozen=True, slots=True)
class Point:
    """
    One thing the rules say, or ask.

    Parameters
    ----------
    severity
        ``block``, ``warn`` or ``record``; ``ask`` where something must be answered first.
    roles
        Who may go past it with a reason; nobody where it is empty.
    due
        Until when something must be done.
    past
        The row that says that somebody went past it.
    """

    rule: str
    case: str
    severity: str
    sentence: str
    citation: str = ""
    source: str = ""
    read_on: date | None = None
    since: date | None = None
    from_memory: bool = False
    roles: tuple[str, ...] = ()
    due: date | None = None
    past: WentOn | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """Its name in a form."""
        return f"reason-{self.rule}-{self.case}"

    @property
    def stops(self) -> bool:
        """Whether it stands in the way."""
        return self.severity in ("block", "ask") and self.past is None

    @property
    def said(self) -> str:
        """Advice, rule, source and date in one breath."""
        if not self.source:
            return self.sentence
        return _("%(sentence)s (%(rule)s, %(citation)s; %(source)s, read on %(day)s)") % {
            "sentence": self.sentence, "rule": self.rule, "citation": self.citation,
            "source": self.source, "day": self.read_on,
        }  # fmt: skip


def points_of_help(terms: Terms, payments: Sequence[Payment], on: date) -> list[Point]:
    """Everything the rules of that day say about these terms: who pays, and then what they do."""
    past = list(WentOn.objects.of(terms.campaign_id).filter(terms=terms)) if terms.pk else []
    points: list[Point] = []
    for act, facts in (
        ("secondment", _of_the_payers(terms, payments)),
        ("role", _of_the_duty(terms)),
    ):
        answer = judge(the_book(), act, facts, on)
        known = {(point.rule, point.sentence) for point in points}
        seen = {point.rule for point in points if point.severity == "record"}
        points += [
            point
            for point in points_in(answer, past)
            if (point.rule, point.sentence) not in known
            and not (point.severity == "record" and point.rule in seen)
        ]
    return sorted(points, key=lambda point: GRAVEST_FIRST.index(point.severity))


def _of_the_payers(terms: Terms, payments: Sequence[Payment]) -> Mapping[str, Value]:
    facts: dict[str, Value] = {"campaign_country": terms.work_country, **_status(terms)}
    for payment in payments:
        facts[f"{payment.what}_payer"] = payment.payer
        if payment.payer_country:
            facts[f"{payment.what}_payer_country"] = payment.payer_country
        if (amount := payment.amount) is not None:
            facts[f"{payment.what}_amount"] = amount
    return facts


def _of_the_duty(terms: Terms) -> Mapping[str, Value]:
    return {
        "campaign_country": terms.work_country,
        "duty": terms.duty,
        "list_cutting_open": terms.campaign.foreigners_cut_lists,
        **_status(terms),
    }


def _status(terms: Terms) -> dict[str, Value]:
    facts: dict[str, Value] = {"us_status": terms.us_status} if terms.us_status else {}
    if terms.us_status_on:
        facts["us_status_answered_on"] = terms.us_status_on
    return facts


def points_in(answer: Answer, past: Sequence[WentOn] = ()) -> Iterator[Point]:
    """An answer for a screen: findings, what must be answered first, and countries nothing is known of."""
    for finding in answer.findings:
        yield _of_finding(answer, finding, past)
    for ask in answer.questions:
        yield Point(
            ", ".join(ask.rules), ask.fact, "ask" if ask.severity == "block" else "warn",
            ask.sentence,
        )  # fmt: skip
    for country, sentence in zip(answer.unknown_countries, answer.unknown, strict=True):
        yield Point(NO_RULE, country, "warn", sentence)


def _of_finding(answer: Answer, finding: Finding, past: Sequence[WentOn]) -> Point:
    named = (finding.rule, finding.case, finding.severity)
    row = next((row for row in past if (row.rule, row.case, row.severity) == named), None)
    if row:
        try:  # the rule may have changed its mind since about who may
            override(
                answer, row.rule, row.case, by=row.by, role=row.role, reason=row.reason, on=row.on
            )
        except MayNotOverride:
            row = None
    return Point(
        finding.rule, finding.case, finding.severity, finding.sentence, finding.citation,
        finding.source, finding.read_on, finding.since, finding.sure == "memory",
        finding.overrides, finding.due, row,
    )  # fmt: skip
