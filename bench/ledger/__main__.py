"""
``python -m bench.ledger``: the size of a proof, and what checking costs, each beside its goal.

* a proof with one witness, in bytes, and its whole verification without a network (record, histories of keys,
  inclusion, head, co-signature), in logs of 100 to 100,000 records;
* the whole log of 1,000 signed records read and searched for what is not there; and the same with the signature
  of each record verified;
* appending a record, a proof out of stored hashes, and the states of 1,000 records;
* the offline page on the bundle of the largest log, where a Chromium is installed.

All but the record that is proven are short lines in the large logs: what a leaf holds does not change a proof.
The exit code is 0 whether goals are met or not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bench.ledger.page import page_ms
from hustings.core.ledger.absence import search_log
from hustings.core.ledger.bundle import make_bundle
from hustings.core.ledger.canonical import canonical
from hustings.core.ledger.checkpoint import Checkpoint
from hustings.core.ledger.key_history import (
    KeyHistory,
    commitment,
    first_event,
    recovery_hash,
)
from hustings.core.ledger.keys import SecretKey
from hustings.core.ledger.merkle import CompactRange, leaf_hash
from hustings.core.ledger.records import sign_record
from hustings.core.ledger.signatures import check_signed
from hustings.core.ledger.states import fold
from hustings.core.ledger.tlog_proof import TlogProof
from hustings.core.ledger.tree import inclusion_path
from hustings.core.ledger.verify import verify_bundle
from hustings.core.ledger.witness import Witness

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (100, 1_000, 10_000, 100_000)
PROOF_BYTES, VERIFY_MS, PAGE_MS, ABSENCE_S = 1_200, 5.0, 50.0, 1.0
TIMES = 200
SEEN_AT = 1_472_040_000


def secret(name: str) -> SecretKey:
    """The same secret for the same name."""
    return SecretKey(hashlib.sha256(name.encode()).digest())


def node(name: str) -> KeyHistory:
    """A campaign with its first keys."""
    parts = ("statement", "log", "witness")
    fields = {
        "id": urn(name), "created": "2016-06-01T09:00:00Z", "name": f"{name} for Mayor",
        "origin": f"{name.lower()}.example/log",
        "keys": {part: secret(f"{name} {part}").public.multikey for part in parts},
        "next": commitment({"next": name}), "recovery": recovery_hash(secret("recovery").public),
        "logSize": 0,
    }  # fmt: skip
    return KeyHistory.of([first_event(fields, secret(f"{name} statement"))])


def urn(name: object) -> str:
    """The same id for the same name."""
    return f"urn:uuid:{UUID(bytes=hashlib.sha256(str(name).encode()).digest()[:16])}"


def statement(issuer: KeyHistory, to: str, number: int) -> dict[str, Any]:
    """A signed greeting of some hundred letters."""
    record = {
        "id": urn(number), "type": "statement", "issuer": issuer.node,
        "created": "2016-08-24T10:00:00Z", "kind": "greeting", "to": [to], "lang": "en",
        "public": True, "seq": number,
        "body": f"Greeting {number}: we have followed what you do with great respect, and wish you well.",
    }  # fmt: skip
    return sign_record(record, secret("Birch statement"))


def took_ms(work: Callable[[], object], times: int = TIMES) -> tuple[float, float]:
    """Median and worst of several runs, in milliseconds."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - began))
    return median(found), max(found)


def proofs() -> dict[str, float]:
    """Sizes and times of proofs in logs of each size."""
    alder, birch = node("Alder"), node("Birch")
    record = statement(birch, alder.node, 1)
    figures: dict[str, float] = {}
    log, hashes, text = CompactRange(), {}, ""
    appending_s = 0.0
    for number in range(max(SIZES)):
        leaf = canonical(record) if number == min(SIZES) // 2 else b"record %d" % number
        began = time.perf_counter()
        log, made = log.append(leaf_hash(leaf))
        hashes.update({(level, index): hash_ for level, index, hash_ in made})
        appending_s += time.perf_counter() - began
        if log.size not in SIZES:
            continue
        size = log.size
        index = min(SIZES) // 2
        note = Checkpoint(birch.now.log.name, size, log.root).sign(secret("Birch log"))
        witness = Witness(alder.now.witness.name, secret("Alder witness"))
        line = witness.consider(note, [], log=birch.now.log, last=None, time=SEEN_AT)
        path = tuple(inclusion_path(index, size, lambda *at: hashes[at]))
        proof = TlogProof(index, path, note.with_lines([line]))
        text = str(make_bundle(record, proof, [birch, alder]))
        if not verify_bundle(text).good:
            raise SystemExit(verify_bundle(text).proven)
        middle, worst = took_ms(lambda text=text: verify_bundle(text))  # type: ignore[misc]
        figures |= {
            f"{size} records: hashes in the path": len(path),
            f"{size} records: proof, bytes": len(str(proof).encode()),
            f"{size} records: bundle with keys, bytes": len(text.encode()),
            f"{size} records: verify, ms": middle,
            f"{size} records: verify, worst of {TIMES}, ms": worst,
        }
    in_browser = page_ms(text)
    if in_browser is not None:
        figures[f"{log.size} records: verify on the offline page, ms"] = in_browser
    figures["append and store, µs a record"] = appending_s / log.size * 1e6
    figures["a path out of stored hashes, ms"] = took_ms(
        lambda: inclusion_path(77_777, log.size, lambda *at: hashes[at])
    )[0]
    return figures


def absence() -> dict[str, float]:
    """A whole log of 1,000 signed records, searched; and its states."""
    alder, birch = node("Alder"), node("Birch")
    records = [statement(birch, alder.node, number) for number in range(1_000)]
    entries = [canonical(record) for record in records]
    log = CompactRange()
    for entry in entries:
        log, _ = log.append(leaf_hash(entry))
    head = Checkpoint(birch.now.log.name, log.size, log.root)

    def search() -> None:
        if search_log(entries, head, lambda one: one["kind"] == "endorsement").found:
            raise SystemExit("Something was found that is not there.")

    def with_signatures() -> None:
        search()
        for index, record in enumerate(records):
            check_signed(record, index, birch)

    return {
        "whole log of 1000 records searched, s": took_ms(search, 9)[0] / 1000,
        "the same with every signature verified, s": took_ms(with_signatures, 5)[0] / 1000,
        "states of 1000 records, s": took_ms(
            lambda: fold(records, "2016-09-01T00:00:00Z", us=alder.node), 9
        )[0] / 1000,
    }  # fmt: skip


GOALS = {
    f"{max(SIZES)} records: proof, bytes": PROOF_BYTES,
    f"{max(SIZES)} records: verify, ms": VERIFY_MS,
    f"{max(SIZES)} records: verify on the offline page, ms": PAGE_MS,
    "whole log of 1000 records searched, s": ABSENCE_S,
}


def main() -> int:
    """Print the figures; ``--json`` for one object."""
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    figures = proofs() | absence()
    if not any("offline page" in name for name in figures):
        print("The offline page was not measured: no Chromium is installed.", file=sys.stderr)
    if chosen.json:
        print(json.dumps(figures))
        return 0
    for name, value in figures.items():
        goal = GOALS.get(name)
        judged = (
            "" if goal is None else f"  goal ≤ {goal:g}: {'met' if value <= goal else 'MISSED'}"
        )
        print(
            f"{name:58} {value:>10,.3f}{judged}"
            if value % 1
            else f"{name:58} {value:>10,.0f}{judged}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
