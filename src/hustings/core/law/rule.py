"""A rule: what the law asks of an act, since when, by which source, and who may go on all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from datetime import date

    from hustings.core.law.condition import Condition

Severity = Literal["record", "warn", "block"]
SEVERITIES: tuple[Severity, ...] = ("record", "warn", "block")
"""From the mildest: noted; said before going on; not done unless somebody may and says why."""

Sure = Literal["read", "memory"]
"""``read``: in the source that is named. ``memory``: written down without looking it up."""

EVERYWHERE = "*"
"""The jurisdiction of a rule that Hustings keeps in every country on its own account."""


@dataclass(frozen=True, slots=True)
class Case:
    """
    One situation a rule speaks of.

    Parameters
    ----------
    name, act
        Its name within the rule, and the act it is about.
    severity
        What the law asks for, if it is as written; see :attr:`holds_as`.
    when, any_of
        It applies where every test of ``when`` holds, and one whole group of ``any_of`` if there are any.
    needs
        Facts that are asked for where it applies, for the record or for the sentence.
    advice
        The sentence; ``{fact}`` stands for the value of a fact.
    sure
        How the rule is known.
    own_consent
        Hustings asks for this consent on its own account, whatever the law says.
    overrides
        Roles that may go on with a reason; nobody where it is empty.
    since
        The first day of this case, where it is later than that of its rule.
    due
        A clock that runs: so many days from the date of a fact.
    """

    name: str
    act: str
    severity: Severity
    advice: str
    when: tuple[Condition, ...]
    any_of: tuple[tuple[Condition, ...], ...] = ()
    needs: tuple[str, ...] = ()
    sure: Sure = "read"
    own_consent: bool = False
    overrides: tuple[str, ...] = ()
    since: date | None = None
    due: tuple[str, int] | None = None

    @property
    def holds_as(self) -> Severity:
        """From memory nothing is blocked, but where Hustings asks consent on its own account."""
        if self.severity == "block" and self.sure == "memory" and not self.own_consent:
            return "warn"
        return self.severity

    @property
    def tests(self) -> tuple[Condition, ...]:
        """Every test."""
        return (*self.when, *(test for group in self.any_of for test in group))


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One rule as it stood from one day on.

    Parameters
    ----------
    id, title
        Its name, and what it is about in a sentence.
    jurisdiction
        A country in two letters, or :data:`EVERYWHERE`.
    citation, source, read_on
        The law; where it was read; and on which day, so that a reader knows how old this is.
    since, until
        Its first and last day, as far as they are known. A later rule of the same id takes its place.
    """

    id: str
    title: str
    jurisdiction: str
    citation: str
    source: str
    read_on: date
    cases: tuple[Case, ...]
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        where = f"rule {self.id}"
        for name in ("id", "title", "jurisdiction", "citation", "source"):
            if not getattr(self, name).strip():
                raise BadInput(f"it has no {name}.", where=where)
        if not self.cases:
            raise BadInput("it has no case, so it would never be heard of.", where=where)
        names = [case.name for case in self.cases]
        if len(set(names)) < len(names):
            raise BadInput("two of its cases have one name.", where=where)
        if self.since and self.until and self.until < self.since:
            raise BadInput("it ends before it begins.", where=where)
        for case in self.cases:
            if case.severity not in SEVERITIES:
                raise BadInput(f"there is no severity {case.severity!r}.", where=where)
            if case.sure not in ("read", "memory"):
                raise BadInput(f"it is read or from memory, not {case.sure!r}.", where=where)

    @property
    def severity(self) -> Severity:
        """The gravest that it can come to."""
        return max((case.holds_as for case in self.cases), key=SEVERITIES.index)

    @property
    def from_memory(self) -> bool:
        """Whether a case of it is from memory."""
        return any(case.sure == "memory" for case in self.cases)
