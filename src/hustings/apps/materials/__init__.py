"""
Materials: leaflets, badges and playbooks as releases, what the law wants on them, and where the copies are.

This room judges a release by ``core/law`` before it is published or leaves as a file, sets the imprint on it, and
counts copies by place. It refuses to hold who got a leaflet at which door: that is a leaflet round's.
"""
