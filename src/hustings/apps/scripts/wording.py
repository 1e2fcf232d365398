"""The words of this room: faults of a script, what was done to the draft, what answers stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.core.script.validating import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.script.validating import Fault

DID: Mapping[str, object] = {
    "add": gettext_lazy("added a step"),
    "remove": gettext_lazy("took a step out"),
    "move": gettext_lazy("moved a step"),
    "change": gettext_lazy("changed a step"),
    "answers": gettext_lazy("changed the answers"),
    "paste": gettext_lazy("pasted a script"),
    "version": gettext_lazy("began from an older version"),
}
"""By the code of an edit."""
STANDS_FOR: Mapping[str, object] = {
    "": gettext_lazy("a plain choice"),
    "poster": gettext_lazy("wants a poster"),
    "postal_vote": gettext_lazy("wants to vote by post"),
    "lift": gettext_lazy("wants a lift to vote"),
    "volunteer": gettext_lazy("wants to help"),
    "casework": gettext_lazy("has a problem for us to look at"),
    "call_back": gettext_lazy("wants to be called back"),
}
"""What an answer may stand for besides a level."""
SENSITIVE: Mapping[str, object] = {
    "open": gettext_lazy("ask everybody"),
    "personal": gettext_lazy("ask only who is willing to talk"),
    "not_kept": gettext_lazy("ask and listen; nothing is written down"),
}
"""How a question is asked, by its sensitivity."""
CHANGES: Mapping[str, object] = {
    "added": gettext_lazy("new step"),
    "removed": gettext_lazy("taken out"),
    "words": gettext_lazy("other words"),
    "answers": gettext_lazy("other answers"),
    "leads": gettext_lazy("goes on elsewhere"),
    "sensitivity": gettext_lazy("other sensitivity"),
    "order": gettext_lazy("other order"),
}
"""What changed between two versions."""


def sentence_of(fault: Fault) -> str:
    """In the reader's language."""
    return _(SENTENCES[fault.code]) % {"step": fault.step, "other": fault.other}
