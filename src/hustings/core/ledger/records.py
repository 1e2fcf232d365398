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
ARTEFACTS = ("playbook", "leaflet", "badge", "poster", "sticker", "shirt")
METHODS, ANSWERS = ("request", "reply", "cancel"), ("accepted", "declined", "tentative")
"""What an invitation is in iTIP's words (RFC 5546), and what is answered."""

COMMON: dict[str, Field] = {"id": f.ID, "type": f.TEXT, "issuer": f.TEXT, "created": f.TIME}
_FILE = f.parts({"hash": f.HASH, "size": f.WHOLE}, {"name": f.TEXT})
_APPROVER = f.parts({"role": f.TEXT}, {"key": f.TEXT})

NEEDED: dict[str, dict[str, Field]] = {
    "statement": {
        "kind": f.one_of(*KINDS), "to": f.several(f.TEXT), "body": f.TEXT, "lang": f.TEXT,
        "public": f.FLAG, "seq": f.WHOLE,
    },
    "receipt": {"of": f.HASH, "decision": f.one_of("received", "accepted", "declined")},
    "claim": {
        "claimant": f.TEXT, "about": f.TEXT, "kind": f.one_of(*KINDS), "quote": f.TEXT, "when": f.TIME,
    },
    "query": {"of": f.HASH, "to": f.TEXT, "due": f.TIME},
    "response": {
        "of": f.HASH, "decision": f.one_of("confirm", "deny", "correct"), "text": f.TEXT,
        "authority": f.one_of(*AUTHORITIES),
    },
    "retraction": {"of": f.HASH, "reason": f.TEXT},
    "expectation": {"about": f.TEXT, "kind": f.TEXT, "quote": f.TEXT},
    "announcement": {"of": f.HASH, "kind": f.one_of(*KINDS), "quote": f.TEXT},
    "draft": {"kind": f.one_of(*KINDS), "to": f.several(f.TEXT), "body": f.TEXT, "enteredBy": f.TEXT},
    "approval": {"of": f.HASH, "by": f.TEXT, "role": f.TEXT},
    "report": {
        "by": f.TEXT, "evidence": f.one_of(*EVIDENCE), "source": f.TEXT,
        "record": f.by_name(f.ANYTHING),
    },
    "referral": {"count": f.WHOLE, "period": f.TEXT, "purpose": f.TEXT, "consent": f.several(f.HASH)},
    "consent": {"commitment": f.HASH},
    "deletion": {"of": f.HASH, "consent": f.several(f.HASH, least=1)},
    "release": {
        "artefact": f.one_of(*ARTEFACTS), "version": f.WHOLE,
        "files": f.several(_FILE, least=1), "licence": f.TEXT, "lang": f.TEXT,
        "imprints": f.by_name(f.TEXT),
    },
    "event": {
        "uid": f.TEXT, "sequence": f.WHOLE, "ics": f.HASH, "campaignEvent": f.FLAG, "host": f.TEXT,
    },
    "observation": {"contest": f.TEXT, "sheet": f.HASH},
}  # fmt: skip

ALLOWED: dict[str, dict[str, Field]] = {
    "statement": {
        "notBefore": f.TIME, "expires": f.TIME, "supersedes": f.HASH, "draft": f.HASH,
        "approvedBy": f.several(_APPROVER, least=1, most=16),
    },
    "receipt": {"mayBeQuoted": f.FLAG},
    "claim": {"where": f.TEXT, "url": f.TEXT, "basis": f.HASH, "toldBy": f.HASH},
    "expectation": {"due": f.TIME},
    "draft": {
        "speaksForCandidate": f.FLAG, "lang": f.TEXT, "public": f.FLAG, "notBefore": f.TIME,
        "expires": f.TIME, "replaces": f.HASH,
    },
    "report": {"calledBack": f.HASH, "toldBy": f.HASH, "name": f.TEXT},
    "referral": {"to": f.TEXT, "expires": f.TIME},
    "release": {
        "uses": f.several(f.TEXT), "expires": f.TIME, "design": f.TEXT, "title": f.TEXT,
    },
    "event": {
        "title": f.TEXT, "places": f.several(f.TEXT), "imprint": f.TEXT, "to": f.several(f.TEXT),
        "method": f.one_of(*METHODS), "answer": f.one_of(*ANSWERS),
    },
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
    allowed = {**ALLOWED.get(type_, {}), "proof": f.ANYTHING}
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
