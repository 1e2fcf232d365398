"""
The effort in numbers: doors, contacts, answers, by walk, phone and day, while people are out.

It holds no rows of its own. Every figure has its definition, its denominator and its age in
``definitions.py`` and ``docs/reference/results.md``; nobody's name is among them.
"""
