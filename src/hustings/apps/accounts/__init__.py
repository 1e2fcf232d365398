"""
People who use the system: who they are, in which campaigns, with which role, on which phones.

Nothing about voters is held here.
"""
