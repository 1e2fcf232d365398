"""
What two servers say to each other, as values: who is asking, and whether the request is whole.

Authority never comes from a request: it comes from the proof on the record inside (:mod:`hustings.core.ledger`).
"""
