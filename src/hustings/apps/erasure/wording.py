"""What the tables of an erasure are called where a person reads of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {
    "people_person": _("the person"),
    "people_household": _("the household, since nobody else is left in it"),
    "people_contactpoint": _("telephone numbers and e-mail addresses"),
    "people_consent": _("consents"),
    "people_donotcontact": _("requests not to be contacted"),
    "people_personstanding": _("where the person stands, worked out"),
    "people_suppression": _("hashes that keep the person out of the next file (they are added)"),
    "people_erasure": _("names in earlier erasures"),
    "register_registerentry": _("entries of the register"),
    "register_absentvote": _("absent votes"),
    "register_beforeimage": _("copies of rows that an undo would have put back"),
    "register_importproblem": _("examples of problems in files"),
    "register_importbatch": _("files: copies that wait, and names in their names"),
    "register_batchstate": _("names of who brought files in"),
    "canvass_canvassevent": _("what was heard, emptied: only that somebody was there stays"),
    "canvass_latereport": _("late reports"),
    "canvass_eventclash": _("reports that clashed"),
    "canvass_personmet": _("notes of having met the person at a door"),
    "canvass_walkgrant": _("names of who carried a walk"),
    "canvass_settlement": _("names of who decided about a report"),
    "outings_action": _("names in actions"),
    "outings_cut": _("names in cuts"),
    "outings_checkout": _("names of who had a walk"),
    "outings_phonelink": _("names of who showed a link"),
    "clippings_article": _("newspaper articles that name the person"),
    "clippings_putaside": _("names of who dismissed a proposal"),
    "clippings_excerpt": _(
        "excerpts of articles that name the person, and names of who confirmed one"
    ),
    "clippings_meaning": _("what excerpts that name the person were taken to be"),
    "clippings_takenback": _("names of who took a confirmation back"),
    "clippings_carried": _("names of who carried an excerpt to the press desk"),
    "statements_party": _("names and numbers of whom we exchange a word with"),
    "statements_salted": _("private words behind a statement: who told us, whom we rang"),
    "statements_meeting": _("names of who compared words over the telephone"),
    "statements_countdown": _("names of who asked for a signature or stopped it"),
    "places_building": _("notes about a building that name the person"),
    "places_townmap": _("names of who brought a map in"),
    "jobs_job": _("messages of background work that name the person"),
    "django_tasks_database_dbtaskresult": _("messages of background work that name the person"),
    "accounts_membership": _("memberships"),
    "accounts_device": _("names of phones"),
    "accounts_deviceadmission": _("names of who let a phone in"),
    "accounts_devicerevocation": _("names of who took a phone’s leave back"),
    "accounts_speakingright": _("names of who spoke for the candidate"),
    "audit_auditline": _("names in lines of who did what; the lines stay"),
}
