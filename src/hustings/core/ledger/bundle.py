"""
A bundle: one record, the keys of those who vouch for it, and its place in the log, as text.

::

    hustings-bundle@v1
    record {…}
    key {…}            the issuer's key events in their order, then those of each witness
    c2sp.org/tlog-proof@v1
    index 11
    …                  the rest is a .tlog-proof file, to its end

It has one form only: canonical JSON, no line more or less, every signature by somebody whose keys are known.
So a bundle that was changed anywhere is never read as the same one.
Key lines may be left out for those who know the keys already.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical, read_canonical
from hustings.core.ledger.key_history import KeyHistory
from hustings.core.ledger.tlog_proof import HEADER as PROOF_HEADER
from hustings.core.ledger.tlog_proof import TlogProof, read_tlog_proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEADER = "hustings-bundle@v1"
MOST_CHARACTERS = 1_000_000
_RECORD, _KEY = "record ", "key "


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is in a bundle; nothing of it is verified yet."""

    record: dict[str, Any]
    keys: tuple[dict[str, Any], ...]
    proof: TlogProof

    def __str__(self) -> str:
        return "\n".join(
            [
                HEADER,
                _RECORD + canonical(self.record).decode(),
                *(_KEY + canonical(event).decode() for event in self.keys),
                str(self.proof),
            ]
        )

    @property
    def leaf(self) -> bytes:
        """The bytes that stand in the log."""
        return canonical(self.record)

    def histories(self) -> list[KeyHistory]:
        """The histories of the nodes whose keys it brings, in their order."""
        return _histories(self.keys)


def make_bundle(
    record: dict[str, Any], proof: TlogProof, histories: Iterable[KeyHistory]
) -> Bundle:
    """The bundle with the keys of ``histories``: the issuer's first, then the witnesses'."""
    keys = tuple(event.record for history in histories for event in history.events)
    return Bundle(record, keys, proof)


def read_bundle(text: str) -> Bundle:
    """The bundle that ``text`` is; ``BadInput`` where it is none, or was written in another way."""
    if len(text) > MOST_CHARACTERS:
        raise BadInput(f"This is no bundle: it has more than {MOST_CHARACTERS:,} characters.")
    above, header, below = text.partition("\n" + PROOF_HEADER + "\n")
    first, *lines = above.split("\n")
    if first != HEADER:
        raise BadInput(f"This is no bundle: its first line should be {HEADER}.")
    if not header:
        raise BadInput(f"This bundle was cut off: the line {PROOF_HEADER} is missing.")
    if not lines or not lines[0].startswith(_RECORD):
        raise BadInput("The second line of a bundle should begin with «record».")
    record = _object(lines[0].removeprefix(_RECORD), "record")
    keys = []
    for line in lines[1:]:
        if not line.startswith(_KEY):
            raise BadInput(f"A bundle has no line that begins with «{line[:20]}».")
        keys.append(_object(line.removeprefix(_KEY), "key line"))
    bundle = Bundle(record, tuple(keys), read_tlog_proof(PROOF_HEADER + "\n" + below))
    if str(bundle) != text:
        raise BadInput("This bundle is not written as bundles are, so it was changed on its way.")
    return bundle


def read_keys(text: str) -> list[KeyHistory]:
    """The histories in a text of key lines alone, as they stand in bundles."""
    lines = text.removesuffix("\n").split("\n")
    if not all(line.startswith(_KEY) for line in lines):
        raise BadInput("A file of keys has only lines that begin with «key», as bundles have them.")
    return _histories([_object(line.removeprefix(_KEY), "key line") for line in lines])


def _histories(keys: Sequence[dict[str, Any]]) -> list[KeyHistory]:
    groups = groupby(keys, key=lambda event: event.get("issuer"))
    found = [KeyHistory.of(group) for _, group in groups]
    if len({history.node for history in found}) != len(found):
        raise BadInput("The key lines of one node stand in two places.")
    return found


def _object(text: str, what: str) -> dict[str, Any]:
    value = read_canonical(text)
    if not isinstance(value, dict):
        raise BadInput(f"The {what} of this bundle is no JSON object.")
    return value
