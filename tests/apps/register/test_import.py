"""A file comes in as one batch: added, changed, removed, unchanged, and taken back exactly."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from hustings.apps.audit.actors import command
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import ContactPoint, Household, Person
from hustings.apps.register.actions import CannotUndo, import_file, look, open_file, undo
from hustings.apps.register.models import AbsentVote, ImportBatch, RegisterEntry
from tests.apps.register.files import everything, line, register_file, update_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.register.comparing import Impact

ME = command("tests")


@pytest.fixture
def inside(campaign: Campaign) -> Iterator[Campaign]:
    """Riverside, with its wall open."""
    with tenant(campaign.pk):
        yield campaign


def bring(campaign: Campaign, path: Path, **options: Any) -> tuple[ImportBatch, Impact]:
    batch, impact, _problems = import_file(campaign, path, by=ME, **options)
    return batch, impact


def counts(impact: Impact) -> tuple[int, int, int, int]:
    return impact.added, impact.changed, impact.removed, impact.unchanged


def test_a_first_file_adds_entries_people_and_households(inside: Campaign, tmp_path: Path) -> None:
    path = register_file(tmp_path, line(1), line(2, "Ibarra", "Zoë"), line(3, house=2))

    _batch, impact = bring(inside, path)

    assert counts(impact) == (3, 0, 0, 0)
    assert Household.objects.of(inside).count() == 2
    entry = RegisterEntry.objects.of(inside).select_related("person__household").get(number="WA1-2")
    assert entry.person.name == "Zoë Ibarra"
    assert entry.person.name_key == "ibarra zoe"
    assert entry.person.household.address == "1 Albert Lane, Walthamstow"
    assert entry.district == "WA1"


def test_the_same_file_again_changes_nothing(inside: Campaign, tmp_path: Path) -> None:
    path = register_file(tmp_path, line(1), line(2, "Ibarra"))
    bring(inside, path)
    before = everything()

    _batch, impact = bring(inside, path)

    assert counts(impact) == (0, 0, 0, 2)
    assert everything() == before


def test_a_second_file_adds_and_changes_and_removes_nothing(
    inside: Campaign, tmp_path: Path
) -> None:
    bring(inside, register_file(tmp_path, line(1), line(2), line(3)))

    _batch, impact = bring(
        inside, register_file(tmp_path, line(1), line(2, "Smith"), line(4, house=9))
    )

    assert counts(impact) == (1, 1, 0, 1)
    assert impact.fields == {"surname": 1}
    assert RegisterEntry.objects.of(inside).filter(removed_in=None).count() == 4
    assert Person.objects.of(inside).get(register_entries__number="WA1-2").surname == "Smith"


def test_a_whole_file_removes_what_it_does_not_hold(inside: Campaign, tmp_path: Path) -> None:
    bring(inside, register_file(tmp_path, line(1), line(2), line(3)))

    batch, impact = bring(inside, register_file(tmp_path, line(1), line(3)), whole=True)

    assert counts(impact) == (0, 0, 1, 2)
    assert RegisterEntry.objects.of(inside).get(number="WA1-2").removed_in == batch.pk
    assert Person.objects.of(inside).count() == 3


def test_an_update_adds_changes_and_removes_by_what_its_rows_say(
    inside: Campaign, tmp_path: Path
) -> None:
    bring(inside, register_file(tmp_path, line(1), line(2), line(3)))
    path = update_file(
        tmp_path,
        "Deleted,WA1-1,,,Liles,Pat,1 Albert Lane,Walthamstow,,,,E17 4JG",
        "Amended,WA1-2,,,Smith,Pat,7 Albert Lane,Walthamstow,,,,E17 4JG",
        "Created,WA1-3/1,G,,Nkwocha,Rob,1 Albert Lane,Walthamstow,,,,E17 4JG",
        "Created,WA1-3,,,Liles,Pat,1 Albert Lane,Walthamstow,,,,E17 4JG",
        "Deleted,WA1-99,,,Ghost,A,1 Albert Lane,Walthamstow,,,,E17 4JG",
        "Perhaps,WA1-2,,,Smith,Pat,7 Albert Lane,Walthamstow,,,,E17 4JG",
    )

    _batch, impact = bring(inside, path)

    assert counts(impact) == (1, 1, 1, 1)
    assert impact.problems == {"change_unknown": 1, "not_on_register": 1, "already_there": 1}
    moved = Person.objects.of(inside).select_related("household").get(surname="Smith")
    assert moved.household.address == "7 Albert Lane, Walthamstow"
    assert RegisterEntry.objects.of(inside).get(number="WA1-2").district == "WA1"


def test_a_removed_entry_comes_back_as_the_same_person(inside: Campaign, tmp_path: Path) -> None:
    bring(inside, register_file(tmp_path, line(1), line(2)))
    person = Person.objects.of(inside).get(register_entries__number="WA1-2")
    bring(inside, register_file(tmp_path, line(1)), whole=True)

    _batch, impact = bring(inside, register_file(tmp_path, line(1), line(2)))

    assert counts(impact) == (1, 0, 0, 1)
    entry = RegisterEntry.objects.of(inside).get(number="WA1-2")
    assert (entry.person_id, entry.removed_in) == (person.pk, None)


def test_the_same_number_twice_is_told_and_the_first_row_counts(
    inside: Campaign, tmp_path: Path
) -> None:
    path = register_file(tmp_path, line(1, "First"), line(1, "Second"), line(1, "Third", suffix=1))

    _batch, impact = bring(inside, path)

    assert (impact.added, impact.problems) == (2, {"number_twice": 1})
    assert RegisterEntry.objects.of(inside).get(number="WA1-1").surname == "First"


def test_an_address_is_kept_though_its_first_row_is_left_out(
    inside: Campaign, tmp_path: Path
) -> None:
    path = register_file(tmp_path, line(1, house=1), line(1, house=2), line(2, house=2))

    _batch, impact = bring(inside, path)

    assert impact.households == 2
    entry = RegisterEntry.objects.of(inside).select_related("person__household").get(number="WA1-2")
    assert entry.person.household.address == "2 Albert Lane, Walthamstow"


def test_looking_writes_nothing_and_says_what_importing_then_does(
    inside: Campaign, tmp_path: Path
) -> None:
    bring(inside, register_file(tmp_path, line(1), line(2)))
    before = everything()
    path = register_file(tmp_path, line(2, "Smith"), line(3, house=5))

    from django.db import transaction

    with transaction.atomic():
        seen, _problems = look(inside, open_file(path), whole=True)
        assert everything() == before
        transaction.set_rollback(True)
    with tenant(inside.pk):
        _batch, done = bring(inside, path, whole=True)

    assert seen == done
    assert seen.households == 1


@pytest.mark.parametrize("piece", [1, 2, 3, 10_000])
def test_a_first_register_says_and_leaves_the_same_in_one_go_as_step_by_step(
    campaign: Campaign,
    rivals: Campaign,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    piece: int,
) -> None:
    path = register_file(
        tmp_path,
        line(1, house=1),
        line(1, "Twice", house=2),
        line(2, house=2),
        line(3, "N/A", "N/A"),
        line(4, "", "", markers="Q"),
        "WA1,,0,,,No,Number,E17 4JG,9 Albert Lane,,,,,",
        "WA1,5,0,,,Flat,Dweller,E17 4JG,Flat 2,12 Albert Lane,Walthamstow,,,",
        "WA1,6,0,,soon,Flat,Neighbour,E17,Flat 3,12 Albert Lane,Walthamstow,,,",
        line(2, "Twice too", house=40),
        line(7, house=1),
        "WA1,8,0,,,No,Home,,,,,,,",
        line(9, house=77),
        "WA1,10,short",
    )

    with tenant(campaign.pk):
        monkeypatch.setattr("hustings.apps.register.actions.is_first", lambda *_: False)
        _batch, step_by_step, told = import_file(campaign, path, by=ME)
        left = everything(ids=False)
    with tenant(rivals.pk):
        monkeypatch.undo()
        monkeypatch.setattr("hustings.apps.register.beginning.PIECE", piece)
        seen, _problems = look(rivals, open_file(path), whole=False)
        batch, in_one_go, told_again = import_file(rivals, path, by=ME)

        assert in_one_go == step_by_step == seen
        assert told_again.examples == told.examples
        assert everything(ids=False) == left
        undo(rivals, batch, by=ME)
        assert all(rows == [] for rows in everything().values())
    assert step_by_step.problems["number_twice"] == 2


def test_the_progress_of_a_first_register_moves_with_its_rows(
    inside: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hustings.apps.register.beginning.PIECE", 10)
    told: list[float] = []

    bring(
        inside,
        register_file(tmp_path, *(line(n, house=n) for n in range(1, 101))),
        progress=lambda share, note="": told.append(share),
    )

    assert len(told) > 10
    assert told == sorted(told)
    assert all(after - before < 0.11 for before, after in pairwise(told))
    assert told[-1] < 1


def test_nobody_counts_the_rows_of_a_first_register_while_they_come(
    inside: Campaign, tmp_path: Path
) -> None:
    """An autovacuum would see none of them, and keys would be checked by reading all for each."""
    bring(inside, register_file(tmp_path, line(1)))

    with connection.cursor() as cursor:
        cursor.execute(
            "select relation::regclass::text from pg_locks "
            "where pid = pg_backend_pid() and mode = 'ShareUpdateExclusiveLock' and granted"
        )
        held = {table for (table,) in cursor.fetchall()}

    assert held >= {
        "places_building", "places_door", "people_household", "people_person",
        "register_registerentry",
    }  # fmt: skip


def test_a_first_register_may_find_doors_and_homes_that_are_there(
    inside: Campaign, tmp_path: Path
) -> None:
    bring(inside, register_file(tmp_path, line(1, house=1), line(2, house=2)))
    ContactPoint.objects.create(
        campaign=inside, person=Person.objects.of(inside).get(household__address__startswith="2"),
        kind="email", value="a@example.org",
    )  # fmt: skip
    RegisterEntry.objects.of(inside).delete()  # the homes and people stay

    _batch, impact = bring(inside, register_file(tmp_path, line(3, house=2), line(4, house=3)))

    assert (impact.added, impact.households) == (2, 1)
    home = Household.objects.of(inside).get(address__startswith="2")
    assert home.people.count() == 2


@pytest.mark.parametrize("whole", [False, True])
def test_an_undone_file_leaves_everything_as_it_was(
    inside: Campaign, tmp_path: Path, whole: bool
) -> None:
    bring(inside, register_file(tmp_path, line(1), line(2, "Ibarra"), line(3)))
    before = everything()
    second = register_file(tmp_path, line(2, "Smith", house=8), line(4, house=9), name="b.csv")
    batch, impact = bring(inside, second, whole=whole)
    assert impact.removed == (2 if whole else 0)
    assert everything() != before

    undo(inside, batch, by=ME)

    assert everything() == before


def test_a_first_file_undone_leaves_nothing(inside: Campaign, tmp_path: Path) -> None:
    batch, _impact = bring(inside, register_file(tmp_path, line(1), line(2)))

    done = undo(inside, batch, by=ME)

    assert done == {"restored": 0, "taken_away": 2, "kept": 0}
    assert all(rows == [] for rows in everything().values())


def test_files_are_undone_last_first(inside: Campaign, tmp_path: Path) -> None:
    first, _ = bring(inside, register_file(tmp_path, line(1)))
    second, _ = bring(inside, register_file(tmp_path, line(1, "Smith"), name="second.csv"))

    with pytest.raises(CannotUndo, match=r"undo second\.csv"):
        undo(inside, first, by=ME)
    undo(inside, second, by=ME)
    undo(inside, first, by=ME)
    with pytest.raises(CannotUndo, match="not in force"):
        undo(inside, first, by=ME)


def test_a_person_with_a_history_outlives_the_undo(inside: Campaign, tmp_path: Path) -> None:
    batch, _impact = bring(inside, register_file(tmp_path, line(1), line(2)))
    person = Person.objects.of(inside).get(register_entries__number="WA1-2")
    ContactPoint.objects.create(campaign=inside, person=person, kind="email", value="p@example.org")

    done = undo(inside, batch, by=ME)

    assert done["kept"] == 1
    assert Person.objects.of(inside).get().pk == person.pk
    assert RegisterEntry.objects.of(inside).get().removed_in == batch.pk


def test_a_formula_stays_text(inside: Campaign, tmp_path: Path) -> None:
    formulas = ["=1+1", "+SUM(A1)", "-2+3", "@cmd"]
    path = register_file(tmp_path, *(line(n, formula) for n, formula in enumerate(formulas, 1)))

    bring(inside, path)

    kept = RegisterEntry.objects.of(inside).order_by("id").values_list("surname", flat=True)
    assert list(kept) == formulas


def test_a_backslash_and_a_quote_come_through(inside: Campaign, tmp_path: Path) -> None:
    bring(inside, register_file(tmp_path, line(1, r"O\N\\t", '"Al ""The"" Pal"')))

    entry = RegisterEntry.objects.of(inside).get()
    assert (entry.surname, entry.forename) == (r"O\N\\t", 'Al "The" Pal')


def test_each_import_and_each_undo_is_one_line_in_the_audit(
    inside: Campaign, tmp_path: Path
) -> None:
    batch, _impact = bring(inside, register_file(tmp_path, line(1), line(2)))
    undo(inside, batch, by=ME)

    lines = AuditLine.objects.filter(verb__startswith="register.").order_by("id")
    assert [(row.verb, row.count, row.subject_id) for row in lines] == [
        ("register.import", 2, str(batch.pk)),
        ("register.undo", 2, str(batch.pk)),
    ]


def test_absent_voters_hang_on_the_entry_and_can_be_undone(
    inside: Campaign, tmp_path: Path
) -> None:
    bring(inside, register_file(tmp_path, line(1), line(2), line(3)))
    head = "Elector Number Prefix,Elector Number,Elector Number Suffix,Absent Type,Expiry\n"
    path = tmp_path / "av.csv"
    path.write_text(head + "WA1,1,0,Postal,08/06/2017\nWA1,2,0,Proxy,Indefinite\nWA1,9,0,Postal,\n")
    _batch, impact = bring(inside, path)
    assert counts(impact) == (2, 0, 0, 0)
    assert impact.problems == {"not_on_register": 1}
    before = everything()

    path.write_text(head + "WA1,1,0,PostalProxy,\nWA1,3,0,Odd,\nWA1,3,0,Postal,soon\n")
    batch, impact = bring(inside, path, whole=True)

    assert counts(impact) == (1, 1, 1, 0)
    assert impact.problems == {"kind_unknown": 1, "date_unreadable": 1}
    vote = AbsentVote.objects.of(inside).get(entry__number="WA1-1")
    assert (vote.kind, vote.expires) == ("postal_proxy", None)
    undo(inside, batch, by=ME)
    assert sorted(map(str, everything()["register_absentvote"])) == sorted(
        map(str, before["register_absentvote"])
    )


def test_contacts_find_their_person_by_number_by_address_or_not_at_all(
    inside: Campaign, tmp_path: Path
) -> None:
    bring(
        inside,
        register_file(
            tmp_path,
            line(1, "Liles", "Patricia Ann"),
            line(2, "Ibarra", "Zoë", house=2),
            line(3, "Smith", "Jo", house=3),
            line(4, "Smith", "Jo", house=4),
        ),
    )
    before = everything()
    path = tmp_path / "contacts.csv"
    path.write_text(
        "Elector number,Name,Address,Postcode,Phone,Email,Consent,Consent source,Consent date\n"
        "WA1-1,,,,07700 900123,Pat@Example.ORG,yes,street stall,01/05/2017\n"
        ",Zoe Ibarra,,e17 4jg,,zoe@example.org,no,web form,\n"
        ',Jo Smith,"4 Albert Lane, Walthamstow",E17 4JG,07700 900124,,yes,web form,\n'
        ",Jo Smith,,E17 4JG,07700 900125,,yes,web form,\n"
        ",Nobody Here,,E17 4JG,07700 900126,,yes,web form,\n"
        "WA1-2,,,,07700 900127/07700 900128,,yes,web form,\n",
        encoding="utf-8",
    )

    batch, impact = bring(inside, path)

    assert impact.added == 4
    assert impact.problems == {
        "contact_unreadable": 1, "person_not_found": 1, "person_unclear": 1
    }  # fmt: skip
    points = (
        ContactPoint.objects.of(inside)
        .order_by("person_id", "value")
        .values_list("person__register_entries__number", "value", "source")
    )
    assert list(points) == [
        ("WA1-1", "+447700900123", "street stall"),
        ("WA1-1", "Pat@example.org", "street stall"),
        ("WA1-2", "zoe@example.org", "web form"),
        ("WA1-4", "+447700900124", "web form"),
    ]
    consents = (
        Person.objects.of(inside).get(surname="Ibarra").consents.values_list("channel", "given")
    )
    assert list(consents) == [("email", False)]
    _again, second = bring(inside, path)
    assert counts(second) == (0, 0, 0, 4)
    undo(inside, _again, by=ME)
    undo(inside, batch, by=ME)
    assert everything() == before
