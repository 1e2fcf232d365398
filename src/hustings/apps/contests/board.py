"""What a board of results says: its lines, totals, open audits and open lots, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from hustings.apps.contests.models import (
    Audit,
    Candidate,
    Lot,
    Report,
    Unit,
)
from hustings.apps.contests.standing import (
    State,
)
from hustings.core.contest.percent import both_roundings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.utils.functional import Promise

    from hustings.apps.contests.counting import (
        Counted,
        Whole,
    )
    from hustings.apps.contests.models import Contest
    from hustings.apps.contests.pool_counts import Part
    from hustings.apps.contests.standing import Standing
    from hustings.core.contest.tie import Tie

PLACES = 2

EXACT, ROUNDED_FIRST = "from exact numbers", "rounded before dividing"


class Of(models.TextChoices):
    """What totals are of; two of them are never added together."""

    STATE = "state", _("State delegate equivalents")
    DELEGATES = "delegates", _("Delegates of the units")
    SEATS = "seats", _("Seats")
    PLEDGED = "pledged", _("Pledged delegates")
    FINAL = "final", _("People in the final count")
    FIRST = "first", _("People in the first alignment")
    VOTES = "votes", _("Votes")


DEFINITIONS: dict[str, str | Promise] = {
    Of.STATE: _(
        "Each unit’s delegates, counted anew by the rule from what was reported, times what one is worth there. Kept exactly; rounded only for showing."
    ),
    Of.DELEGATES: _(
        "Each unit’s delegates, counted anew by the rule. Delegates of two counties are not worth the same."
    ),
    Of.SEATS: _("Units in which somebody has the most votes so far. A tie is nobody’s seat."),
    Of.PLEDGED: _(
        "Delegates to the convention, in proportion to the votes so far, by the rule. They are won when all is counted."
    ),
    Of.FINAL: _("Heads at the end of the caucus. Heads are not delegates."),
    Of.FIRST: _("Heads when groups formed first. Heads are not delegates."),
    Of.VOTES: _("Valid votes as they were reported."),
}

BY_STATE_DELEGATES = _(
    "Delegates to the convention, in proportion to the state delegate equivalents so far, by the same rule as in a primary. The conventions that follow a caucus give them."
)


class Official(models.TextChoices):
    """Beside our own: whether the officials say the same."""

    NOT_YET = "", _("no official result yet")
    AGREES = "official-agrees", _("the official result agrees")
    DIFFERS = "official-differs", _("the official result differs")


@dataclass(frozen=True, slots=True)
class Line:
    """One unit: where it stands, what counts of it, and what the officials say; ``counted`` for a caucus, else ``whole``."""

    unit: Unit
    state: State
    phases: Mapping[str, Standing]
    counted: Counted | None
    official: Official
    at: datetime | None
    whole: Whole | None = None

    @property
    def tie(self) -> Tie | None:
        """What is equal here, and has no lot on record."""
        return self.counted.tie if self.counted else self.whole.tie if self.whole else None

    @property
    def final(self) -> Mapping[str, int]:
        """The final count that counts, by candidate."""
        return counts_of(self.phases.get(Report.Phase.FINAL))

    @property
    def first(self) -> Mapping[str, int]:
        """The first alignment that counts, by candidate."""
        return counts_of(self.phases.get(Report.Phase.FIRST))

    @property
    def seat(self) -> Mapping[str, int]:
        """One for whoever has it; nobody while a lot is open."""
        return {self.whole.elected: 1} if self.whole and self.whole.elected else {}

    @property
    def problem(self) -> str:
        """Why it is in no total, though something was reported; the flags of the count otherwise."""
        if self.counted is None:
            return " ".join(self.whole.flags) if self.whole else ""
        if self.counted.problem and self.state != State.EXPECTED:
            return self.counted.problem
        return " ".join(self.counted.flags)


@dataclass(frozen=True, slots=True)
class Totals:
    """One thing added up: ``units`` of ``of`` are in it; shares as text, by both ways of rounding."""

    what: Of
    numbers: Mapping[str, Fraction]
    units: int
    of: int
    by_state_delegates: bool = False

    @property
    def definition(self) -> str | Promise:
        """What it is."""
        return BY_STATE_DELEGATES if self.by_state_delegates else DEFINITIONS[self.what]

    @property
    def whole(self) -> Fraction:
        """All candidates together."""
        return sum(self.numbers.values(), Fraction(0))

    def shares(self, places: int = PLACES) -> dict[str, dict[str, str | None]]:
        """In percent: from the exact numbers, and from numbers that were made whole first."""
        return both_roundings(self.numbers, places)


@dataclass(frozen=True, slots=True)
class OpenAudit:
    """An audit that has not ended, and who has it; ``newest`` is the kind of its newest step."""

    unit: Unit
    phase: str
    why: Audit.Why
    owner: str
    newest: str | None


@dataclass(frozen=True, slots=True)
class OpenLot:
    """A tie that a count names and of which no lot is on record; without a unit it is the whole contest's."""

    unit: Unit | None
    step: str
    among: tuple[str, ...]
    choose: int
    fate: str
    rule: str
    called: tuple[str, ...] = ()
    """The names of those who are equal."""

    @property
    def options(self) -> list[tuple[str, str]]:
        """Code and name of each."""
        return list(zip(self.among, self.called or self.among, strict=True))


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that the live screen, the public page and the files say of one contest."""

    contest: Contest
    candidates: Sequence[Candidate]
    lines: Sequence[Line]
    totals: Sequence[Totals]
    audits: Sequence[OpenAudit]
    lots: Sequence[OpenLot]
    drawn: Sequence[Lot] = ()
    records: Sequence[Lot] = ()
    newest_at: datetime | None = None
    oldest_at: datetime | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    together: Whole | None = None
    parts: Sequence[Part] = ()
    astray: Sequence[Line] = ()
    """Units in no district, where the contest has districts."""

    @property
    def main(self) -> Totals | None:
        """The totals that decide: the first of those that there are."""
        return self.totals[0] if self.totals else None

    def in_state(self, *states: State) -> int:
        """How many units stand so."""
        return sum(line.state in states for line in self.lines)

    @property
    def reporting(self) -> int:
        """Units of which anything was reported."""
        return len(self.lines) - self.in_state(State.EXPECTED)


def counts_of(standing: Standing | None) -> Mapping[str, int]:
    if standing is None or standing.counts is None:
        return {}
    found: Mapping[str, int] = standing.counts.numbers.get("counts", {})
    return found
