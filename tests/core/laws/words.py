"""Records of three parties about each other, in any mixture, for the laws of states."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from hustings.core.ledger.canonical import digest
from hustings.core.ledger.records import AUTHORITIES, EVIDENCE, KINDS, check_record
from tests.core.ledger.campaigns import urn

PARTIES = ("alder", "birch", "cedar")
TIMES = tuple(f"2016-08-2{day}T12:00:00Z" for day in range(1, 7))
NOW = TIMES[3]
TYPES = (
    "statement", "statement", "statement", "receipt", "claim", "query", "response", "response",
    "retraction", "expectation", "announcement", "draft", "approval",
)  # fmt: skip


@st.composite
def one_record(draw: st.DrawFn, names: list[str], number: int) -> dict[str, Any]:
    """A record that may refer to those before it."""
    type_ = draw(st.sampled_from(TYPES))
    of = draw(st.sampled_from(names or ["0" * 64]))
    time, kind = st.sampled_from(TIMES), st.sampled_from(KINDS)
    party, person = st.sampled_from(PARTIES), st.sampled_from(["ann", "ben", "cat"])
    fields: dict[str, Any] = {
        "statement": lambda: {
            "kind": draw(kind), "to": draw(st.lists(party, max_size=2)), "body": draw(st.sampled_from(["Be well.", "No."])),
            "lang": "en", "public": draw(st.booleans()), "seq": number, "supersedes": of,
        },
        "receipt": lambda: {"of": of, "decision": draw(st.sampled_from(["received", "accepted", "declined"]))},
        "claim": lambda: {"claimant": draw(party), "about": draw(party), "kind": draw(kind), "quote": "q", "when": draw(time)},
        "query": lambda: {"of": of, "to": draw(party), "due": draw(time)},
        "response": lambda: {
            "of": of, "decision": draw(st.sampled_from(["confirm", "deny", "correct"])), "text": "t",
            "authority": draw(st.sampled_from(AUTHORITIES)),
        },
        "retraction": lambda: {"of": of, "reason": "r"},
        "expectation": lambda: {"about": draw(party), "kind": draw(st.sampled_from([*KINDS, "volunteers"])), "quote": "q"},
        "announcement": lambda: {"of": of, "kind": draw(kind), "quote": "q"},
        "draft": lambda: {"kind": draw(kind), "to": [], "body": "b", "enteredBy": draw(person), "speaksForCandidate": draw(st.booleans())},
        "approval": lambda: {"of": of, "by": draw(person), "role": draw(st.sampled_from(["candidate", "delegate", "press"]))},
    }[type_]()  # fmt: skip
    if type_ == "statement":
        if fields["kind"] != "withdrawal" and draw(st.booleans()):
            del fields["supersedes"]
        for name in ("expires", "notBefore"):
            if draw(st.integers(0, 5)) == 0:
                fields[name] = draw(time)
        if names and draw(st.integers(0, 3)) == 0:
            fields["draft"] = draw(st.sampled_from(names))
    if type_ == "expectation" and draw(st.booleans()):
        fields["due"] = draw(time)
    by = draw(party)
    record = {"id": urn(number), "type": type_, "issuer": by, "created": draw(time), **fields}
    if draw(st.integers(0, 2)) == 0:
        record = {
            "id": urn(f"report {number}"), "type": "report", "issuer": draw(party), "created": draw(time), "by": by,
            "evidence": draw(st.sampled_from(EVIDENCE)), "source": "s", "record": record,
        }  # fmt: skip
    check_record(record)
    return record


@st.composite
def conversations(draw: st.DrawFn, most: int = 14) -> list[dict[str, Any]]:
    """Up to ``most`` records, the later ones about the earlier ones."""
    records: list[dict[str, Any]] = []
    names: list[str] = []
    for number in range(draw(st.integers(0, most))):
        record = draw(one_record(names, number))
        records.append(record)
        names.append(digest(record))
    return records
