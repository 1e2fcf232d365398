"""A parcel is the same bytes for the same things, and what was changed, added or blown up is refused in a sentence."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.errors import BadInput
from hustings.formats import parcel as parcels
from hustings.formats.parcel import SEALED, Parcel, read_parcel, write_parcel

BUNDLE = "hustings-bundle@v1\nrecord {}\n"
FILE = b"%PDF-1.7 a leaflet"
DIGEST = hashlib.sha256(FILE).hexdigest()
GOOD = Parcel(BUNDLE, {DIGEST: FILE, SEALED: b"sealed"})


def zipped(entries: dict[str, bytes], **options: int) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", **options) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return into.getvalue()


def test_what_was_packed_comes_out_and_the_same_parcel_is_the_same_bytes() -> None:
    assert read_parcel(write_parcel(GOOD)) == GOOD
    assert write_parcel(GOOD) == write_parcel(Parcel(BUNDLE, dict(reversed(GOOD.parts.items()))))
    assert read_parcel(BUNDLE.encode()) == Parcel(BUNDLE)
    assert read_parcel(BUNDLE.replace("\n", "\r\n").encode()) == Parcel(BUNDLE)


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ({"record.bundle": b"x", f"files/{DIGEST}": FILE + b"!"}, "was changed on its way"),
        ({"record.bundle": b"x", "files/../../etc/passwd": b"x"}, "this one was added"),
        ({"record.bundle": b"x", "run.exe": b"x"}, "this one was added"),
        ({f"files/{DIGEST}": FILE}, "no record in this parcel"),
        ({"record.bundle": b"\xff"}, "is no text"),
        ({}, "no record in this parcel"),
    ],
)
def test_what_does_not_belong_in_a_parcel_is_refused(entries: dict[str, bytes], why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_parcel(zipped(entries))


def test_a_parcel_that_blows_up_is_refused_before_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"record.bundle": b"\0" * 3_000_000}, compression=zipfile.ZIP_DEFLATED)
    monkeypatch.setattr(parcels, "MOST_BYTES", 1_000_000)

    assert len(bomb) < 10_000
    with pytest.raises(BadInput, match="larger than 1 MB"):
        read_parcel(bomb)
    with pytest.raises(BadInput, match="larger than any parcel"):
        read_parcel(b"\0" * 1_000_001)
    many = {f"files/{n:064x}": b"" for n in range(60)}
    with pytest.raises(BadInput, match="too many files"):
        read_parcel(zipped(many))


@given(st.binary(max_size=300))
def test_no_bytes_at_all_fail_otherwise_than_in_a_sentence(noise: bytes) -> None:
    for content in (noise, b"PK\x03\x04" + noise):
        with pytest.raises(BadInput):
            read_parcel(content)


def test_every_byte_of_a_parcel_that_is_flipped_changes_nothing_unseen() -> None:
    good = write_parcel(GOOD)
    for at in range(len(good)):
        try:
            read = read_parcel(good[:at] + bytes([good[at] ^ 0x41]) + good[at + 1 :])
        except BadInput:
            continue
        assert {name: hashlib.sha256(part).hexdigest() for name, part in read.parts.items() if name != SEALED} == {
            name: name for name in read.parts if name != SEALED
        }  # fmt: skip
