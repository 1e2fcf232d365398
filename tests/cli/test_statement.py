"""``hustings statement verify`` as somebody with a bundle meets it, where Django is not installed."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from hustings.core.ledger.canonical import canonical
from hustings.core.ledger.key_history import ALLOWED as KEY_ALLOWED
from hustings.core.ledger.key_history import NEEDED as KEY_NEEDED
from hustings.core.ledger.records import ALLOWED, COMMON, NEEDED
from hustings.core.ledger.verify import LAWS
from tests.cli.test_turf import answer, hustings, in_its_own_process
from tests.core.ledger.campaigns import Campaign, greeting_bundle, urn

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/ledger.md"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    path = tmp_path / "«greeting» of Birch.bundle"
    path.write_bytes(str(greeting_bundle()[2]).encode())
    return path


def test_a_good_bundle_is_two_sentences_and_the_words(bundle: Path) -> None:
    done = in_its_own_process("statement", "verify", bundle)

    assert (done.returncode, done.stderr) == (0, "")
    proven, not_proven, words = done.stdout.splitlines()
    assert proven.startswith("The node that calls itself «Birch for Mayor» (node:z")
    assert "co-signed by «Alder for Mayor» (node:z" in proven
    assert not_proven.startswith("Not proven is that the nodes named here are the campaigns")
    assert words == "The words: We wish you well, “neighbours” — été."


def test_the_same_as_json(bundle: Path) -> None:
    _, birch, made = greeting_bundle()

    done = hustings("statement", "verify", bundle, "--json")

    found = answer(done)
    assert done.returncode == 0
    assert (found["good"], found["broken"]) == (True, [])
    assert (found["index"], found["size"], found["log"]) == (11, 13, birch.origin)
    assert found["record"] == made.record
    assert [seen["name"] for seen in found["witnesses"]] == ["Alder for Mayor"]


def test_a_bundle_that_does_not_hold_exits_with_one_and_says_which_law(bundle: Path) -> None:
    _, _, made = greeting_bundle()
    changed = replace(made, record=made.record | {"kind": "endorsement"})
    bundle.write_bytes(str(changed).encode())

    words = hustings("statement", "verify", bundle)
    found = answer(hustings("statement", "verify", bundle, "--json"))

    assert words.returncode == 1
    assert words.stdout.startswith("Nothing is proven: the signature does not fit the text")
    assert "do not quote it" in words.stdout
    assert "We wish you well" not in words.stdout
    assert [broken["law"] for broken in found["broken"]] == ["signature", "log"]
    assert found["record"] is None


def test_the_node_that_was_asked_for_is_compared(bundle: Path) -> None:
    alder, birch, _ = greeting_bundle()

    assert hustings("statement", "verify", bundle, "--node", birch.node).returncode == 0
    other = hustings("statement", "verify", bundle, "--node", alder.node)

    assert other.returncode == 1
    assert "«asked-for»" in other.stdout


def key_lines(*campaigns: Campaign) -> str:
    events = [event for campaign in campaigns for event in campaign.history.events]
    return "".join(f"key {canonical(event.record).decode()}\n" for event in events)


def test_keys_from_elsewhere_stand_for_those_in_the_bundle(bundle: Path, tmp_path: Path) -> None:
    alder, birch, made = greeting_bundle()
    (tmp_path / "keys").write_text(key_lines(birch, alder))
    bundle.write_bytes(str(replace(made, keys=())).encode())

    assert hustings("statement", "verify", bundle).returncode == 1
    assert hustings("statement", "verify", bundle, "--keys", tmp_path / "keys").returncode == 0


def test_keys_from_elsewhere_tell_of_a_theft_that_the_bundle_does_not_know(
    bundle: Path, tmp_path: Path
) -> None:
    _, birch, _ = greeting_bundle()
    stolen = {"since": "2016-08-01T00:00:00Z", "logSize": 0}
    birch.rotate("2016-09-01T00:00:00Z", compromised=stolen)
    (tmp_path / "keys").write_text(key_lines(birch))

    done = hustings("statement", "verify", bundle, "--keys", tmp_path / "keys")

    assert done.returncode == 1
    assert "stolen since 2016-08-01T00:00:00Z" in done.stdout


def test_pasted_text_with_other_line_ends_is_the_same_bundle(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pasted = bundle.read_bytes().replace(b"\n", b"\r\n").rstrip()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(pasted)))

    assert hustings("statement", "verify", "-").returncode == 0


def test_a_name_that_pretends_to_be_part_of_the_sentence_is_shown_as_a_name(tmp_path: Path) -> None:
    name = "X» (node:zTrue) signed\nthis, co-signed by «Y\u202e\x1b[2J" + "z" * 200
    false = Campaign("Birch", extra={"id": urn("false"), "name": name})
    index = false.add(false.statement("greeting", "Hi \x1b[31m\u202ethere"))
    (tmp_path / "b").write_bytes(str(false.bundle(index, false.head())).encode())

    done = hustings("statement", "verify", tmp_path / "b")

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert "X› [node:zTrue] signed this" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["statement"], "required: verify"),
        (["statement", "verify"], "BUNDLE"),
        (["statement", "verify", "nowhere"], "nowhere: This file cannot be opened"),
        (["statement", "verify", "."], "cannot be opened"),
        (["statement", "verify", "empty"], "empty: This is no bundle"),
        (["statement", "verify", "latin"], "latin: Byte 2 is not UTF-8"),
        (["statement", "verify", "large"], "large: This file is larger than any bundle"),
        (["statement", "verify", "cut"], "cut: This bundle was cut off"),
        (["statement", "verify", "escape"], "escape: A bundle has no line"),
        (["statement", "verify", "empty", "--keys", "empty"], "empty: A file of keys"),
        (["statement", "verify", "empty", "--shout"], "Unrecognized"),
        (["statement", "sign"], "invalid choice"),
    ],
)
def test_bad_input_exits_with_two_and_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").write_text("")
    Path("latin").write_bytes(b"h\xe9")
    Path("large").write_bytes(b"x" * 4_000_002)
    Path("cut").write_text("hustings-bundle@v1\nrecord {}\n")
    Path("escape").write_text("hustings-bundle@v1\nrecord {}\n\x1b[2J\rx\nc2sp.org/tlog-proof@v1\n")

    done: subprocess.CompletedProcess[str] = hustings(*arguments)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr
    assert "Traceback" not in done.stderr


def test_any_bytes_at_all_are_answered_without_a_traceback(bundle: Path) -> None:
    data = bundle.read_bytes()
    for at in range(0, len(data), 37):
        bundle.write_bytes(data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1 :])
        done = hustings("statement", "verify", bundle)
        assert done.returncode in (1, 2)
        assert not done.stdout.startswith("The node")


def test_the_reference_names_every_key_law_type_and_field(bundle: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")

    def part(title: str) -> str:
        return page.split(f"\n## {title}\n")[1].split("\n## ")[0]

    def named(text: str) -> set[str]:
        return set(re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE))

    found = answer(hustings("statement", "verify", bundle, "--json"))
    assert named(part("JSON keys")) == set(found)
    assert named(part("The laws")) == set(LAWS)
    documented = {
        type_: set(re.findall(r"`(\w+)`", fields))
        for type_, fields in re.findall(r"^\| `(\w+)` \| (.*) \|$", part("Records"), re.MULTILINE)
    }
    program = {type_: {*NEEDED[type_], *ALLOWED.get(type_, {})} for type_ in NEEDED}
    program["key_event"] = {*KEY_NEEDED, *KEY_ALLOWED} - {*COMMON, "proof"}
    assert documented == program
