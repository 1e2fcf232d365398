"""
Ada Byron, planted in every column that may hold something about her, so that what stays of her is found.

What is planted is read off ``docs/reference/personal-data.toml`` and the models: a new table is planted by
itself. Every word about her begins with «zqx»; ``left_of_her`` looks for it in the whole database.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.sessions.models import Session
from django.db import connection, models
from django.utils import timezone

from hustings.apps.accounts.actions import add_member, make_sign_in_link
from hustings.apps.accounts.models import Device
from hustings.apps.jobs import uploads
from hustings.apps.people.models import ContactPoint, Household, Person
from hustings.apps.places.models import Door
from hustings.apps.register.models import ImportBatch, RegisterEntry
from hustings.apps.volunteers.models import Volunteer
from hustings.core.ledger.canonical import canonical
from tests.apps.a_row_of_each import MODELS, a_row
from tests.apps.cast import SETUP, signed_in
from tests.rooms.test_personal_data import TABLES, reached

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

FORENAME, SURNAME, NUMBER = "Zqxada", "Zqxbyron", "ZQX-77"
EMAIL, PHONE, TELEPHONE = "zqxada@zqx.example", "Zqxada Zqxbyron", "+447700900777"
NAME = f"{FORENAME} {SURNAME}"
SOUGHT = re.compile(r"(?<![a-z0-9])zqx(?![a-z0-9]{20})|7700900777")
"""In a row in small letters. Chance makes keys and signatures, and the three letters within one mean nothing."""
BYTES = re.compile(r"\\+x((?:[0-9a-f]{2})+)")
"""A column of bytes, as the server writes it within a row."""
OTHER_TABLES = {
    "accounts_user", "accounts_signinlink", "account_emailaddress", "account_emailconfirmation",
    "mfa_authenticator", "django_session", "django_tasks_database_dbtaskresult",
    "accounts_membership",
}  # fmt: skip
"""Tables outside the wall: planted by hand below."""
PLANTED_FIRST = {"people_person", "people_household", "accounts_device", "volunteers_volunteer"}
"""Tables of which there is one row of hers, which others point at."""
FIXED: dict[str, set[str]] = {
    "canvass_doorstanding": {"last_kind"},
    "people_erasure": {"request"},
    "audit_auditline": {"actor_kind", "subject", "subject_id"},
}
"""Text columns that hold a word of ours, never hers."""


@dataclass
class Planted:
    """Ada's rows."""

    campaign: Campaign
    person: Person
    membership: Membership
    device: Device
    upload: Path
    tables: set[str]


def plant(campaign: Campaign) -> Planted:
    """One Ada, alone in her household; the campaign's wall must be open."""
    door = Door.objects.create(campaign=campaign, address_key="1 mill lane|", street="Mill Lane")
    home = Household.objects.create(
        campaign=campaign, address_key="zqxhome|", address="Zqxhome", door=door
    )
    person = Person.objects.create(
        campaign=campaign, household=home, surname=SURNAME, forename=FORENAME,
        name_key="zqxbyron zqxada",
    )  # fmt: skip
    ContactPoint.objects.create(campaign=campaign, person=person, kind="email", value=EMAIL)
    ContactPoint.objects.create(campaign=campaign, person=person, kind="phone", value=TELEPHONE)
    entry = RegisterEntry.objects.create(
        campaign=campaign, person=person, number=NUMBER, surname=SURNAME, forename=FORENAME, added_in=1
    )  # fmt: skip
    membership = add_member(campaign, EMAIL, "canvasser", name=NAME, by=SETUP)
    device = Device.objects.create(
        campaign=campaign, label=PHONE, secret_hash="zqx", expires_at=timezone.now()
    )
    rows: dict[str, Any] = {
        "places_door": door, "people_household": home, "people_person": person,
        "register_registerentry": entry, "accounts_device": device,
        "volunteers_volunteer": Volunteer.objects.create(campaign=campaign, person=person, near=NAME),
    }  # fmt: skip
    tables = {
        "accounts_device", "people_household", "people_person", "register_registerentry",
        "volunteers_volunteer",
    }  # fmt: skip
    for model in MODELS:
        if words := cells(model, person):
            rows[model._meta.db_table] = a_row(campaign, model, rows, **words)
            tables.add(model._meta.db_table)
    upload = uploads.folder() / f"{campaign.pk}-{uuid.uuid4().hex}"
    upload.write_text(f"{NUMBER},{SURNAME},{FORENAME}\n", encoding="utf-8")
    ImportBatch.objects.create(
        campaign=campaign, file_name="new.csv", stored=upload.name, made_by="tests"
    )
    outside(campaign, membership)
    return Planted(campaign, person, membership, device, upload, tables | OTHER_TABLES)


def cells(model: type[Any], person: Person) -> dict[str, Any]:
    """The columns of a table that erasing reaches, each with her name in it."""
    table = model._meta.db_table
    if table not in TABLES or table in PLANTED_FIRST:
        return {}
    wanted = set(reached(TABLES[table])) - FIXED.get(table, set())
    found: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.column not in wanted or field.choices:
            continue
        if isinstance(field, models.JSONField):
            found[field.attname] = {"who": NAME}
        elif isinstance(field, models.CharField | models.TextField):
            found[field.attname] = NAME[: field.max_length or 99]
        elif isinstance(field, models.BinaryField):
            found[field.attname] = b"zqx"
    return found | FITTING.get(table, lambda person: {})(person) if found else {}


FITTING: dict[str, Any] = {
    "register_beforeimage": lambda person: {"table": "people_person", "row_id": person.pk},
    "register_registerentry": lambda person: {"number": "ZQX-78"},
    "people_contactpoint": lambda person: {"value": "zqxother@zqx.example"},
    "canvass_canvassevent": lambda person: {
        "kind": "answered", "support": "zqxfor", "digest": b"zqx", "language": "zqxish",
        "come_back_at": timezone.now(), "person_id": person.pk, "occurred_at": timezone.now(),
        "wishes": "poster",
    },
    "followups_followupstep": lambda person: {
        "person_id": person.pk, "volunteer_id": None, "what": "given", "takes_back_id": None,
    },
    "statements_record": lambda person: {
        "kind": "draft", "content": canonical({"body": f"{NAME} will speak."})
    },
    "canvass_latereport": lambda person: {"content": {"person": person.pk, "support": "zqxfor"}},
    "canvass_eventclash": lambda person: {"content": {"person": person.pk, "support": "zqxfor"}},
    "clippings_excerpt": lambda person: {"words": NAME, "start": 0, "end": len(NAME)},
    "canvass_answer": lambda person: {"person_id": person.pk, "support": "zqxfor"},
}  # fmt: skip
"""What makes a row hers where her name does not."""


def outside(campaign: Campaign, membership: Membership) -> None:
    """Rows of her account, and what a task that failed left behind."""
    from allauth.account.models import EmailAddress, EmailConfirmation
    from allauth.mfa.models import Authenticator
    from django_tasks_db.models import DBTaskResult

    make_sign_in_link(membership.user)
    address = EmailAddress.objects.create(user=membership.user, email=EMAIL)
    EmailConfirmation.objects.create(email_address=address, key="zqxkey", sent=timezone.now())
    Authenticator.objects.create(user=membership.user, type="webauthn", data={"name": NAME})
    signed_in(membership)
    DBTaskResult.objects.create(
        args_kwargs={"args": [str(campaign.pk), 1], "kwargs": {}}, task_path="x", queue_name="x",
        backend_name="x", exception_class_path="", traceback=f"KeyError: '{NAME}'",
        run_after=timezone.now() - timedelta(days=1),
    )  # fmt: skip


def left_of_her(folder: Path) -> dict[str, list[str]]:
    """Every row of every table, and every file, that still says something about her."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace "
            "and relkind in ('r', 'p', 'm')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'select t::text from "{table}" t')  # noqa: S608  # from the catalogue
            rows = [row[0] for row in cursor.fetchall()]
            hers = [row for row in rows if says_something_of_her(row)]
            if hers:
                found[table] = hers
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") and not _user_is_there(session):
            found.setdefault("django_session", []).append(session.session_key)
    for file in folder.rglob("*"):
        if file.is_file() and b"zqx" in file.read_bytes().lower():
            found.setdefault("files", []).append(file.name)
    return found


def says_something_of_her(row: str) -> bool:
    read = BYTES.sub(lambda column: bytes.fromhex(column[1]).decode("latin-1"), row)
    return SOUGHT.search(read.lower().replace("\\n", " ")) is not None


def _user_is_there(session: Session) -> bool:
    from hustings.apps.accounts.models import User

    return User.objects.filter(pk=session.get_decoded()["_auth_user_id"]).exists()
