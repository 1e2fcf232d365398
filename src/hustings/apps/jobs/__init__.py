"""
Work in the background, with progress.

The queue is Django's tasks interface on our own database; this room adds what it lacks: progress that
is seen while the work runs, a heartbeat, and a second try when a worker died.
"""
