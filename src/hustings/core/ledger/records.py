"""
Records: what can be said, and which fields say it.

A record is JSON: an id, a type, who issues it, when it was made, the fields of its type, and a proof.
Its name is :func:`hustings.core.ledger.canonical.digest` of all of it; others refer to it by that name.
The types and their fields are listed in ``docs/reference/ledger.md``, and a test compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.core.ledger import fields as f
from hustings.core.ledger.proof import signed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.ledger.fields import Field
    from hustings.core.ledger.keys import SecretKey

GREETING, SUPPORT, ENDORSEMENT = "greeting", "support", "endorsement"
STRENGTH = {GREETING: 1, SUPPORT: 2, ENDORSEMENT: 3}
"""Kinds that stand in an order: who was given one must not announce a stronger one."""
KINDS = (
    *STRENGTH, "fact", "denial", "correction", "withdrawal", "invitation", "offer",
)  # fmt: skip
AUTHORITIES = ("candidate", "press_office", "delegate", "third_party")
EVIDENCE = ("called_back", "published", "told")
"""Grades of what somebody did not sign, the best first; signed stands above them all."""

COMMON: dict[str, Field] = {"id": f.id_, "type": f.text, "issuer": f.text, "created": f.time}
_FILE = f.parts({"hash": f.hash_, "size": f.whole}, {"name": f.text})
_APPROVER = f.parts({"role": f.text}, {"key": f.text})

NEEDED: dict[str, dict[str, Field]] = {
    "statement": {
        "kind": f.one_of(*KINDS), "to": f.several(f.text), "body": f.text, "lang": f.text,
        "public": f.flag, "seq": f.whole,
    },
    "receipt": {"of": f.hash_, "decision": f.one_of("received", "accepted", "declined")},
    "claim": {
        "claimant": f.text, "about": f.text, "kind": f.one_of(*KINDS), "quote": f.text, "when": f.time,
    },
    "query": {"of": f.hash_, "to": f.text, "due": f.time},
    "response": {
        "of": f.hash_, "decision": f.one_of("confirm", "deny", "correct"), "text": f.text,
        "authority": f.one_of(*AUTHORITIES),
    },
    "retraction": {"of": f.hash_, "reason": f.text},
    "expectation": {"about": f.text, "kind": f.text, "quote": f.text},
    "announcement": {"of": f.hash_, "kind": f.one_of(*KINDS), "quote": f.text},
    "draft": {"kind": f.one_of(*KINDS), "to": f.several(f.text), "body": f.text, "enteredBy": f.text},
    "approval": {"of": f.hash_, "by": f.text, "role": f.text},
    "report": {
        "by": f.text, "evidence": f.one_of(*EVIDENCE), "source": f.text,
        "record": f.by_name(lambda _: True),
    },
    "referral": {"count": f.whole, "period": f.text, "purpose": f.text, "consent": f.several(f.hash_)},
    "consent": {"commitment": f.hash_},
    "release": {
        "artefact": f.one_of("playbook", "leaflet", "badge"), "version": f.whole,
        "files": f.several(_FILE, least=1), "licence": f.text, "lang": f.text,
        "imprints": f.by_name(f.text),
    },
    "event": {
        "uid": f.text, "sequence": f.whole, "ics": f.hash_, "campaignEvent": f.flag, "host": f.text,
    },
    "observation": {"contest": f.text, "sheet": f.hash_},
}  # fmt: skip

ALLOWED: dict[str, dict[str, Field]] = {
    "statement": {
        "notBefore": f.time, "expires": f.time, "supersedes": f.hash_, "draft": f.hash_,
        "approvedBy": f.several(_APPROVER, least=1, most=16),
    },
    "receipt": {"mayBeQuoted": f.flag},
    "claim": {"where": f.text, "url": f.text, "basis": f.hash_, "toldBy": f.hash_},
    "expectation": {"due": f.time},
    "draft": {"speaksForCandidate": f.flag},
    "report": {"calledBack": f.hash_},
    "release": {"uses": f.several(f.text), "expires": f.time},
    "event": {"title": f.text, "places": f.several(f.text), "imprint": f.text},
}  # fmt: skip


def check_record(record: Any) -> None:
    """Nothing, if this is a record of a type that is known here; otherwise ``BadInput``. Proofs are not judged."""
    if not isinstance(record, dict):
        raise BadInput("A record is a JSON object; this is none.")
    type_ = record.get("type")
    if type_ not in NEEDED:
        raise BadInput(
            f"There is no record of the type «{str(type_)[:40]}»; a newer version may know it."
        )
    allowed = {**ALLOWED.get(type_, {}), "proof": lambda _: True}
    f.check(record, {**COMMON, **NEEDED[type_]}, allowed, type_)
    if type_ == "statement" and record["kind"] == "withdrawal" and "supersedes" not in record:
        raise BadInput("A withdrawal needs the field «supersedes»: what does it withdraw?")
    if type_ == "report":
        inner = record["record"]
        if inner.get("type") == "report" or "proof" in inner or inner.get("issuer") != record["by"]:
            raise BadInput("A report holds one record of the one it reports on, without a proof.")
        check_record(inner)


def sign_record(record: Mapping[str, Any], secret: SecretKey) -> dict[str, Any]:
    """The record with the proof of its issuer's statement key."""
    check_record(dict(record))
    return signed(record, secret, method_name(record["issuer"], secret.public.multikey))


def method_name(node: str, multikey: str) -> str:
    """How a proof names the key of a node."""
    return f"{node}#{multikey}"
