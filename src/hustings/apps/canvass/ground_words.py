"""The words of the phone's map, of the walk's order and of saving power; ``app_words`` hands them out with the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Mapping[str, Any] = {
    # --- the list, the map and the order
    "views": _("Ways to see the walk"),
    "view_list": _("List"),
    "view_map": _("Map"),
    "view_order": _("Order"),
    "next_tag": _("next"),
    "hand_left": _("on your left"),
    "hand_right": _("on your right"),
    "numbers_even": _("even numbers"),
    "numbers_odd": _("odd numbers"),
    "no_answer_at": _("No answer at {address}"),
    "kept_no_answer": _("No answer at {address}"),
    "undo_it": _("Undo"),
    "own_order": _("In your own order"),
    # --- the order
    "order": _("Order of the walk"),
    "order_why": _("Tap a stop to change the order. It stays on this phone and changes nothing for anybody else."),
    "order_planned": _("As planned. Next is {address}."),
    "order_begins": _("Your own order. Next is {address}."),
    "turn_around": _("Turn around"),
    "as_planned": _("Order as planned"),
    "start_here": _("Start from here"),
    "side_first": _("This side first"),
    "earlier": _("Earlier"),
    "later": _("Later"),
    "order_ready": _("To the list"),
    # --- the map
    "map_title": _("Map of the walk"),
    "map_label": _("The walk’s streets, houses and stops, with their numbers and the way from one to the next. The list says the same."),
    "map_list_says": _("The list has the same stops in the same order, and the same buttons."),
    "map_failed": _("The map could not be opened; the list works without it. ({why})"),
    "no_map": _("There is no map of this walk on the phone yet. With a signal it comes by itself; the list has everything."),
    "zoom_in": _("Closer"),
    "zoom_out": _("Farther away"),
    "whole_walk": _("Whole walk"),
    "where_am_i": _("Where am I"),
    "where_looking": _("Asking the phone where you are…"),
    "where_near": _("You are about {metres} m from {address}. The place is kept nowhere and sent to nobody."),
    "where_no": _("This phone may not be asked where it is. The map works without."),
    "where_unknown": _("The phone does not know where it is. The map works without."),
    "chosen_stop": _("The stop that you tapped"),
    "stop_before": _("The stop before"),
    "stop_after": _("The stop after"),
    "open_stop": _("Open {address}"),
    "not_placed": _("It could not be placed on the map."),
    "legend_left": _("left to do"),
    "legend_out": _("no answer"),
    "legend_back": _("come back"),
    "legend_done": _("done"),
    "own_way": _("Dotted: your own order, straight from stop to stop."),
    # --- saving power
    "power_off": _("Save power"),
    "power_on": _("Saving power"),
    "power_why": _("A dark screen, nothing that moves, and news of other canvassers only when you send. Answers are kept and sent as always."),
    "power_offer": _("The battery is low. Save power?"),
    "power_yes": _("Save power"),
    "power_no": _("Not now"),
}  # fmt: skip

COUNTED: Mapping[str, Any] = {
    "not_on_map_n": ngettext_lazy(
        "{n} door could not be placed on the map; it is in the list.",
        "{n} doors could not be placed on the map; they are in the list.",
        "n",
    ),
}
