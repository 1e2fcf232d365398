"""
Polling day: promises, who has voted, and the knocks on those who have not.

A mark says that somebody has voted, never how. It is what a teller heard, may be wrong, and can be taken back.
Everything told on a polling day is deleted on the day that was stated when it was opened.
"""
