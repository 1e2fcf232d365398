"""
People who come: who wants to help, what with and when, who looks after them, and a page of their own.

A volunteer is a :class:`~hustings.apps.people.models.Person`; how they are reached is kept there.
"""
