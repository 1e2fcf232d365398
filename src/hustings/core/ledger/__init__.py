"""
The ledger: what campaigns say about each other, so that anybody can check it.

Each campaign (a *node*) keeps one append-only *log* of signed *records*; another campaign is its *witness*.
A record is JSON with a signature on it; its name is the hash of its canonical bytes.
A *bundle* is a record, the proof that it stands in the log, and the keys: it is verified without a network.
A *state* (sent, denied, withdrawn …) is never stored: it is folded out of records.
The methods are told, with their sources, in ``docs/methods/ledger.md``.
"""
