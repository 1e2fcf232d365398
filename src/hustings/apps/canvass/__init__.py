"""
The doorstep: phones let in, walks carried, and what was heard at each door.

An event is a report made on a phone with its own id; it is added and never changed. A correction is
another event. What counts now is worked out by rule from the events of a door and of a person, in
the same transaction that receives them (``intake.py``). Nobody above this app is needed for it, and
nobody below it knows that it exists: who supports us and when somebody was last spoken to is kept for
them in ``people.PersonStanding``.
"""
