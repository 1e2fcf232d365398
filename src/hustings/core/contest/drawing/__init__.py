"""
Lots that anyone can check, for what a campaign selects itself; an official lot is physical and only put on record.

Nothing here draws by chance: an outcome follows from nonces that were committed to before, or from a beacon's round
that was named before.
"""
