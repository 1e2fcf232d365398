"""
The law and the customs of campaigning that software can check or record, as values.

A *rule* is data with a citation, a source and a date; a *fact* is what somebody answered.
:func:`judge` takes both and a day, and gives findings and questions.
Nothing here is legal advice, opens a file or knows what day it is; the rules themselves are read by
:mod:`hustings.formats.law`.
"""

from hustings.core.law.book import Book
from hustings.core.law.judging import Answer, Finding, Override, Question, judge
from hustings.core.law.money import Money
from hustings.core.law.overriding import MayNotOverride, override
from hustings.core.law.rule import Rule

__all__ = [
    "Answer",
    "Book",
    "Finding",
    "MayNotOverride",
    "Money",
    "Override",
    "Question",
    "Rule",
    "judge",
    "override",
]
