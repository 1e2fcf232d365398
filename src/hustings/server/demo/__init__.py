"""
A campaign to look at and to break: a generated town, invented people, the results of a first evening.

Everything goes in by the same doors as in a real campaign: the register as a file, the town as a map.
"""
