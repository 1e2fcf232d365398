"""
Places: buildings and doors, where they are and how well that is known; the map of the town.

Nothing about people is held here.
"""
