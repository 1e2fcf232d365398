"""The register's words for people: what a column may mean, what a compared column is called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LEAVE_OUT = ""
ADDRESS = "address"

MEANINGS = {
    LEAVE_OUT: _("leave it out"),
    "number": _("elector number, whole"),
    "number_prefix": _("elector number: letters of the district"),
    "number_part": _("elector number: number"),
    "number_suffix": _("elector number: suffix"),
    "file_id": _("id of the voter file"),
    "surname": _("surname"),
    "forename": _("forenames"),
    "middle": _("middle names"),
    "name_suffix": _("suffix of the name (Jr)"),
    "full_name": _("whole name, surname first"),
    ADDRESS: _("line of the address"),
    "postcode": _("postcode or ZIP code"),
    "postcode_plus": _("four last digits of the ZIP code"),
    "uprn": _("UPRN"),
    "district": _("polling district or precinct"),
    "ward": _("ward"),
    "markers": _("franchise markers"),
    "attains": _("date of attainment"),
    "born": _("date of birth"),
    "born_year": _("year of birth"),
    "status": _("status"),
    "party": _("party"),
    "gender": _("gender"),
    "registered_on": _("registered on"),
    "change": _("what the row does (Created, Amended, Deleted)"),
    "absent_kind": _("kind of absent vote"),
    "expires": _("absent vote until"),
    "phone": _("telephone"),
    "email": _("e-mail"),
    "consent": _("consent"),
    "consent_source": _("where the consent was given"),
    "consent_on": _("when the consent was given"),
}
"""Every meaning a column can be given by hand, in the order of the list."""

CHANGED = {
    "surname": _("surname"),
    "forename": _("forenames"),
    "district": _("district"),
    "markers": _("franchise markers"),
    "attains": _("date of attainment"),
    "born": _("date of birth"),
    "born_year": _("year of birth"),
    "address": _("address"),
    "postcode": _("postcode"),
    "facts": _("status and other facts"),
}
"""The columns of an entry that a file can change."""

DATES = {
    "day": _("day first: 31/12/2026"),
    "month": _("month first: 12/31/2026"),
    "year": _("year first: 2026-12-31"),
}
SHAPES = {
    "day": ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d"),
    "month": ("%m/%d/%Y", "%m-%d-%Y", "%Y-%m-%d"),
    "year": ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"),
}
