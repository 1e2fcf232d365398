"""
Sending people out: the next free walk for whoever stands at the table, and the best one from anywhere.
"""
