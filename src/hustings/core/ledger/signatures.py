"""Who signed a record, and whether that key was theirs to sign with at that place of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.core.ledger.keys import PublicKey
from hustings.core.ledger.proof import method_of, proofs_of, verify_proof
from hustings.core.ledger.records import method_name

if TYPE_CHECKING:
    from hustings.core.ledger.key_history import KeyEvent, KeyHistory


def check_signed(
    record: dict[str, Any], index: int, history: KeyHistory, seen: str | None = None
) -> None:
    """
    Nothing, if a statement key of the history signed the record, and each further proof is by a key of its roles.

    ``index`` is the record's place in the log; ``seen`` when a witness that the reader knows saw it there.
    """
    if record["issuer"] != history.node:
        raise BadInput("The record is issued by another node than these keys belong to.")
    event, proofs = signed_with(record, history.at(index, seen), history), proofs_of(record)
    verify_proof(record, proofs[0], event.key("statement"))
    roles: dict[str, str] = event.record.get("roles", {})
    signers = {event.key("statement").multikey}
    for proof in proofs[1:]:
        key = method_of(proof).partition("#")[2]
        if method_of(proof) != method_name(history.node, key) or key not in roles.values():
            raise BadInput("A further proof is by a key that no role of this node holds.")
        if key in signers:
            raise BadInput("The same key signed twice; a second signature adds nothing.")
        verify_proof(record, proof, PublicKey.of_multikey(key))
        signers.add(key)
    _check_approvals(record, roles, signers)
    wanted = event.record.get("threshold", {}).get(record.get("kind"), 1)
    if len(signers) < wanted:
        raise BadInput(
            f"This {record.get('kind')} needs {wanted} signatures of this node and has {len(signers)}."
        )


def check_in_force(
    record: dict[str, Any], index: int, history: KeyHistory, seen: str | None = None
) -> None:
    """Nothing, if the key that signed was in force for record ``index`` of the log, and not stolen by then."""
    in_force = history.at(index, seen)
    event = signed_with(record, in_force, history)
    if event is not in_force:
        raise BadInput(
            f"The key that signed was not in force for record {index + 1} of the log; it was replaced, or came later."
        )
    stolen = history.stolen(event, seen)
    if stolen and (index >= stolen[1] or record["created"] >= stolen[0]):
        raise BadInput(
            f"The key that signed is said to be stolen since {stolen[0]}, and this record came after."
        )


def signed_with(record: dict[str, Any], in_force: KeyEvent, history: KeyHistory) -> KeyEvent:
    """The event whose statement key the first proof names: the one in force, or else the last that has it."""
    proofs = proofs_of(record)
    if not proofs:
        raise BadInput("The record is not signed.")
    method = method_of(proofs[0])
    for event in (in_force, *reversed(history.events)):
        if method == method_name(history.node, event.key("statement").multikey):
            return event
    raise BadInput(
        "The key that signed the record is in no key event of its issuer: it is not theirs."
    )


def _check_approvals(record: dict[str, Any], roles: dict[str, str], signers: set[str]) -> None:
    for approval in record.get("approvedBy", []):
        role, key = approval.get("role"), approval.get("key")
        if key is not None and (roles.get(role) != key or key not in signers):
            raise BadInput(f"The record says that «{role}» approved it, but has no proof of it.")
