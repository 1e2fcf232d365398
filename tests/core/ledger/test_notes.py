"""Notes, heads, co-signatures and proof files in the published formats."""

from __future__ import annotations

import pytest

from hustings.core.errors import BadInput
from hustings.core.ledger.checkpoint import Checkpoint, cosign, cosigned_at
from hustings.core.ledger.note import (
    COSIGNATURE,
    NoteSignature,
    Verifier,
    from_base64,
    read_note,
    sign_note,
)
from hustings.core.ledger.tlog_proof import TlogProof, read_tlog_proof
from tests.core.conftest import Vectors
from tests.core.ledger.campaigns import secret

KEY = secret("note")
HEAD = Checkpoint("birch.example/log", 7, b"r" * 32)


def test_the_published_note_verifies_and_is_written_the_same(vectors: Vectors) -> None:
    published = vectors.json("signed_note_c2sp/example.json")
    verifier = Verifier.of_vkey(published["vkey"])
    note = read_note(published["note"])

    assert verifier.vkey == published["vkey"]
    assert str(note) == published["note"]
    assert note.signed_by(verifier)


def test_every_byte_of_the_published_note_flipped_is_found(vectors: Vectors) -> None:
    published = vectors.json("signed_note_c2sp/example.json")
    verifier, data = Verifier.of_vkey(published["vkey"]), published["note"].encode()
    missed = []
    for at in range(len(data)):
        for flip in (0x01, 0x20, 0x80):
            changed = data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :]
            try:
                if read_note(changed.decode()).signed_by(verifier):
                    missed.append(at)
            except (BadInput, UnicodeDecodeError):
                pass

    assert missed == []


def test_every_letter_of_the_published_key_changed_is_found(vectors: Vectors) -> None:
    vkey = vectors.json("signed_note_c2sp/example.json")["vkey"]

    for at in range(len(vkey)):
        other = vkey[:at] + ("A" if vkey[at] != "A" else "B") + vkey[at + 1 :]
        with pytest.raises(BadInput):
            Verifier.of_vkey(other)


def test_lines_of_unknown_keys_are_passed_over_and_false_lines_of_known_ones_are_not() -> None:
    note = sign_note("Hello.\n", "birch.example", KEY)
    other = sign_note("Hello.\n", "cedar.example", secret("other"))
    both = read_note(str(other.with_lines(note.signatures)))
    false = sign_note("Other.\n", "birch.example", KEY)

    assert both.signed_by(Verifier("birch.example", KEY.public))
    assert not both.signed_by(Verifier("dogwood.example", KEY.public))
    assert not both.signed_by(Verifier("birch.example", secret("other").public))
    with pytest.raises(BadInput, match="does not fit"):
        both.with_lines(false.signatures).signed_by(Verifier("birch.example", KEY.public))


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "Hello.\n", "Hello.\n\n", "Hello.\n\n— a b\n", "Hello.\n\n— a AAAA\n",
        "Hello.\n\n- a " + "A" * 92 + "\n", "Hello.\n\n— a+b " + "A" * 92 + "\n",
        "Hel\tlo.\n\n— a " + "A" * 92 + "\n", "Hello.\n\n— a  " + "A" * 92 + "\n",
        "Hello.\n\n— a " + "A" * 92, "\ud800\n\n— a " + "A" * 92 + "\n", "x" * 100_001,
        "Hello.\n\n" + ("— a " + "A" * 92 + "\n") * 65,
    ],
)  # fmt: skip
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_note(text)


def test_sixteen_signatures_are_read() -> None:
    note = sign_note("Hello.\n", "a.example", KEY)

    assert len(read_note(str(note.with_lines(note.signatures * 15))).signatures) == 16


def test_a_head_reads_back_and_is_signed_under_its_own_name() -> None:
    note = HEAD.sign(KEY)

    assert Checkpoint.of_text(note.text) == HEAD
    assert note.signed_by(Verifier("birch.example/log", KEY.public))
    assert note.text == "birch.example/log\n7\n" + "cnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\n"


@pytest.mark.parametrize(
    "text",
    [
        "a\n7\n", "a\n07\ncnJy\n", "a\n7\ncnJy\n", "a b\n7\n{root}\n", "a\n-7\n{root}\n", "a\n7\n{root}",
        "a\n7\n{root}\nmore\n", "a\n٧\n{root}\n", "\n7\n{root}\n", "a\n99999999999999999999\n{root}\n",
    ],
)  # fmt: skip
def test_what_is_no_head_is_refused(text: str) -> None:
    root = "cnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI="

    with pytest.raises(BadInput):
        Checkpoint.of_text(text.replace("{root}", root))


def test_a_co_signature_holds_its_time_and_this_head_alone() -> None:
    witness = Verifier("alder.example", KEY.public, COSIGNATURE)
    line = cosign(str(HEAD), 1_679_315_147, "alder.example", KEY)
    note = HEAD.sign(secret("log")).with_lines([line])
    other = Checkpoint(HEAD.origin, 8, HEAD.root).sign(secret("log")).with_lines([line])

    assert cosigned_at(read_note(str(note)), witness) == 1_679_315_147
    assert cosigned_at(HEAD.sign(secret("log")), witness) is None
    assert len(str(line)) == len("— alder.example ") + 104
    with pytest.raises(BadInput, match="does not fit this head"):
        cosigned_at(other, witness)


def test_a_co_signature_of_no_time_is_refused_though_it_verifies() -> None:
    witness = Verifier("alder.example", KEY.public, COSIGNATURE)
    time = 2**63
    message = f"cosignature/v1\ntime {time}\n{HEAD}".encode()
    line = NoteSignature("alder.example", witness.key_id, time.to_bytes(8) + KEY.sign(message))

    with pytest.raises(BadInput, match="does not fit this head"):
        cosigned_at(HEAD.sign(secret("log")).with_lines([line]), witness)
    with pytest.raises(BadInput, match="no time in seconds"):
        cosign(str(HEAD), time, "alder.example", KEY)


def test_a_plain_signature_is_not_taken_for_a_co_signature() -> None:
    witness = Verifier("alder.example", KEY.public, COSIGNATURE)
    plain = Verifier("alder.example", KEY.public)

    assert witness.key_id != plain.key_id
    assert cosigned_at(sign_note(str(HEAD), "alder.example", KEY), witness) is None
    assert Verifier.of_vkey(witness.vkey) == witness


def test_a_proof_file_reads_back_with_and_without_extra_data() -> None:
    for extra in (None, b"", b"anything"):
        proof = TlogProof(3, (b"a" * 32, b"b" * 32), HEAD.sign(KEY), extra)

        assert read_tlog_proof(str(proof)) == proof
        assert str(proof).startswith("c2sp.org/tlog-proof@v1\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@v1", "@v2"), ("index 3", "index 03"), ("index 3", "index -3"), ("index 3", "Index 3"),
        ("index 3\n", ""), ("YWFhYWFh", "YWFh YWFh"), ("WE=\n\n", "WE=\n"), ("WE=\n", "WF=\n"),
    ],
)  # fmt: skip
def test_a_proof_file_that_is_written_otherwise_is_refused(old: str, new: str) -> None:
    text = str(TlogProof(3, (b"a" * 32,), HEAD.sign(KEY)))

    assert old in text
    with pytest.raises(BadInput):
        read_tlog_proof(text.replace(old, new, 1))


@pytest.mark.parametrize("text", ["A", "AB==", "A A=", "YQ=", "YR==", "é"])
def test_base64_has_one_writing(text: str) -> None:
    with pytest.raises(BadInput):
        from_base64(text)
