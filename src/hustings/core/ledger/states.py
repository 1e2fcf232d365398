"""
Where everything stands: folded out of the records, never stored, and the same in whatever order they came.

::

    draft        drafted -> approved -> sent
    statement    sent -> delivered -> acknowledged, or at any time superseded | withdrawn | denied | expired
    recipient    received -> accepted | declined -> announced
    claim        claimed -> queried -> confirmed | denied | corrected | unanswered   (by the party claimed about)
                 claimed -> withdrawn | corrected                                    (by the claimant)
                 denied and withdrawn: settled; denied by somebody else: disputed
    expectation  hoped -> fulfilled | declined | lapsed

Only the party claimed about can confirm or deny; of two words of one party the better known counts, of two as
well known the later. A statement can be withdrawn, denied or superseded only by whoever made it; denied is what
was confirmed by a call back, say, and that they will not have said.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hustings.core.ledger.hearing import Heard, hear
from hustings.core.ledger.records import STRENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

APPROVALS_NEEDED = 2
"""People besides the one who entered it."""
FOR_THE_CANDIDATE = frozenset({"candidate", "delegate"})


@dataclass(frozen=True, slots=True)
class DraftState:
    """``state`` is drafted, approved or sent; ``approved_by`` are the people that count."""

    state: str
    approved_by: tuple[str, ...]
    needed: int


@dataclass(frozen=True, slots=True)
class StatementState:
    """
    ``state`` as its sender sees it; ``ended`` is "", superseded, withdrawn, denied or expired.

    ``answers`` says for each recipient that answered: received, accepted, declined or announced.
    """

    state: str
    ended: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ClaimState:
    """``state`` in one word; and what each side said, since both are shown."""

    state: str
    answers: tuple[str, ...]
    withdrawn: bool
    corrected: bool
    disputed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectationState:
    """``state`` is hoped, fulfilled, declined or lapsed; ``by`` names the statement that fulfilled it."""

    state: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it, by the names of records; ``passed_over`` says which records could not be read."""

    heard: Mapping[str, Heard]
    drafts: Mapping[str, DraftState]
    statements: Mapping[str, StatementState]
    claims: Mapping[str, ClaimState]
    expectations: Mapping[str, ExpectationState]
    passed_over: tuple[str, ...]


def fold(
    records: Iterable[Any], now: str, *, us: str, approvals_needed: int = APPROVALS_NEEDED
) -> Standing:
    """Where everything stands at ``now`` as the node ``us`` sees it; total: no records make it fail."""
    heard, passed = hear(records, us)
    kinds: dict[str, list[Heard]] = defaultdict(list)
    about: dict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        kinds[one.said["type"]].append(one)
        for field in ("of", "supersedes", "draft"):
            if field in one.said:
                about[one.said[field]].append(one)
    statements = {one.name: _statement(one, about[one.name], now) for one in kinds["statement"]}
    theirs: dict[str, list[Heard]] = defaultdict(list)
    for one in kinds["statement"]:
        if one.is_their_word and not statements[one.name].ended:
            theirs[one.by].append(one)
    return Standing(
        heard={one.name: one for one in heard},
        drafts={one.name: _draft(one, about[one.name], approvals_needed) for one in kinds["draft"]},
        statements=statements,
        claims={one.name: _claim(one, about[one.name], now) for one in kinds["claim"]},
        expectations={
            one.name: _expectation(one, about[one.name], theirs[one.said["about"]], now)
            for one in kinds["expectation"]
        },
        passed_over=tuple(passed),
    )


def strongest(standing: Standing, by: str, to: str) -> str:
    """The strongest of greeting, support and endorsement that ``by`` gave ``to`` and did not take back; "" if none."""
    kinds = {
        one.said["kind"]
        for name, one in standing.heard.items()
        if name in standing.statements and not standing.statements[name].ended
        if one.by == by and one.is_their_word and is_for(one, to)
    }
    return max(kinds & STRENGTH.keys(), key=STRENGTH.__getitem__, default="")


def is_for(statement: Heard, party: str) -> bool:
    """Whether it is addressed to this party, or to everyone."""
    return not statement.said["to"] or party in statement.said["to"]


def _draft(draft: Heard, about: list[Heard], needed: int) -> DraftState:
    own = [one for one in about if one.by == draft.by and one.counts]
    sent = any(one.said.get("draft") == draft.name for one in own)
    roles: dict[str, set[str]] = defaultdict(set)
    for one in own:
        if one.said["type"] == "approval" and one.said["by"] != draft.said["enteredBy"]:
            roles[one.said["by"]].add(one.said["role"])
    spoken = not draft.said.get("speaksForCandidate") or any(
        FOR_THE_CANDIDATE & held for held in roles.values()
    )
    approved = len(roles) >= needed and spoken
    state = "sent" if sent else "approved" if approved else "drafted"
    return DraftState(state, tuple(sorted(roles)), needed)


def _statement(statement: Heard, about: list[Heard], now: str) -> StatementState:
    own = [one for one in about if one.by == statement.by and one.counts]
    replaced = [one for one in own if one.said.get("supersedes") == statement.name]
    withdrawn = any(one.said["kind"] == "withdrawal" for one in replaced)
    word = max(_answers_of(statement.by, about), key=lambda one: one.rank, default=None)
    denied = word is not None and word.said["decision"] == "deny"
    answers: dict[str, str] = {}
    for one in sorted(about, key=lambda one: (one.said["created"], one.name)):
        if one.said["type"] == "receipt" and one.counts and is_for(statement, one.by):
            decision = one.said["decision"]
            answers[one.by] = answers.get(one.by, decision) if decision == "received" else decision
    for one in about:
        if one.said["type"] == "announcement" and answers.get(one.by) == "accepted":
            answers[one.by] = "announced"
    ended = (
        "withdrawn" if withdrawn
        else "denied" if denied
        else "superseded" if replaced
        else "expired" if statement.said.get("expires", "9999") <= now
        else ""
    )  # fmt: skip
    accepted = {"accepted", "announced"} & set(answers.values())
    state = ended or ("acknowledged" if accepted else "delivered" if answers else "sent")
    return StatementState(state, ended, tuple(sorted(answers.items())))


def _claim(claim: Heard, about: list[Heard], now: str) -> ClaimState:
    counted = [one for one in about if one.counts]
    responses = [one for one in counted if one.said["type"] == "response"]
    party, claimant = claim.said["about"], {claim.said["claimant"], claim.by}
    theirs = _answers_of(party, about)
    denied_by_others = {
        one.by for one in responses if one not in theirs and one.said["decision"] == "deny"
    } - claimant
    own = [one for one in counted if one.by in claimant]
    withdrawn = any(one.said["type"] == "retraction" for one in own)
    corrected = any(
        one.said.get("supersedes") == claim.name and one.said["kind"] == "correction" for one in own
    )
    dues = [one.said["due"] for one in counted if one.said["type"] == "query"]
    last = max(theirs, key=lambda one: one.rank, default=None)
    answer = last.said["decision"] if last else ""
    if withdrawn:
        state = "settled" if answer == "deny" else "withdrawn"
    elif answer:
        state = {"confirm": "confirmed", "deny": "denied", "correct": "corrected"}[answer]
    elif corrected:
        state = "corrected"
    elif denied_by_others:
        state = "disputed"
    elif dues:
        state = "unanswered" if max(dues) <= now else "queried"
    else:
        state = "claimed"
    decisions = tuple(sorted({one.said["decision"] for one in theirs}))
    return ClaimState(state, decisions, withdrawn, corrected, tuple(sorted(denied_by_others)))


def _expectation(
    hope: Heard, about: list[Heard], theirs: list[Heard], now: str
) -> ExpectationState:
    wanted = hope.said["kind"]
    fitting = [
        one.name
        for one in theirs
        if is_for(one, hope.by)
        and (
            one.said["kind"] == wanted
            or STRENGTH.get(one.said["kind"], 0) >= STRENGTH.get(wanted, len(STRENGTH) + 1)
        )
    ]
    if fitting:
        return ExpectationState("fulfilled", min(fitting))
    last = max(_answers_of(hope.said["about"], about), key=lambda one: one.rank, default=None)
    if last and last.said["decision"] == "deny":
        return ExpectationState("declined")
    return ExpectationState("lapsed" if hope.said.get("due", "9999") <= now else "hoped")


def _answers_of(party: str, about: list[Heard]) -> list[Heard]:
    """What this party itself answered, where it counts."""
    return [
        one
        for one in about
        if one.said["type"] == "response" and one.counts and one.by == party
        and one.said["authority"] != "third_party"
    ]  # fmt: skip
