"""What the reporter's page says; written here so that it is translated like everything else."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hustings.apps.contests.checking import sentences


def words() -> dict[str, str]:
    """By name; ``%(name)s`` is filled in on the phone."""
    return {
        **{f"check.{check}": sentence for check, sentence in sentences().items()},
        "reports": _("Your reports"),
        "loading": _("Opening …"),
        "nothing_here": _(
            "This phone does not know your link yet. Open it once while you have a connection."
        ),
        "ended": _("Your link was ended. What you send goes to the office’s tray; ring them."),
        "practice": _("Practice"),
        "practice_says": _(
            "The night has not begun. Fill in made-up numbers and send them: they count nowhere."
        ),
        "practised": _("You have tried it out. On the night you open this same page."),
        "opens": _("Reports are taken from %(time)s."),
        "all_there": _("Everything you entered is with the office."),
        "waiting.one": _(
            "1 report is on this phone only. It is sent as soon as there is a connection."
        ),
        "waiting.other": _(
            "%(n)s reports are on this phone only. They are sent as soon as there is a connection."
        ),
        "refused": _("The office could not read this report: %(why)s"),
        "tray": _("In the office’s tray: %(why)s"),
        "no_room": _(
            "This phone could not keep it. Write the numbers on paper now, then make room on the phone."
        ),
        "try_now": _("Try now"),
        "phase.first": _("First alignment"),
        "phase.final": _("Final count"),
        "phase.delegates": _("Delegates"),
        "delegates_here": _("%(n)s delegates are elected here"),
        "not_yet": _("not reported yet"),
        "begun": _("begun, not sent"),
        "here_only": _("on this phone only"),
        "with_office": _("with the office"),
        "in_tray": _("in the tray"),
        "not_read": _("not understood"),
        "signed_in": _("People who signed in"),
        "spoilt": _("Spoilt"),
        "together": _("Together"),
        "read_back": _("Read back"),
        "read_back_says": _("Read every number aloud, with the sheet in front of you."),
        "odd": _("This does not fit together. Look at the sheet again; if it says so, send it so."),
        "send": _("It is what the sheet says: send"),
        "send_practice": _("Send the practice report"),
        "change": _("Change"),
        "back": _("Back"),
        "fill_in": _("Fill in at least one number."),
        "not_whole": _("Whole numbers only."),
        "correct": _("Correct it"),
        "correct_says": _(
            "What you sent stays on record; this comes beside it and counts instead."
        ),
        "lot": _("A lot is needed"),
        "lot_says": _(
            "Draw it as the rules say, with people watching, and write down what happened."
        ),
        "lot_chose": _("It fell on"),
        "lot_device": _("With what: a coin, straws, cards"),
        "lot_caller": _("Who called"),
        "lot_order": _("In which order"),
        "lot_witnesses": _("Who saw it"),
        "lot_record": _("Write this lot down"),
        "photo": _("Photograph of the sheet"),
        "photo_take": _("Photograph the sheet"),
        "photo_here": _("A photograph is on this phone only."),
        "photo_there": _("The office has the photograph."),
        "photo_bad": _("This picture could not be read. Try again, or keep the sheet."),
        "thanks": _("Thank you."),
        "kept": _("Kept on this phone."),
    }
