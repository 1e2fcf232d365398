"""
The desk's first page: what needs somebody now, who is out, what came back, who has not confirmed.

It keeps nothing; other rooms register what they have to say in ``matters.py``.
"""
