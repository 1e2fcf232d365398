"""
Places: buildings and doors, and where they are.

A door is found from a household by its address (``address_key``). This room knows nothing of people.
"""
