"""
Campaigns, and the wall between them.

Every other row in Hustings belongs to exactly one campaign; this room holds the campaign itself,
the two walls that keep campaigns strangers to each other, and nothing about people.
"""
