"""
Outings: which doors are knocked on, cut into which turfs, carried by whom.

This room holds the choice of doors, the cuts, the turfs with their doors in walking order, and who has
which turf until when. It refuses to hold what was heard at a door: that is the room above.
"""
