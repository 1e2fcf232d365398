"""
A canvasser's safety: checking in while out, of their own will, and telling the organisers of who is overdue.

No place is kept. What is shown as the last door is where somebody last recorded something on their walk.
Everything of it is deleted a week after the walk's time is over.
"""
