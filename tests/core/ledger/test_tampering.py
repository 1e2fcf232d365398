"""The tamper matrix: whatever is changed in a bundle is found, and what is good is never called bad."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical, read_json
from hustings.core.ledger.verify import verify_bundle
from tests.core.ledger.campaigns import greeting_bundle, pair


def found(text: str | bytes) -> bool:
    """Whether a reader of this text is warned."""
    try:
        read = text.decode("utf-8") if isinstance(text, bytes) else text
        return not verify_bundle(read).good
    except (BadInput, UnicodeDecodeError):
        return True


@pytest.fixture(scope="module")
def good() -> str:
    text = str(greeting_bundle()[2])
    assert not found(text)
    return text


@pytest.mark.parametrize("flip", [0x01, 0x80])
def test_every_byte_flipped_is_found(good: str, flip: int) -> None:
    data = good.encode()

    missed = [
        at
        for at in range(len(data))
        if not found(data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :])
    ]

    assert missed == []


def test_every_byte_left_out_or_doubled_is_found(good: str) -> None:
    data = good.encode()

    assert [n for n in range(len(data)) if not found(data[:n] + data[n + 1 :])] == []
    assert [n for n in range(len(data)) if not found(data[: n + 1] + data[n:])] == []


def test_every_line_dropped_doubled_or_moved_is_found(good: str) -> None:
    lines = good.splitlines(keepends=True)
    changed = []
    for n in range(len(lines)):
        rest = lines[:n] + lines[n + 1 :]
        changed.append(rest)
        changed.append([*lines[:n], lines[n], *lines[n:]])
        changed += [[*rest[:m], lines[n], *rest[m:]] for m in range(len(lines)) if m != n]
    different = [one for one in changed if one != lines]

    assert len(different) > 200
    assert [one for one in different if not found("".join(one))] == []


def every_field(value: Any) -> Iterator[Any]:
    """The value with one field somewhere in it changed to another that could stand there."""
    if isinstance(value, dict):
        for key, part in value.items():
            for changed in every_field(part):
                yield {**value, key: changed}
            yield {name: other for name, other in value.items() if name != key}
        yield {**value, "note": "x"}
    elif isinstance(value, list):
        for n, part in enumerate(value):
            for changed in every_field(part):
                yield [*value[:n], changed, *value[n + 1 :]]
        yield [*value, "x"]
        yield value[:-1]
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1, str(value))
    else:
        yield from (value + "x", value[:-1], "", None)
        if value in ("greeting", "statement"):
            yield from ("support", "endorsement", "claim")
        if value.endswith("Z"):
            yield value.replace("2016", "2017")


def test_every_field_of_the_record_and_the_keys_changed_is_found(good: str) -> None:
    lines = good.split("\n")
    count = 0
    for n, line in enumerate(lines):
        word, _, text = line.partition(" ")
        if word not in ("record", "key"):
            continue
        value = read_json(text)
        for changed in every_field(value):
            if changed == value:
                continue
            count += 1
            other = [*lines[:n], f"{word} {canonical(changed).decode()}", *lines[n + 1 :]]
            assert found("\n".join(other)), changed
    assert count > 150


def test_keys_swapped_anywhere_are_found(good: str) -> None:
    values = [json.loads(line.partition(" ")[2]) for line in good.split("\n")[1:4]]
    keys = [key for event in values[1:] for key in event["keys"].values()]
    names = sorted({values[1]["issuer"], values[2]["issuer"]})

    for one in keys:
        for other in keys:
            if one != other:
                assert found(good.replace(one, other))
                swapped = good.replace(one, "?").replace(other, one).replace("?", other)
                assert found(swapped)
    assert found(good.replace(names[0], names[1]))
    assert found(good.replace(names[0], "?").replace(names[1], names[0]).replace("?", names[1]))


def test_parts_of_two_good_bundles_do_not_make_a_third(good: str) -> None:
    alder, birch = pair()
    index = birch.add(birch.statement("support", "We support you.", to=alder))
    other = str(birch.bundle(index, alder.watch(birch), alder))
    ours, theirs = good.split("\n"), other.split("\n")

    assert not found(other)
    for cut in range(1, min(len(ours), len(theirs))):
        for mixed in (ours[:cut] + theirs[cut:], theirs[:cut] + ours[cut:]):
            if mixed not in (ours, theirs):
                assert found("\n".join(mixed))


def test_a_thousand_good_bundles_raise_no_alarm() -> None:
    alder, birch = pair()
    kinds = ("greeting", "support", "endorsement", "fact", "invitation", "offer")
    for number in range(1000):
        body = f"Word {number} ✓ “quoted” \\ \t é \U0001f33f {'x' * (number % 70)}"
        birch.add(birch.statement(kinds[number % 6], body, to=alder if number % 2 else None))
    seen, alone = alder.watch(birch), birch.head()

    alarms = [
        index
        for index in range(11, 1011)
        if not verify_bundle(
            str(birch.bundle(index, seen, alder) if index % 3 else birch.bundle(index, alone))
        ).good
    ]

    assert alarms == []
