"""
What was heard at doors and wants doing: posters, postal votes, lifts, casework, help, calls, coming back.

A follow-up is worked out from events each time it is asked for; rows say only what was done about it.
"""
