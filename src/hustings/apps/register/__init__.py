"""
The electoral register as the authorities give it: entries, absent votes, and the files they came in.

An entry is not a person: it points at one. Every file comes in as one batch, which can be undone exactly.
A removed entry keeps its row and its person: what was said at the door outlives the register.
"""
