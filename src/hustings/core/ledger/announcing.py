"""
Gate 1: nobody announces what was never sent.

*Announce that B said …* needs a statement of B's that is on record, in B's own word, public, past its embargo, not
taken back, addressed to us or to everyone, quoted exactly, and of no weaker kind than is announced.
Otherwise the answer is a sentence, and what can be done instead.
A hope is never a statement (gate 3), so it cannot be announced either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.ledger.hearing import SIGNED
from hustings.core.ledger.records import STRENGTH
from hustings.core.ledger.states import Standing, is_for

if TYPE_CHECKING:
    from hustings.core.ledger.hearing import Heard


@dataclass(frozen=True, slots=True)
class Announcement:
    """What somebody wants to announce: ``us`` saying that ``by`` gave us a word of this kind, in this quote."""

    us: str
    by: str
    kind: str
    quote: str
    of: str = ""
    """The name of the statement it rests on; "" when there is none."""


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether it may go out; ``reason`` is a word for programs, ``sentence`` for people, ``instead`` what to do."""

    allowed: bool
    reason: str
    sentence: str
    instead: str = ""


ASK = "Ask them to confirm, or record what you were told as a claim: «Unconfirmed: no message on record»."


def may_announce(standing: Standing, wanted: Announcement, now: str) -> Permission:
    """Whether ``wanted`` may be announced at ``now``."""
    one = standing.heard.get(wanted.of)
    if one is not None and one.name in standing.expectations:
        return _no("a-hope", "This was hoped for, not received: a hope is not a statement.", ASK)
    if one is None or one.name not in standing.statements or one.by != wanted.by:
        return _no("not-on-record", "No statement of theirs is on record for this.", ASK)
    return _of_theirs(one, standing.statements[one.name].ended, wanted, now) or Permission(
        allowed=True,
        reason="signed" if one.evidence == SIGNED else "called-back",
        sentence="This is their word, exactly, and it stands.",
    )


def _of_theirs(one: Heard, ended: str, wanted: Announcement, now: str) -> Permission | None:
    """What speaks against announcing this statement of theirs; None if nothing does."""
    said = one.said
    if not one.is_their_word:
        return _no(
            "not-confirmed", f"This was {one.evidence} only: they have not confirmed it to us.", ASK
        )
    if ended:
        return _no(ended, f"This statement is {ended}.", "Take it out wherever it is quoted.")
    if not said["public"]:
        return _no("not-public", "They did not make this public.", "Ask them whether they will.")
    if said.get("notBefore", "") > now:
        return _no(
            "embargoed", f"They ask for silence until {said['notBefore']}.", "Wait until then."
        )
    if not is_for(one, wanted.us):
        return _no("not-for-us", "This was said to somebody else.", ASK)
    if not wanted.quote.strip() or wanted.quote not in said["body"]:
        return _no(
            "not-exact", "The quote is not word for word in what they said.",
            "Copy the words from their statement.",
        )  # fmt: skip
    if wanted.kind != said["kind"] and not (
        0 < STRENGTH.get(wanted.kind, 0) < STRENGTH.get(said["kind"], 0)
    ):
        return _no(
            "too-strong", f"They gave a {said['kind']}, which must not be announced as {wanted.kind}.",
            f"Announce it as a {said['kind']}, or ask them for more.",
        )  # fmt: skip
    return None


def may_quote(standing: Standing, us: str, name: str, now: str) -> Permission:
    """Whether the words of this statement, ours or theirs, may stand in a text of ours at ``now``."""
    one = standing.heard.get(name)
    if one is None or one.by != us or name in standing.expectations:
        by, kind, body = (
            (one.by, one.said["kind"], one.said.get("body", "")) if one else ("", "", "")
        )
        return may_announce(standing, Announcement(us, by, kind, body, name), now)
    said = one.said
    if name not in standing.statements:
        return _no(
            "not-on-record", "This is no statement of ours that was signed.", "Sign it first."
        )
    if ended := standing.statements[name].ended:
        return _no(ended, f"This statement is {ended}.", "Take it out wherever it is quoted.")
    if not said["public"]:
        return _no("not-public", "We did not make this public.", "Say it in public first.")
    if said.get("notBefore", "") > now:
        return _no(
            "embargoed", f"It is not to be said before {said['notBefore']}.", "Wait until then."
        )
    return Permission(allowed=True, reason="ours", sentence="This is our word, and it stands.")


def _no(reason: str, sentence: str, instead: str) -> Permission:
    return Permission(allowed=False, reason=reason, sentence=sentence, instead=instead)
