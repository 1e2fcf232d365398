"""
Sessions: a time and a place, who signed up, who confirmed, who came, and what is sent to them when.
"""
