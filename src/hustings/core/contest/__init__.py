"""
Counting: votes, ballots and groups in, a count out, with every step on paper.

Whole numbers and ``Fraction`` only; no float, no clock, no file, no chance.
What a rule cannot decide is a ``Tie``, a value that the count returns and that only a ``Lot`` on record resolves.
Every method returns a ``Count`` with its ``Transcript``; beside each stands a check that judges without sharing its code.
"""
