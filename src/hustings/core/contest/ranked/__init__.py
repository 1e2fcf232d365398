"""
Ballots that rank candidates: instant run-off and its kin by RCTab's rules, and Scottish STV.

``ballots`` reads rankings as plain values and turns them into what a count needs, ``rules`` reads the rules, ``irv``
and ``stv_scottish`` count, ``check`` and ``check_stv`` judge a count without sharing the counters' code.
"""
