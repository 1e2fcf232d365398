"""
A parcel: all that goes from one peer to the other at one time, by request or as a file, as one JSON object.

::

    format        hustings-parcel@v1
    from, to      the two nodes
    keys          the sender's key events
    have          how many records of the receiver's log the sender holds
    cosigned      the sender's line under the receiver's head of that size, or nothing
    log           the sender's head, and the places of its log from ``start`` on: a record, or the hash of its leaf
    bundles       records for the receiver with their proofs, oldest first
    attachments   what goes along with them (``attachments.py``)
    results       what the sender took of the receiver's, and what it refused, with the sentence

Nothing in it is believed for being in it: records, heads, keys and lines are each signed by themselves.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hustings.apps.exchange.following import Leaf, ShownLog
from hustings.apps.exchange.witnessing import line_of_text
from hustings.core.errors import BadInput
from hustings.core.ledger.bundle import MOST_CHARACTERS as MOST_IN_A_BUNDLE
from hustings.core.ledger.canonical import canonical, read_json
from hustings.core.ledger.key_history import KeyHistory
from hustings.core.ledger.merkle import HASH_BYTES
from hustings.core.ledger.note import from_base64, read_note, to_base64

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.ledger.note import NoteSignature

FORMAT = "hustings-parcel@v1"
MOST_BYTES = 8 * 1024 * 1024
"""Of a request; a file may hold a whole log and is read in up to :data:`MOST_FILE_BYTES`."""
MOST_FILE_BYTES = 64 * 1024 * 1024
MOST_ENTRIES, MOST_BUNDLES, MOST_RESULTS, MOST_ATTACHMENTS = 2_000, 200, 500, 100


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one thing that was sent; ``refused`` is "" where it was taken."""

    name: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel."""

    sender: str
    receiver: str
    keys: KeyHistory
    have: int = 0
    cosigned: tuple[int, NoteSignature] | None = None
    log: ShownLog | None = None
    bundles: tuple[str, ...] = ()
    attachments: tuple[dict[str, Any], ...] = ()
    results: tuple[Result, ...] = field(default=())

    def __str__(self) -> str:
        said: dict[str, Any] = {
            "format": FORMAT, "from": self.sender, "to": self.receiver,
            "keys": [event.record for event in self.keys.events], "have": self.have,
            "bundles": list(self.bundles), "attachments": list(self.attachments),
            "results": [{"name": one.name, "refused": one.refused} for one in self.results],
        }  # fmt: skip
        if self.cosigned:
            size, line = self.cosigned
            said["cosigned"] = {"size": size, "line": str(line)}
        if self.log:
            entries = [entry(leaf) for leaf in self.log.leaves]
            said["log"] = {
                "checkpoint": str(self.log.note),
                "start": self.log.start,
                "entries": entries,
            }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def entry(leaf: Leaf) -> dict[str, Any]:
    """One place of a log, as it is shown."""
    if leaf.content is None:
        return {"leaf": to_base64(leaf.hash)}
    record: dict[str, Any] = {"record": json.loads(leaf.content)}
    return record


def read_parcel(text: str | bytes, *, most: int = MOST_BYTES) -> Parcel:
    """The parcel that ``text`` is; ``BadInput`` says what is wrong with it. Nothing of it is verified."""
    said = read_json(text, most)
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BadInput(f"This is no parcel: its format should be {FORMAT}.")
    return Parcel(
        sender=_text(said, "from"),
        receiver=_text(said, "to"),
        keys=KeyHistory.of(_list(said, "keys", 1_000)),
        have=_whole(said, "have"),
        cosigned=_cosigned(said.get("cosigned")),
        log=_log(said.get("log"), most),
        bundles=tuple(_bundle(one) for one in _list(said, "bundles", most)),
        attachments=tuple(
            one if isinstance(one, dict) else {} for one in _list(said, "attachments", most)
        ),
        results=tuple(_result(one) for one in _list(said, "results", most)),
    )


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or "\0" in value:
        raise BadInput(f"The parcel does not say «{name}» as a text.")
    return value


def _whole(said: Mapping[str, Any], name: str) -> int:
    value = said.get(name)
    if type(value) is not int or value < 0:
        raise BadInput(f"The parcel does not say «{name}» as a whole number.")
    return value


def _list(said: Mapping[str, Any], name: str, most: int) -> list[Any]:
    value = said.get(name, [])
    if not isinstance(value, list) or len(value) > most:
        raise BadInput(f"The parcel does not say «{name}» as a list of at most {most}.")
    return value


def _bundle(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MOST_IN_A_BUNDLE:
        raise BadInput("A bundle in this parcel is no text of ours.")
    return value


def _result(value: Any) -> Result:
    if not isinstance(value, dict):
        raise BadInput("A result in this parcel is no object.")
    return Result(_text(value, "name"), _text(value, "refused")[:2_000])


def _cosigned(value: Any) -> tuple[int, NoteSignature] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise BadInput("The parcel does not say «cosigned» as an object.")
    return _whole(value, "size"), line_of_text(_text(value, "line"))


def _log(value: Any, most: int) -> ShownLog | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise BadInput("The parcel does not say «log» as an object.")
    leaves = tuple(read_entry(one) for one in _list(value, "entries", most))
    shown = ShownLog(read_note(_text(value, "checkpoint")), _whole(value, "start"), leaves)
    if shown.head.size != shown.start + len(leaves):
        raise BadInput(
            f"The head in this parcel is of {shown.head.size} records, and {shown.start + len(leaves)} lead to it."
        )
    return shown


def read_entry(value: Any) -> Leaf:
    """The place that this is."""
    if isinstance(value, dict) and isinstance(value.get("record"), dict):
        return Leaf.of(canonical(value["record"]))
    if isinstance(value, dict) and isinstance(value.get("leaf"), str):
        hash_ = from_base64(value["leaf"])
        if len(hash_) == HASH_BYTES:
            return Leaf(hash_)
    raise BadInput("A place of the log in this parcel is neither a record nor the hash of a leaf.")
