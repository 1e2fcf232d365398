"""
Whom a record is for, and who may read it in our log.

A record is for whom it is addressed to or about, and whoever made what it speaks of; a statement to nobody by name
is for every peer. Everyone reads what the public page shows, and nobody else's word comes out by the log: before an
embargo ends, and where a word is not public, others see the hash of its leaf only, which tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.apps.statements.publishing import is_public, stands_announced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.statements.reading import Ledger
    from hustings.core.ledger.hearing import Heard

PERSONS_OF = ("to", "about", "claimant", "by", "host")
DEEPEST = 8
"""Records speak of records that speak of records; nobody needs more steps than this."""


def concerned(said: Mapping[str, Any], known: Mapping[str, Heard], deep: int = DEEPEST) -> set[str]:
    """The codes of all whom a record is by, to or about, and of those whose word it speaks of."""
    found = {said["issuer"]} if "issuer" in said else set()
    for name in PERSONS_OF:
        value = said.get(name)
        found |= {value} if isinstance(value, str) else set(value or ())
    for name in ("of", "supersedes"):
        one = known.get(said.get(name, ""))
        if one is not None and deep:
            found.add(one.by)
            if (
                said["type"] != "receipt"
            ):  # what we decided is for whoever said it, not for whom else they told
                found |= concerned(one.said, known, deep - 1)
    return found


def is_for(ledger: Ledger, one: Heard, party: str) -> bool:
    """Whether a record of ours is to be brought to this party now."""
    if party in concerned(one.said, ledger.standing.heard) or _is_lent(ledger, one):
        return True
    if one.said["type"] != "statement":
        return False
    return not one.said["to"] and is_public(one, ledger.now)


def _is_lent(ledger: Ledger, one: Heard) -> bool:
    """Whether it lends something to every peer, or takes that back: a playbook or design that others may use."""
    if one.said["type"] == "retraction":
        of = ledger.standing.heard.get(one.said["of"])
        return of is not None and of.by == one.by and of.said["type"] == "release"
    return one.said["type"] == "release" and "own" not in one.said.get("uses", [])


def may_read(ledger: Ledger, one: Heard | None, party: str = "") -> bool:
    """Whether the log shows this record of ours to that party, or ("") to everyone."""
    if one is None:
        return False
    if party and (party in concerned(one.said, ledger.standing.heard) or _is_lent(ledger, one)):
        return True
    kind = one.said["type"]
    if kind == "statement":
        return is_public(one, ledger.now)
    return kind == "announcement" and stands_announced(ledger, one)
