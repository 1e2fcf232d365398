"""The two sentences under every bundle: what is proven, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hustings.core.ledger.verify import Verdict

MOST_LETTERS = 80
_MARKS = str.maketrans("«»()", "‹›[]")

WHAT = {
    "receipt": "receipt",
    "claim": "claim about somebody else",
    "query": "question",
    "response": "response",
    "retraction": "retraction",
    "expectation": "hope, which is no statement",
    "announcement": "announcement",
    "draft": "draft, which is no statement",
    "approval": "approval",
    "report": "report of what somebody else is said to have said",
    "referral": "referral",
    "consent": "consent",
    "deletion": "receipt of deletion",
    "release": "release",
    "event": "event",
    "observation": "observation",
}


def proven(verdict: Verdict) -> str:
    """One sentence on what the bundle proves."""
    if not verdict.good:
        return f"Nothing is proven: {_lowered(verdict.broken[0].message)}"
    record = verdict.record
    seen = " and ".join(
        f"{_named(seen.name)} ({seen.node}) at {_time(seen.at)}" for seen in verdict.witnesses
    )
    return (
        f"The node that calls itself {_named(verdict.issuer_name)} ({record['issuer']}) signed this "
        f"{what(record)}, word for word as it stands here and dated {_time(record['created'])}, and it is "
        f"record {verdict.index + 1} of {verdict.size} in its log {verdict.log}"
        + (f", co-signed by {seen}." if seen else ".")
    )


def not_proven(verdict: Verdict) -> str:
    """One sentence on what the bundle does not prove."""
    if not verdict.good:
        return (
            "Not proven is anything about who said this, when, or in which words; "
            "ask for the bundle again from where it came, and do not quote it."
        )
    alone = (
        ""
        if verdict.witnesses
        else "that others are shown the same log (nobody has co-signed it), "
    )
    return (
        "Not proven is that the nodes named here are the campaigns they say they are (compare node:z… with what "
        f"each campaign gave you itself), {alone}that what was said is true, and that it was not withdrawn, nor a "
        "key reported stolen, after this head of the log."
    )


def what(record: dict[str, Any]) -> str:
    """What kind of record it is, in words; of a statement also to whom, and from when to when."""
    if record["type"] != "statement":
        return WHAT[record["type"]]
    parts = ["public" if record["public"] else "not public"]
    parts.append("to " + (" and ".join(map(_named, record["to"])) or "everyone"))
    if "notBefore" in record:
        parts.append(f"not before {_time(record['notBefore'])}")
    if "expires" in record:
        parts.append(f"until {_time(record['expires'])}")
    return f"statement of the kind «{record['kind']}» ({', '.join(parts)})"


def printable(text: str) -> str:
    """The text without what could move, hide or turn round the letters beside it."""
    return "".join(
        letter if letter.isprintable() or letter == "\n" else "\ufffd" for letter in text
    )


def _named(name: str) -> str:
    """A name that a node gave itself, so that it cannot pass for part of our sentence."""
    plain = printable(name.replace("\n", " ")).translate(_MARKS)
    return f"«{plain[:MOST_LETTERS]}{'…' if len(plain) > MOST_LETTERS else ''}»"


def _lowered(message: str) -> str:
    first, rest = message[:1], message[1:]
    return first.lower() + rest if rest[:1].islower() or rest[:1] == " " else message


def _time(moment: str) -> str:
    return moment.replace("T", " ").replace("Z", " UTC")
