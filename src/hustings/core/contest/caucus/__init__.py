"""
The precinct caucus: groups of people in a room, and the delegates that each group elects.

What the parties and years do differently is in the rules that are handed in, never in a branch for one of them.
"""
