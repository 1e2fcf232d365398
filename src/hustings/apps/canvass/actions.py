"""What may be done in this room; each verb stands in the file that is named for it."""

from __future__ import annotations

from hustings.apps.canvass.batch import Outcome
from hustings.apps.canvass.letting_in import (
    ask_for_walk,
    hand_back,
    let_phones_in,
    take_back,
    use_link,
)
from hustings.apps.canvass.meeting import meet
from hustings.apps.canvass.recording import heard_from, new_event_id, record
from hustings.apps.canvass.wordings import wording_now

__all__ = [
    "Outcome",
    "ask_for_walk",
    "hand_back",
    "heard_from",
    "let_phones_in",
    "meet",
    "new_event_id",
    "record",
    "take_back",
    "use_link",
    "wording_now",
]
