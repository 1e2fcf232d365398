"""
The words of the phone app; its page hands them to the modules in the language of the phone.

A word with ``{n}`` has a form for each kind of number that the language knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hustings.apps.canvass import board_words, ground_words, safety_words
from hustings.apps.canvass.wishes import Wish

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
"""A number of each kind, to ask the translation for its form."""


WORDS: Mapping[str, Any] = {
    # --- round every screen
    "this_walk": _("This walk"),
    "walk_title": _("Walk {number} · {name}"),
    "door_of": _("door {door} of {n}"),
    "done_short": _("{done} of {n} done"),
    "doors_done": _("Doors done"),
    "tab_walk": _("Walk"),
    "tab_script": _("Script"),
    "tab_receipt": _("Receipt"),
    "strip_offline_none": _("No signal. Go on: answers are kept on this phone."),
    "no_room": _("This phone has no room left, so the tap was not kept. Write it down, free some space, then tap again."),
    "not_kept": _("This tap was not kept. Tap again, or write it down. ({why})"),
    # --- walks
    "walks": _("Your walks"),
    "looking": _("Looking for your walks"),
    "no_walk_no_signal": _("No walk is on this phone yet, and there is no signal. It needs one once, to fetch a walk."),
    "no_walk": _("No walk is on this phone. Scan the code on your sheet, or type its six letters."),
    "another_walk": _("Open another walk"),
    "walk_from_here": _("Give me a walk from here"),
    "plain_pages": _("Use the plain pages"),
    "sign_out": _("Sign this phone out"),
    "walk_gone": _("This walk is not on this phone now"),
    "walk_gone_why": _("Its time is over, it was handed back, or it was never here. Nothing that you recorded is lost."),
    "to_walks": _("To my walks"),
    "my_walk": _("My walk"),
    "no_doors": _("No doors are left on this walk. Hand it back, or ask for another one."),
    "next": _("Next: {address}"),
    "to_receipt": _("All doors tried: to the receipt"),
    "left": _("left to do"),
    "done": _("done"),
    # --- a door
    "floor": _("floor {n}"),
    "next_is": _("next: {address}"),
    "last_one": _("the last one"),
    "whole_building": _("the whole building"),
    "nobody_known": _("We know nobody by name here."),
    "keeps_household": _("This walk keeps nothing about who lives here: only what came of this door."),
    "keeps_counts": _("This walk keeps sums only: nothing about this door. If somebody asks never to be visited again, tell your organiser."),
    # --- leaflet and poster rounds
    "delivered": _("Delivered"),
    "part": _("Delivered in part"),
    "not_delivered": _("Not delivered"),
    "what_came_of": _("What came of {address}?"),
    "one_by_one": _("Door by door"),
    "undo_delivery": _("Undo “{what}”: {where}"),
    "leaflets_left": _("Leaflets left over"),
    "posters_left": _("Posters left over"),
    "keep_number": _("Keep this number"),
    "not_a_number": _("Type a whole number, 0 if none is left."),
    "left_over": _("Left over"),
    "not_asked": _("Not asked yet"),
    "absent_postal": _("votes by post"),
    "absent_proxy": _("votes by proxy"),
    "absent_proxy_postal": _("votes by proxy, by post"),
    "not_registered": _("not on the register"),
    "stopped_moved": _("Moved away, we were told."),
    "stopped_deceased": _("Has died, we were told."),
    "stopped_asked": _("Asked not to be contacted: do not ask for them."),
    "what_said": _("What did {name} say?"),
    "refused": _("Refused"),
    "moved": _("Moved"),
    "do_not_contact": _("Do not contact"),
    "come_back": _("Come back"),
    "come_back_at": _("Come back {when}"),
    "when_back": _("When to come back"),
    "something_else": _("Something else"),
    "deceased": _("Has died"),
    "hostile": _("Hostile"),
    "language": _("Other language"),
    "language_is": _("Language: {which}"),
    "not_known": _("not known"),
    "which_language": _("Which language"),
    "record_language": _("Record the language"),
    "how_firmly": _("How firmly?"),
    "firm": _("{answer}, {how}"),
    "firm_1": _("weakly"),
    "firm_2": _("fairly"),
    "firm_3": _("strongly"),
    "somebody_else": _("Somebody else is at the door"),
    "somebody_mind": _("Add who they are only if they do not mind. Then tap what they say."),
    "forename": _("First name"),
    "surname": _("Surname"),
    "add": _("Add"),
    "never_mind": _("Never mind"),
    "take_off": _("Take {name} off again"),
    "unfinished": _("not finished"),
    "undo": _("Undo “{what}”"),
    "undone": _("Taken back"),
    "hide": _("Hide answers"),
    "no_answer": _("No answer"),
    "no_access": _("Could not get to the door"),
    "card_left": _("No answer, card left"),
    "would_like": _("They would like…"),
    **{f"wish_{wish.value}": wish.label for wish in Wish},
    "wish_about": _("What it is about, in a few words"),
    "wish_keep": _("Keep it"),
    "answer_and_wishes": _("{answer}; would like: {wishes}"),
    "next_door": _("Next door"),
    # --- a building
    "find_unit": _("Find a unit by its number"),
    "find_unit_none": _("No unit of this building is called that."),
    "next_floor": _("Next floor: {floor}"),
    "all_floors": _("All floors"),
    "ground_floor": _("Ground floor"),
    "floor_n": _("Floor {n}"),
    # --- the script
    "what_to_say": _("What to say"),
    "what_they_may_answer": _("What they may answer"),
    "script_language": _("Which language to say it in"),
    "as_written": _("As written"),
    "not_translated": _("This is not translated: said as it was written."),
    "who_answers": _("Who is at the door?"),
    "ask_if_willing": _("Only who is willing to talk."),
    "not_written_down": _("Ask and listen; nothing is written down."),
    "that_was_all": _("That was all. Thank them."),
    "go_on": _("Go on"),
    "step_back": _("Back"),
    "back_to_door": _("Back to the door"),
    "with_script": _("With the script, step by step"),
    "script_not_recorded": _("To read through. Open the script from a door, and what they answer is recorded."),
    "script_recorded": _("Recorded: {answer}"),
    "wording_n": _("Wording {version}. Say it in your own voice, and thank them whatever the answer."),
    # --- the receipt
    "thank_you": _("Thank you, {name}."),
    "thank_you_all": _("Thank you."),
    "walk_n": _("walk {number}"),
    "everything_arrived": _("Everything arrived"),
    "no_connection": _("No connection to ask"),
    "asking": _("Asking the organiser’s side"),
    "show_organiser": _("The two numbers differ: show this to the organiser"),
    "doors_recorded": _("doors recorded"),
    "doors_confirmed": _("confirmed"),
    "numbers_differ": _("The first number is this phone’s own, the second the server’s."),
    "not_confirmed_yet": _("The server has not confirmed anything yet. Your answers stay on this phone until it does."),
    "doors_tried": _("Doors tried"),
    "somebody_answered": _("Doors where somebody answered"),
    "answers": _("Answers"),
    "handed_back": _("The walk is back with the organiser. Thank you."),
    "not_handed_back": _("There is no connection, so the walk was not handed back. Try again where there is a signal."),
    "hand_back": _("Hand the walk back"),
    "try_again": _("Try again now"),
    "all_tried": _("All doors were tried."),
    # --- unsent answers
    "unsent": _("Not sent yet"),
    "nothing_unsent": _("Everything has arrived. Nothing waits on this phone."),
    "time_over": _("This phone’s time is over. Hand these answers to an organiser as a file, or ask to be let in again."),
    "waits": _("waits"),
    "refused_why": _("Not accepted: {why}"),
    "send_again": _("Send again"),
    "save_file": _("Save them as a file"),
    "save_file_why": _("An organiser can take in the file or the codes. Nothing counts twice, whichever arrives first."),
    "show_codes": _("Show them as codes"),
    "codes": _("Codes for the organiser"),
    "code_nth": _("Code {nth} of {n}"),
    "code_before": _("Before"),
    "code_after": _("After"),
    "codes_run": _("Show one after the other"),
    "codes_stop": _("Stop"),
    "codes_keep": _("The answers stay here until the campaign’s computer says that it has them. Any order will do, and twice does no harm."),
    "codes_text": _("The codes as text"),
    "throw_away": _("Throw away"),
    "throw_all": _("Throw them all away"),
    "throw_yes": _("Yes, throw away"),
    "keep_them": _("Keep them"),
    "keep_it": _("Keep it"),
    "sending": _("Sending…"),
    # --- a question about answers
    "organiser_asks": _("Your organiser asks"),
    "from_paper": _("Typed in from paper"),
    "we_were_several": _("Several of us knocked"),
    "tapped_later": _("Tapped in later"),
    "in_own_words": _("Or in your own words"),
    "tell_organiser": _("Tell them"),
    "not_told": _("There is no connection, so your reply was not sent. Try again where there is a signal."),
    # --- another browser
    "move": _("Move to another browser"),
    "move_why": _("From a chat program’s window to your own browser, or to the home screen: each keeps its own answers."),
    "move_from": _("From this browser"),
    "move_sent": _("Everything was sent, so nothing can be lost."),
    "move_saved": _("They are in the file: make the link"),
    "move_make": _("Make a link"),
    "move_open": _("Copy this and open it in the other browser, within fifteen minutes. It works once; then your walk is there and not here."),
    "move_no_link": _("No link could be made: it needs a connection, and a phone that is let in."),
    "move_here": _("To this browser"),
    "move_paste": _("The link from the other browser"),
    "move_file": _("The file of answers that were not sent there"),
    "move_no_file": _("This is no file of unsent answers."),
    # --- signing out
    "signed_out": _("Signed out"),
    "signed_out_why": _("Nothing of your walks is on this phone any more."),
    "sign_out_why": _("This phone forgets its walks and everything about them. What you recorded stays with the campaign."),
    "send_first": _("Send them first"),
    "stay": _("Stay"),
    **ground_words.WORDS,
    "needs_connection": _("signing out needs a connection, so that nobody else can use this phone’s leave"),
}  # fmt: skip

COUNTED: Mapping[str, Any] = {
    **ground_words.COUNTED,
    # --- round every screen
    "strip_refused": ngettext_lazy(
        "{n} answer was not accepted. Look.",
        "{n} answers were not accepted. Look.",
        "n",
    ),
    "strip_over": ngettext_lazy(
        "Your time is over; {n} answer is only on this phone.",
        "Your time is over; {n} answers are only on this phone.",
        "n",
    ),
    "strip_outdated": ngettext_lazy(
        "This app is too old: close it and open it again. {n} answer stays on this phone.",
        "This app is too old: close it and open it again. {n} answers stay on this phone.",
        "n",
    ),
    "strip_offline": ngettext_lazy(
        "No signal. {n} answer on this phone, none lost.",
        "No signal. {n} answers on this phone, none lost.",
        "n",
    ),
    "strip_waiting": ngettext_lazy(
        "{n} answer on this phone, not sent yet.",
        "{n} answers on this phone, not sent yet.",
        "n",
    ),
    # --- walks
    "done_of": ngettext_lazy(
        "{done} of {n} door done",
        "{done} of {n} doors done",
        "n",
    ),
    "not_here_yet": ngettext_lazy(
        "{n} door, not on this phone yet",
        "{n} doors, not on this phone yet",
        "n",
    ),
    "walk_long": ngettext_lazy(
        "About {n} minute, {metres} m on foot",
        "About {n} minutes, {metres} m on foot",
        "n",
    ),
    # --- a building
    "no_answer_n": ngettext_lazy(
        "No answer at {n} door",
        "No answer at {n} doors",
        "n",
    ),
    "undo_floor": ngettext_lazy(
        "Undo “No answer” at {n} door",
        "Undo “No answer” at {n} doors",
        "n",
    ),
    # --- the receipt
    "on_this_phone_n": ngettext_lazy(
        "{n} answer is still only on this phone",
        "{n} answers are still only on this phone",
        "n",
    ),
    "organiser_sees": ngettext_lazy(
        "Your organiser sees the same {n}.",
        "Your organiser sees the same {n}.",
        "n",
    ),
    "kept_n": ngettext_lazy(
        "{n} answer came late or twice; an organiser decides about it.",
        "{n} answers came late or twice; an organiser decides about them.",
        "n",
    ),
    "held_n": ngettext_lazy(
        "{n} door is held: an organiser is looking at it. Until they let it, it counts nowhere.",
        "{n} doors are held: an organiser is looking at them. Until they let them, they count nowhere.",
        "n",
    ),
    "knock_again_n": ngettext_lazy(
        "Knock again at the {n} door where nobody was in",
        "Knock again at the {n} doors where nobody was in",
        "n",
    ),
    "doors_left_n": ngettext_lazy(
        "{n} door is left; it goes back to the organiser with the walk.",
        "{n} doors are left; they go back to the organiser with the walk.",
        "n",
    ),
    # --- unsent answers
    "unsent_n": ngettext_lazy(
        "{n} answer not sent yet",
        "{n} answers not sent yet",
        "n",
    ),
    "unsent_why": ngettext_lazy(
        "{n} answer is only on this phone. It is sent by itself as soon as there is a signal.",
        "{n} answers are only on this phone. They are sent by themselves as soon as there is a signal.",
        "n",
    ),
    "codes_why": ngettext_lazy(
        "{n} answer, for the camera of an organiser’s computer or phone: “Take in” on the page of phones.",
        "{n} answers, for the camera of an organiser’s computer or phone: “Take in” on the page of phones.",
        "n",
    ),
    "not_accepted_n": ngettext_lazy(
        "{n} answer was not accepted. It is kept here until you decide.",
        "{n} answers were not accepted. They are kept here until you decide.",
        "n",
    ),
    "throw_all_why": ngettext_lazy(
        "{n} answer will be gone for good. Nobody else has it.",
        "{n} answers will be gone for good. Nobody else has them.",
        "n",
    ),
    # --- leaflet and poster rounds
    "whole_street_n": ngettext_lazy(
        "All of {street}: delivered ({n} door left)",
        "All of {street}: delivered ({n} doors left)",
        "n",
    ),
    "all_left_n": ngettext_lazy(
        "The one door that is left",
        "All {n} doors that are left",
        "n",
    ),
    "doors_n": ngettext_lazy(
        "{n} door",
        "{n} doors",
        "n",
    ),
    "left_over_n": ngettext_lazy(
        "{n} left over",
        "{n} left over",
        "n",
    ),
    "left_over_kept": ngettext_lazy(
        "{n} is kept. Type another number to correct it.",
        "{n} is kept. Type another number to correct it.",
        "n",
    ),
    # --- another browser
    "move_unsent": ngettext_lazy(
        "{n} answer is only in this browser. Send it first, or save it as a file and open that in the other browser.",
        "{n} answers are only in this browser. Send them first, or save them as a file and open that in the other browser.",
        "n",
    ),
    "move_brought": ngettext_lazy(
        "{n} answer in the file, {fresh} new here. It is sent from here; twice does no harm.",
        "{n} answers in the file, {fresh} new here. They are sent from here; twice does no harm.",
        "n",
    ),
    # --- signing out
    "sign_out_unsent": ngettext_lazy(
        "{n} answer is only on this phone. Signing out loses it.",
        "{n} answers are only on this phone. Signing out loses them.",
        "n",
    ),
    "sign_out_anyway": ngettext_lazy(
        "Sign out and lose {n} answer",
        "Sign out and lose {n} answers",
        "n",
    ),
    "sign_out_lost": ngettext_lazy(
        "{n} answer will be gone for good.",
        "{n} answers will be gone for good.",
        "n",
    ),
}
"""Those with a number."""


def words() -> dict[str, str | dict[str, str]]:
    """All words in the language of this request."""
    forms = {
        key: {kind: str(word % {"n": number}) for kind, number in SAMPLES.items()}
        for key, word in {**COUNTED, **board_words.COUNTED, **safety_words.COUNTED}.items()
    }
    plain = {**WORDS, **board_words.WORDS, **safety_words.WORDS}
    return {**{key: str(word) for key, word in plain.items()}, **forms}
