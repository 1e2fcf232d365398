"""
Invented towns: streets, doors and electors that resemble a real place and are nobody's.

Used by the demo, by the tests and by the bench. The same number of doors and the same seed give the
same town, on every machine.
"""
