"""The words of the board, as ``app_words`` has those of the other screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Mapping[str, Any] = {
    "tab_board": _("Board"),
    "board": _("Board"),
    "board_open": _("With a team: the board"),
    "board_why": _("One phone for the whole team: say who is with you, send each to a door, and record what they call back."),
    "board_who": _("Who is with you?"),
    "board_team": _("Team"),
    "board_name": _("First name or initials"),
    "board_names_stay": _("Names stay on this phone and go with the walk. Nobody is sent them."),
    "board_none_free": _("No door is free"),
    "board_no_door": _("has no door"),
    "board_all_out": _("has no door; none is free"),
    "board_deal": _("Send"),
    "board_deal_to": _("Send {who} to a door"),
    "board_onward": _("Next door"),
    "board_onward_of": _("Next door for {who}, done at {address}"),
    "board_next_for": _("Next door for {who}"),
    "board_no_answer_of": _("No answer for {who} at {address}"),
    "board_back": _("To the board"),
    "board_more": _("More about {who}"),
    "board_another": _("One more door for {who}"),
    "board_choose": _("A door for {who}"),
    "board_proposed": _("next"),
    "board_take_back": _("Take the door back"),
    "board_swap": _("{who} and {other} change places"),
    "board_goes_home": _("{who} goes home"),
    "board_comes_out": _("{who} is out again"),
    "board_home": _("Goes home"),
    "board_out_again": _("Out again"),
    "board_is_home": _("went home"),
    "board_put_away": _("Put the board away: forget the names"),
    "board_undo_dealt": _("Undo: {who} to {address}"),
    "board_undo_dealt_all": _("Undo: a door for everybody"),
    "board_undo_heard": _("Undo: {who} at {address}"),
    "board_undo_taken_back": _("Undo: {address} taken back"),
    "board_undo_swapped": _("Undo: places changed"),
    "board_undo_home": _("Undo: {who} went home"),
}  # fmt: skip

COUNTED: Mapping[str, Any] = {
    "board_free_n": ngettext_lazy(
        "{n} door free, next {address}",
        "{n} doors free, next {address}",
        "n",
    ),
    "board_deal_all": ngettext_lazy(
        "Send {n} of them to a door",
        "Send {n} of them to a door each",
        "n",
    ),
    "board_minutes": ngettext_lazy(
        "{n} min",
        "{n} min",
        "n",
    ),
    "board_here_since": ngettext_lazy(
        "{who} has been here since {since} ({n} minute).",
        "{who} has been here since {since} ({n} minutes).",
        "n",
    ),
}
