"""What the rules say about a release in each country where it is shown, and who may go on all the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hustings.apps.accounts.roles import RIGHTS, Right
from hustings.apps.campaigns.together import together
from hustings.apps.materials.models import Design, Release, ReleaseImprint, WentOn
from hustings.core.errors import HustingsError
from hustings.core.law import Answer, MayNotOverride, judge, override
from hustings.core.materials.imprint import Thing, facts_of
from hustings.formats.law import the_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from hustings.core.law import Finding

NO_RULE = "no-rule"
"""Stands for the rule where no rule of a country is known."""
ITEM = {Design.Kind.PLAYBOOK.value: "other"}
"""What the rules call a kind, where they have another word."""


class LawSaysNo(HustingsError):
    """The rules stop this release; the message says which, by what source and of which day."""

    def __init__(self, points: Sequence[Point]) -> None:
        super().__init__(" ".join(point.said for point in points))
        self.points = tuple(points)


@dataclass(frozen=True, slots=True)
class Point:
    """
    One thing the rules say about a release in one country.

    Parameters
    ----------
    severity
        ``block``, ``warn`` or ``record``.
    roles
        Who may go past it with a reason; nobody where it is empty.
    past
        The row that says that somebody did.
    """

    country: str
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
    past: WentOn | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """Its name in a form."""
        return f"reason-{self.country}-{self.rule}-{self.case}"

    @property
    def is_open(self) -> bool:
        """Whether it still stands in the way."""
        return self.severity != "record" and self.past is None

    @property
    def said(self) -> str:
        """Advice, rule, source and date in one breath."""
        if not self.source:
            return f"{self.country}: {self.sentence}"
        return _("%(country)s: %(sentence)s (%(rule)s, %(citation)s; %(source)s, read on %(day)s)") % {
            "country": self.country, "sentence": self.sentence, "rule": self.rule,
            "citation": self.citation, "source": self.source, "day": self.read_on,
        }  # fmt: skip


def who_may_publish() -> tuple[str, ...]:
    """The roles that may go past a warning, which names nobody."""
    return tuple(role for role, rights in RIGHTS.items() if Right.MATERIALS in rights)


def thing_of(release: Release) -> Thing:
    """The release as the rules see it."""
    return Thing(
        medium=release.medium,
        item=ITEM.get(release.design.kind, release.design.kind),
        pages=release.pages,
        points=release.imprint_points,
        paid=release.paid,
    )


def points_of(release: Release, on: date) -> list[Point]:
    """Everything the rules of that day say about it, country by country."""
    blocks, past = together(imprints_of(release), gone_past(release))
    return points_in(release, blocks, past, on)


def points_in(
    release: Release, blocks: Iterable[ReleaseImprint], past: Sequence[WentOn], on: date
) -> list[Point]:
    """The same, where what it says in each country and who went past what is known already."""
    points = []
    for block in blocks:
        answer = judge(the_book(), "release", facts_of(thing_of(release), block.imprint), on)
        mine = [row for row in past if row.country == block.country]
        points += _points(block.country, answer, mine)
    return points


def blocks_of(release: Release) -> list[ReleaseImprint]:
    """What it says in each country, by country."""
    return list(imprints_of(release))


def imprints_of(release: Release) -> QuerySet[ReleaseImprint]:
    """The question for :func:`blocks_of`."""
    rows = ReleaseImprint.objects.of(release.campaign_id).filter(release=release)
    found: QuerySet[ReleaseImprint] = rows.order_by("country")
    return found


def gone_past(release: Release) -> QuerySet[WentOn]:
    """Who went on past what the rules say, in order."""
    rows = WentOn.objects.of(release.campaign_id).filter(release=release)
    found: QuerySet[WentOn] = rows.order_by("id")
    return found


def _points(country: str, answer: Answer, past: Sequence[WentOn]) -> list[Point]:
    points = [_of_finding(country, answer, finding, past) for finding in answer.findings]
    points += [
        Point(country, ", ".join(ask.rules), ask.fact, ask.severity, ask.sentence)
        for ask in answer.questions
        if ask.severity == "block"
    ]
    for sentence in answer.unknown:
        row = next((row for row in past if row.rule == NO_RULE), None)
        points.append(
            Point(country, NO_RULE, country, "warn", sentence, roles=who_may_publish(), past=row)
        )
    return points


def _of_finding(country: str, answer: Answer, finding: Finding, past: Sequence[WentOn]) -> Point:
    row = next(
        (
            row
            for row in past
            if (row.rule, row.case, row.severity) == (finding.rule, finding.case, finding.severity)
        ),
        None,
    )
    if row and finding.severity == "block":
        try:  # the rule may have changed its mind since about who may
            override(
                answer, row.rule, row.case, by=row.by, role=row.role, reason=row.reason, on=row.on
            )
        except MayNotOverride:
            row = None
    roles = finding.overrides
    if finding.severity == "warn" and not roles:
        roles = who_may_publish()
    return Point(
        country, finding.rule, finding.case, finding.severity, finding.sentence, finding.citation,
        finding.source, finding.read_on, finding.since, finding.sure == "memory", roles, row,
    )  # fmt: skip
