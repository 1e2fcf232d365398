"""
Two campaigns, two servers: what is said travels, each keeps the other's log, and each is the other's witness.

A *peer* is a party that was met and has keys. A *parcel* is what goes to it, by request or as a file, with the same
result. Nothing here decides what is true or in force: that is ``statements`` and ``core/ledger``.
"""
