"""
What this campaign says, what others said to it or of it, and on whose authority.

The campaign is a *node* with keys and a log of its own; what it says is a signed *record* that stays. Where a
statement, a claim or a hope stands is folded out of the records (``core/ledger/states.py``), never stored.
"""
