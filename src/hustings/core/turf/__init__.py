"""
Turf: doors and streets in, walks out.

A *turf* is the set of doors one person is given; its *walk* is the order to knock on them.
Cutting is route-first: the walk through all doors is found before it is divided.
"""
