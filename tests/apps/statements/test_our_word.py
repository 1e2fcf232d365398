"""Our own word: who entered it cannot approve it, two others must, and what is signed stands in the log for good."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from hustings.apps.accounts.actions import end_speaking
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements import drafting, key_files
from hustings.apps.statements.histories import history_of
from hustings.apps.statements.key_files import Secrets
from hustings.apps.statements.models import Countdown, Entry, Head, Record, Subtree
from hustings.apps.statements.node import make_node, seals_of, take_next_keys
from hustings.apps.statements.proving import bundle_of
from hustings.apps.statements.publishing import published
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.recording import range_of, say
from hustings.core.errors import BadInput
from hustings.core.exchange.sealed import open_sealed, seal
from hustings.core.ledger.checkpoint import Checkpoint
from hustings.core.ledger.merkle import leaf_hash, root_of
from hustings.core.ledger.note import read_note
from hustings.core.ledger.salted import commit
from hustings.core.ledger.verify import verify_bundle
from tests.apps.cast import SETUP

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from tests.apps.statements.talking import Desk


def test_whoever_entered_it_cannot_approve_it(riverside: Desk) -> None:
    row = riverside.drafts()

    with pytest.raises(drafting.NotYet, match="You entered this"):
        drafting.approve(riverside.campaign, row, by=riverside.ada)


def test_one_person_does_not_make_two(riverside: Desk) -> None:
    row = riverside.drafts()
    drafting.approve(riverside.campaign, row, by=riverside.ben)

    with pytest.raises(drafting.NotYet, match="You approved this already"):
        drafting.approve(riverside.campaign, row, by=riverside.ben)
    with pytest.raises(drafting.NotYet, match="not approved yet"):
        drafting.sign(riverside.campaign, row, by=riverside.ada.actor)


def test_the_candidates_word_needs_somebody_who_speaks_for_the_candidate(riverside: Desk) -> None:
    end_speaking(riverside.cora, by=SETUP)
    row = riverside.drafts("We endorse them.", kind="endorsement")
    for who in (riverside.ben, riverside.cora):
        drafting.approve(riverside.campaign, row, by=who)

    with pytest.raises(drafting.NotYet, match="speaks for the candidate"):
        drafting.sign(riverside.campaign, row, by=riverside.ada.actor)


def test_with_that_right_it_is_signed_and_says_so(riverside: Desk) -> None:
    row = riverside.says("We endorse them.", kind="endorsement")

    assert row.said["approvedBy"] == [{"role": "delegate"}, {"role": "press"}]
    verdict = verify_bundle(riverside.bundle(row))
    assert verdict.good
    assert verdict.record["body"] == "We endorse them."


def test_a_draft_is_signed_once(riverside: Desk) -> None:
    row = riverside.drafts()
    for who in (riverside.ben, riverside.cora):
        drafting.approve(riverside.campaign, row, by=who)
    drafting.sign(riverside.campaign, row, by=riverside.ada.actor)

    with pytest.raises(drafting.NotYet, match="signed already"):
        drafting.sign(riverside.campaign, row, by=riverside.ada.actor)


def test_a_notice_can_be_stopped_and_otherwise_ends_in_a_signature(riverside: Desk) -> None:
    campaign, by = riverside.campaign, riverside.ada.actor
    row = riverside.drafts()
    for who in (riverside.ben, riverside.cora):
        drafting.approve(campaign, row, by=who)
    drafting.sign_later(campaign, row, by=by)
    with pytest.raises(drafting.NotYet, match="notice is still running"):
        drafting.sign(campaign, row, by=by)
    assert drafting.sign_what_is_due() == 0
    assert drafting.stop(campaign, row, by=by)
    assert not drafting.stop(campaign, row, by=by)

    drafting.sign_later(campaign, row, by=by)
    with tenant(campaign.pk):
        late = timezone.now() - timedelta(seconds=1)
        Countdown.objects.of(campaign).filter(ended_at=None).update(due_at=late)
    assert drafting.sign_what_is_due() == 1
    assert drafting.sign_what_is_due() == 0
    with tenant(campaign.pk):
        assert ledger_of(campaign).standing.drafts[row.name].state == "sent"
        assert Record.objects.of(campaign).filter(kind="statement").count() == 1


def test_withdrawn_replaced_and_over_are_told_by_the_fold(riverside: Desk) -> None:
    campaign = riverside.campaign
    first, second = riverside.says("One."), riverside.says("Two.")
    third = riverside.says("Three.", expires=timezone.now() + timedelta(seconds=90))
    riverside.says("Gone.", kind="withdrawal", replaces=first.name)
    riverside.says("Two, better.", replaces=second.name)

    with tenant(campaign.pk):
        later = ledger_of(campaign, timezone.now() + timedelta(minutes=5))
        ended = {
            row.name: later.standing.statements[row.name].ended for row in (first, second, third)
        }
        assert list(ended.values()) == ["withdrawn", "superseded", "expired"]
        assert ledger_of(campaign).standing.statements[third.name].ended == ""
        said = {item.words: item.ended for item in published(campaign)}
    assert said == {
        "One.": "withdrawn", "Two.": "superseded", "Three.": "", "Gone.": "", "Two, better.": ""
    }  # fmt: skip


def test_what_is_under_embargo_or_private_is_not_published(riverside: Desk) -> None:
    riverside.says("Later.", not_before=timezone.now() + timedelta(hours=1))
    riverside.says("Between us.", public=False)

    with tenant(riverside.campaign.pk):
        assert published(riverside.campaign) == []


def test_nobody_ends_a_statement_of_somebody_else(riverside: Desk, harbour: Desk) -> None:
    riverside.meets(harbour)
    theirs = riverside.hears(harbour.bundle(harbour.says()))

    with pytest.raises(BadInput, match="Only a statement of our own"):
        riverside.drafts("Gone.", kind="withdrawal", replaces=theirs.name)


def test_the_head_is_that_of_the_whole_log_and_every_record_has_its_proof(riverside: Desk) -> None:
    campaign = riverside.campaign
    rows = [riverside.says(f"Fact {number}.", kind="fact") for number in range(11)]

    with tenant(campaign.pk):
        entries = Entry.objects.of(campaign).order_by("place").select_related("record")
        leaves = [leaf_hash(bytes(entry.record.content)) for entry in entries]
        assert [bytes(entry.leaf) for entry in entries] == leaves
        heads = [Checkpoint.of_text(read_note(head.note).text)
                 for head in Head.objects.of(campaign).order_by("size")]  # fmt: skip
        assert [head.root for head in heads] == [root_of(leaves[: n + 1]) for n in range(11)]
        assert all(verify_bundle(bundle_of(row)).good for row in rows)
        assert range_of(campaign).root == root_of(leaves)
        assert Subtree.objects.of(campaign).count() == 11 + 5 + 2 + 1


def test_to_append_reads_a_hash_for_each_1_bit_of_the_size_and_not_the_log(riverside: Desk) -> None:
    for number in range(7):
        riverside.says(f"Fact {number}.", kind="fact")

    with tenant(riverside.campaign.pk), connection.execute_wrapper(Counting()) as _:
        asked = Counting.asked = []
        range_of(riverside.campaign)
    assert len(asked) == 1 + 3


class Counting:
    """Writes down each statement that goes to the database."""

    asked: list[str] = []  # noqa: RUF012  # one test's

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # Django's own shape
        self.asked.append(sql)
        return execute(sql, params, many, context)


@pytest.mark.trust(17)
@pytest.mark.parametrize("table", ["record", "entry", "subtree", "head", "keyline", "node"])
def test_the_role_that_serves_can_add_to_the_log_and_change_nothing(
    riverside: Desk, table: str
) -> None:
    riverside.says()
    for statement in ("delete from", "update"):
        sql = f"{statement} statements_{table}" + (" set id = id" if statement == "update" else "")
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            tenant(riverside.campaign.pk),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_record_changed_in_the_database_by_its_owner_counts_for_nothing(riverside: Desk) -> None:
    row = riverside.says("We wish you well.")
    changed = Record(
        campaign=riverside.campaign, name="0" * 64, kind="statement", issuer=riverside.node,
        content=bytes(row.content).replace(b"well", b"hell"),
    )  # fmt: skip
    with tenant(riverside.campaign.pk):
        changed.save()
        ledger = ledger_of(riverside.campaign)
        assert ledger.false == ("0" * 64,)
        assert [one.said["body"] for one in ledger.heard("statement")] == ["We wish you well."]


@pytest.mark.trust(26)
def test_the_secrets_are_files_for_the_server_alone_and_stand_in_no_table(riverside: Desk) -> None:
    campaign = riverside.campaign
    riverside.says()
    (file,) = (settings.KEYS_FOLDER / str(campaign.pk)).iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    seed = bytes.fromhex(file.read_text())
    secrets = [seed, *(key_files.Secrets(seed).key(part).raw for part in key_files.PARTS)]
    with tenant(campaign.pk), connection.cursor() as cursor:
        held = ""
        for table in ("node", "keyline", "record", "head", "salted"):
            cursor.execute(
                f"select coalesce(string_agg(t::text, ''), '') from statements_{table} t"  # noqa: S608  # our own names
            )
            held += cursor.fetchone()[0]
        cursor.execute("select coalesce(string_agg(t::text, ''), '') from audit_auditline t")
        held += cursor.fetchone()[0]
    assert len(held) > 1000
    assert not [secret for secret in secrets if secret.hex() in held]
    assert not [word for word in (" ".join(riverside.sheet.next_keys),) if word in held]


def test_keys_are_made_once(riverside: Desk) -> None:
    with pytest.raises(BadInput, match="has its keys already"):
        make_node(riverside.campaign, by=SETUP)


def test_the_sheet_brings_the_promised_keys_into_force_and_old_words_still_verify(
    riverside: Desk,
) -> None:
    before = riverside.says("Before.")
    sheet = take_next_keys(riverside.campaign, " ".join(riverside.sheet.next_keys), by=SETUP)
    after = riverside.says("After.")

    assert verify_bundle(riverside.bundle(before)).good
    assert verify_bundle(riverside.bundle(after)).good
    assert sheet.next_keys != riverside.sheet.next_keys
    with pytest.raises(BadInput, match="other keys than were promised"):
        take_next_keys(riverside.campaign, " ".join(riverside.sheet.next_keys), by=SETUP)


def test_every_step_leaves_a_line(riverside: Desk) -> None:
    riverside.says()

    with tenant(riverside.campaign.pk):
        lines = AuditLine.objects.of(riverside.campaign).order_by("id")
        verbs = [line.verb for line in lines]
    assert verbs[-5:] == [
        "node.make", "statement.draft", "statement.approve", "statement.approve", "statement.sign"
    ]  # fmt: skip


def test_two_campaigns_have_two_logs(riverside: Desk, harbour: Desk) -> None:
    riverside.says()

    with tenant(harbour.campaign.pk):
        assert Record.objects.all().count() == 0
        say(harbour.campaign, "claim", claimant="a", about="b", kind="fact", quote="c",
            when="2026-06-13T12:00:00Z")  # fmt: skip
        assert range_of(harbour.campaign).size == 1


def test_what_is_sealed_to_us_is_opened_before_and_after_our_keys_change(riverside: Desk) -> None:
    campaign, salt, words = riverside.campaign, b"\1" * 32, {"name": "Asha"}
    of, promised = "0a" * 32, commit(b"\1" * 32, {"name": "Asha"})

    def sealed() -> bytes:
        with tenant(campaign.pk):
            to = history_of(campaign, riverside.node).now.seal
        assert to is not None
        return seal(salt, words, to=to, of=of)

    before = sealed()
    sheet = take_next_keys(campaign, " ".join(riverside.sheet.next_keys), by=SETUP)
    parts = [before, sealed()]

    with tenant(campaign.pk):
        secrets = seals_of(campaign)
    assert len({secret.public for secret in secrets}) == 2
    for part in parts:
        assert open_sealed(part, with_=secrets, of=of, commitment=promised) == words
    assert sheet.node == riverside.node


def test_a_sheet_from_before_there_were_seals_is_still_taken(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(Secrets, "public", property(lambda keys: keys.signing))
        old = make_node(campaign, by=SETUP)

    new = take_next_keys(campaign, " ".join(old.next_keys), by=SETUP)
    take_next_keys(campaign, " ".join(new.next_keys), by=SETUP)

    with tenant(campaign.pk):
        seals = [event.seal is not None for event in history_of(campaign, old.node).events]
    assert seals == [False, False, True]
