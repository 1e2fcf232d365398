"""
The judge of states: each asked by its definition, over all records again and again, nothing kept in between.

Shares no code with :mod:`hustings.core.ledger.states`. Takes records that are well formed.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_ORDER = ["greeting", "support", "endorsement"]
_BEST_FIRST = ["signed", "called_back", "published", "told"]


class Plain:
    """All the records, as the node ``us`` knows them."""

    def __init__(self, records: Sequence[dict[str, Any]], us: str, now: str) -> None:
        self.records, self.us, self.now = records, us, now

    def state(self, record: dict[str, Any]) -> str:
        """The word for where this record stands; "" for records that stand nowhere."""
        kind = self.words(record)["type"]
        asked = {
            "draft": self.draft, "statement": self.statement, "claim": self.claim,
            "expectation": self.expectation,
        }  # fmt: skip
        return asked[kind](record) if kind in asked else ""

    def draft(self, d: dict[str, Any]) -> str:
        """Sent if a statement names it, else approved if enough people approved it."""
        w = self.words(d)
        if self.some(lambda s, t: t.get("draft") == name(d) and self.who(s) == self.who(d)):
            return "sent"
        people = {
            t["by"]
            for r in self.records
            for t in [self.words(r)]
            if t["type"] == "approval" and t["of"] == name(d) and t["by"] != w["enteredBy"]
            and self.who(r) == self.who(d) and self.how(r) != "told"
        }  # fmt: skip
        candidate = self.some(
            lambda r, t: t["type"] == "approval" and t["of"] == name(d)
            and t["by"] != w["enteredBy"] and t["role"] in ("candidate", "delegate")
            and self.who(r) == self.who(d)
        )  # fmt: skip
        enough = len(people) >= 2 and (candidate or not w.get("speaksForCandidate", False))
        return "approved" if enough else "drafted"

    def statement(self, s: dict[str, Any]) -> str:
        """Taken back, replaced, over, or as far as its recipients have answered."""
        if self.ended(s):
            return self.ended(s)
        decisions = [
            self.words(r)["decision"] for r in self.records if self.is_answer(r, s, self.who(r))
        ]
        parties = {self.who(r) for r in self.records if self.is_answer(r, s, self.who(r))}
        if any(self.last_decision(s, party) == "accepted" for party in parties):
            return "acknowledged"
        return "delivered" if decisions else "sent"

    def last_decision(self, s: dict[str, Any], party: str) -> str:
        """The last time this recipient made up its mind, or that it received it."""
        answers = [r for r in self.records if self.is_answer(r, s, party)]
        minds = [r for r in answers if self.words(r)["decision"] != "received"]
        if not minds:
            return "received" if answers else ""
        last = max((self.words(r)["created"], name(r)) for r in minds)
        return next(
            str(self.words(r)["decision"])
            for r in minds
            if (self.words(r)["created"], name(r)) == last
        )

    def is_answer(self, r: dict[str, Any], s: dict[str, Any], party: str) -> bool:
        """Whether r is a receipt of s by this party, to whom it was addressed."""
        t, to = self.words(r), self.words(s)["to"]
        return bool(
            t["type"] == "receipt" and t["of"] == name(s) and self.who(r) == party
            and self.how(r) != "told" and (to == [] or party in to)
        )  # fmt: skip

    def ended(self, s: dict[str, Any]) -> str:
        """Withdrawn before denied before superseded before expired."""
        for ending, kinds in (("withdrawn", True), ("superseded", False)):
            if not kinds and self.answer(s, self.who(s)) == "deny":
                return "denied"
            if self.some(
                lambda r, t, kinds=kinds: t["type"] == "statement"
                and t.get("supersedes") == name(s) and (t["kind"] == "withdrawal") is kinds
                and self.who(r) == self.who(s)
            ):  # fmt: skip
                return ending
        return "expired" if self.words(s).get("expires", "9") <= self.now else ""

    def claim(self, c: dict[str, Any]) -> str:
        """The word of the party claimed about, with what the claimant did."""
        w = self.words(c)
        makers = (w["claimant"], self.who(c))
        answer = self.answer(c, w["about"])
        gone = self.some(
            lambda r, t: t["type"] == "retraction" and t["of"] == name(c) and self.who(r) in makers
        )
        if gone:
            return "settled" if answer == "deny" else "withdrawn"
        if answer:
            return {"confirm": "confirmed", "deny": "denied", "correct": "corrected"}[answer]
        if self.some(
            lambda r, t: t["type"] == "statement" and t["kind"] == "correction"
            and t.get("supersedes") == name(c) and self.who(r) in makers
        ):  # fmt: skip
            return "corrected"
        if self.some(
            lambda r, t: t["type"] == "response" and t["of"] == name(c)
            and t["decision"] == "deny" and self.who(r) not in makers
        ):  # fmt: skip
            return "disputed"
        asked = [
            t["due"] for r in self.records for t in [self.words(r)]
            if t["type"] == "query" and t["of"] == name(c) and self.how(r) != "told"
        ]  # fmt: skip
        if not asked:
            return "claimed"
        return "queried" if any(due > self.now for due in asked) else "unanswered"

    def answer(self, c: dict[str, Any], party: str) -> str:
        """What this party answered: the best known, then the latest."""
        theirs = [
            r for r in self.records
            if self.words(r)["type"] == "response" and self.words(r)["of"] == name(c)
            and self.who(r) == party and self.words(r)["authority"] != "third_party"
        ]  # fmt: skip
        for evidence in _BEST_FIRST[:3]:
            known = [r for r in theirs if self.how(r) == evidence]
            if known:
                ordered = sorted(known, key=lambda r: (self.words(r)["created"], name(r)))
                return str(self.words(ordered[-1])["decision"])
        return ""

    def expectation(self, e: dict[str, Any]) -> str:
        """Fulfilled by what they said and did not take back, else declined, else over, else hoped."""
        w = self.words(e)
        enough = _ORDER[_ORDER.index(w["kind"]) :] if w["kind"] in _ORDER else [w["kind"]]
        for r in self.records:
            t = self.words(r)
            if (
                t["type"] == "statement" and t["kind"] in enough and self.who(r) == w["about"]
                and self.how(r) in ("signed", "called_back") and not self.ended(r)
                and (t["to"] == [] or self.who(e) in t["to"])
            ):  # fmt: skip
                return "fulfilled"
        if self.answer(e, w["about"]) == "deny":
            return "declined"
        return "lapsed" if w.get("due", "9") <= self.now else "hoped"

    def some(self, law: Any) -> bool:
        """Whether a record that counts fits."""
        return any(self.how(r) != "told" and law(r, self.words(r)) for r in self.records)

    def words(self, r: dict[str, Any]) -> dict[str, Any]:
        """The words themselves."""
        found: dict[str, Any] = r["record"] if r["type"] == "report" else r
        return found

    def who(self, r: dict[str, Any]) -> str:
        """Whose words they are."""
        return str(self.words(r)["issuer"])

    def how(self, r: dict[str, Any]) -> str:
        """How well they are known."""
        if r["type"] != "report":
            return "signed"
        return str(r["evidence"]) if r["issuer"] == self.us else "told"


def name(record: dict[str, Any]) -> str:
    """The hash of a record; the keys of records are plain letters, so sorting them is all there is to it."""
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
