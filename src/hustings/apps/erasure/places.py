"""
Every place where something about a person may be, and who erases it there.

A new room adds one line to :data:`PLACES`; a test asks ``docs/reference/personal-data.toml`` which tables
there are, and fails when one that erasing reaches stands in no line, or when a word stays somewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hustings.apps.accounts import erasing as accounts
from hustings.apps.audit import erasing as audit
from hustings.apps.canvass import erasing as canvass
from hustings.apps.clippings import erasing as clippings
from hustings.apps.contests import erasing as contests
from hustings.apps.contributions import erasing as contributions
from hustings.apps.dispatch import erasing as dispatch
from hustings.apps.exchange import erasing as exchange
from hustings.apps.exports import erasing as exports
from hustings.apps.followups import erasing as followups
from hustings.apps.jobs import erasing as jobs
from hustings.apps.lending import erasing as lending
from hustings.apps.materials import erasing as materials
from hustings.apps.outings import erasing as outings
from hustings.apps.people import erasing as people
from hustings.apps.places import erasing as places
from hustings.apps.polling import erasing as polling
from hustings.apps.register import erasing as register
from hustings.apps.safety import erasing as safety
from hustings.apps.scripts import erasing as scripts
from hustings.apps.shifts import erasing as shifts
from hustings.apps.statements import erasing as statements
from hustings.apps.volunteers import erasing as volunteers

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.campaigns.erasing import Leaving


class Place(NamedTuple):
    """A room's tables, and the function that erases somebody from them and counts the rows."""

    tables: str
    erase: Callable[[Leaving], dict[str, int]]


PLACES = (
    Place("contests_contest contests_conteststep contests_unitalias contests_unitfile contests_reporter contests_reporterunit contests_reporterlink contests_reporterletter contests_reporterstep contests_report contests_sheetphoto contests_trayreport contests_traylot contests_auditstep contests_lot contests_lotcall contests_lotside contests_poll", contests.erase),
    Place("dispatch_table dispatch_arrival", dispatch.erase),
    Place("safety_watch safety_sign safety_alert safety_settlement safety_offer", safety.erase),
    Place("followups_followupstep", followups.erase),
    Place("canvass_canvassevent canvass_answer canvass_latereport canvass_eventclash canvass_personmet canvass_walkgrant canvass_settlement canvass_visit canvass_doorstanding canvass_question canvass_reply canvass_hold canvass_release canvass_ruling canvass_rulingtakenback canvass_settlementtakenback", canvass.erase),
    Place("outings_action outings_cut outings_turf outings_checkout outings_phonelink outings_planstep outings_atworkbench outings_area outings_pin", outings.erase),
    Place("polling_pollingday polling_votedmark polling_promise polling_knock", polling.erase),
    Place("scripts_scriptversion scripts_draftedit scripts_translation scripts_translationcheck", scripts.erase),
    Place("register_registerentry register_absentvote register_beforeimage register_importproblem register_importbatch register_batchstate people_suppression", register.erase),
    Place("materials_campaignimprint materials_design materials_artwork materials_release materials_publication materials_withdrawal materials_wenton materials_exported materials_noted materials_stockplace materials_holder materials_stockmove", materials.erase),
    Place("statements_record statements_refusal statements_party statements_salted statements_meeting statements_countdown statements_matter statements_matterstep", statements.erase),
    Place("exchange_peeraddress", exchange.erase),
    Place("contributions_help contributions_terms contributions_decision contributions_wenton contributions_noted contributions_gift contributions_giftstep contributions_giftnoted contributions_spending contributions_spendingstruck", contributions.erase),
    Place("exports_copy exports_destroyed", exports.erase),
    Place("clippings_article clippings_putaside clippings_excerpt clippings_meaning clippings_takenback clippings_carried", clippings.erase),
    Place("lending_offer lending_offeranswer lending_referred lending_lent lending_borrowed", lending.erase),
    Place("shifts_session shifts_edit shifts_signup shifts_step shifts_message", shifts.erase),
    Place("volunteers_volunteer volunteers_ownpage volunteers_joinpage volunteers_joinform volunteers_invite volunteers_abroad volunteers_letter volunteers_team volunteers_teamplace volunteers_charge", volunteers.erase),
    Place("people_person people_household people_contactpoint people_consent people_donotcontact people_personstanding people_erasure", people.erase),
    Place("places_building places_townmap", places.erase),
    Place("jobs_job django_tasks_database_dbtaskresult", jobs.erase),
    Place("accounts_membership accounts_user accounts_signinlink accounts_device accounts_deviceadmission accounts_devicerevocation accounts_speakingright accounts_statusanswer account_emailaddress account_emailconfirmation mfa_authenticator django_session", accounts.erase),
    Place("audit_auditline", audit.erase),
)  # fmt: skip
"""In this order: what was heard is found by the person and the home, which must still be there."""
