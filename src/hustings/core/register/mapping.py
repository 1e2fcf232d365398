"""
Guessing what the columns of an unknown file mean, with a score for each guess.

A column is judged by its name (its words against the words people use) and by a sample of its cells (their shape).
The guess is a proposal for a person to correct; nothing is imported on it alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.register.dates import parse_date
from hustings.core.register.header import column_key, words_of
from hustings.core.register.numbers import ElectorNumber

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_POSTCODE = re.compile(
    r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}|[0-9]{5}(-?[0-9]{4})?", re.IGNORECASE
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"[+(]?[0-9][0-9 ().\-/]{8,18}")

NAMES: dict[str, tuple[str, ...]] = {
    "file_id": ("voterid", "registrantid", "id", "voterregnumber", "registrationnumber", "regnum", "stateid", "ncid", "voternumber", "electorid", "personid", "identifier"),
    "number": ("electornumber", "rollnumber", "electoralnumber", "electorno", "rollno", "regno", "electoralregisternumber", "registernumber"),
    "number_prefix": ("electornumberprefix", "prefix", "pdprefix"),
    "number_part": ("number", "no", "electornumberpart"),
    "number_suffix": ("electornumbersuffix", "numbersuffix"),
    "surname": ("surname", "lastname", "last", "familyname", "namelast", "electorsurname", "lname"),
    "forename": ("forename", "firstname", "first", "givenname", "forenames", "namefirst", "electorforename", "fname", "givennames"),
    "middle": ("middlename", "middle", "middleinitial", "namemiddle", "mname", "middlenames"),
    "name_suffix": ("namesuffix", "suffixname", "namesuff"),
    "full_name": ("name", "fullname", "electorname", "votername", "elector", "person"),
    "markers": ("markers", "electormarkers", "franchise", "franchisemarkers", "franchiseflag", "marker"),
    "attains": ("electordob", "dateofattainment", "attainmentdate", "attains18"),
    "born": ("dateofbirth", "dob", "birthdate", "birthday", "born"),
    "born_year": ("birthyear", "yearofbirth", "yob"),
    "status": ("status", "voterstatus", "registrationstatus"),
    "party": ("party", "partyaffiliation", "partycode"),
    "gender": ("gender", "sex"),
    "district": ("pollingdistrict", "precinct", "district", "pd", "precinctname", "precinctcode"),
    "ward": ("ward", "wardname"),
    "change": ("changetype", "changetypeid", "change", "action", "updatetype"),
    "postcode": ("postcode", "zip", "zipcode", "postalcode", "propertypostcode", "pcode", "post"),
    "uprn": ("uprn",),
    "absent_kind": ("absenttype", "absentvote", "absentvotertype", "votingmethod", "av"),
    "expires": ("expiry", "expires", "enddate", "expirydate", "until"),
    "phone": ("phone", "telephone", "mobile", "phonenumber", "tel", "cell", "mobilenumber", "landline"),
    "email": ("email", "emailaddress", "mail"),
    "consent": ("consent", "optin", "consented"),
    "consent_source": ("consentsource", "source", "howobtained"),
    "consent_on": ("consentdate", "consentedon", "dateofconsent"),
    "address": ("address", "address1", "address2", "address3", "address4", "address5", "address6", "street", "streetname", "housenumber", "housename", "housenum", "town", "city", "addressline1", "addressline2", "addressline3", "unit", "unitnumber", "flat", "streetnumber", "residentialaddress", "add1", "add2", "add3", "locality"),
}  # fmt: skip
"""For each meaning, the names columns go by, as keys; ``address`` is one of its lines."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What one column may mean: ``meaning`` empty for "leave it out"; ``score`` from 0 to 1."""

    column: str
    meaning: str
    score: float


def _share(cells: Sequence[str], fits: Callable[[str], object]) -> float:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return sum(1 for cell in filled if fits(cell)) / len(filled) if filled else 0.0


def _is_whole_number_with_district(cell: str) -> bool:
    found = ElectorNumber.parse(cell)
    return found is not None and bool(found.district)


SHAPES: dict[str, Callable[[str], object]] = {
    "postcode": _POSTCODE.fullmatch,
    "email": _EMAIL.fullmatch,
    "phone": _PHONE.fullmatch,
    "born": parse_date,
    "number": _is_whole_number_with_district,
}


def _name_score(column: str, meaning: str) -> float:
    key = column_key(column)
    if key in NAMES[meaning]:
        return 1.0
    words = words_of(column)
    best = 0.0
    for name in NAMES[meaning]:
        if len(name) > 3 and name in key:
            best = max(best, 0.5 + 0.4 * len(name) / len(key))
        elif name in words:
            best = max(best, 0.5)
    return best


def guess_columns(header: Sequence[str], sample: Sequence[Sequence[str]]) -> list[Guess]:
    """
    One guess a column, in the header's order; each meaning but ``address`` given at most once.

    ``sample`` is some rows of the file; a hundred are plenty.
    """
    scored: list[tuple[float, int, str]] = []
    for position, column in enumerate(header):
        cells = [row[position] for row in sample if position < len(row)]
        for meaning in NAMES:
            by_name = _name_score(column, meaning)
            shape = SHAPES.get(meaning)
            share = _share(cells, shape) if shape else 0.0
            if shape is None:
                score = by_name
            elif by_name:
                score = by_name * (0.7 + 0.3 * share)
            else:
                score = 0.6 * share if share > 0.8 else 0.0
            if score >= 0.4:
                scored.append((score, position, meaning))
    given: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, position, meaning in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if position in given or (meaning in taken and meaning not in ("address", "phone", "email")):
            continue
        given[position] = (meaning, score)
        taken.add(meaning)
    return [Guess(name, *given.get(position, ("", 0.0))) for position, name in enumerate(header)]
