"""
The electoral register, as values: what a row may say, and how it is read.

A *register entry* is what the authority printed on one line.
It is not a person, not a way to reach one, and not a household: those are kept elsewhere and hang together by reference.
Everything here takes text and gives values; nothing reads a file.
"""

from hustings.core.register.clean import CleanRow, RowCleaner
from hustings.core.register.layout import Kind, Layout
from hustings.core.register.mapping import Guess, guess_columns
from hustings.core.register.names import fold
from hustings.core.register.numbers import ElectorNumber
from hustings.core.register.problems import Problem, ProblemKind

__all__ = [
    "CleanRow",
    "ElectorNumber",
    "Guess",
    "Kind",
    "Layout",
    "Problem",
    "ProblemKind",
    "RowCleaner",
    "fold",
    "guess_columns",
]
