"""``hustings clippings read`` as somebody at a terminal meets it: where Django is not installed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_turf import answer, hustings, in_its_own_process
from tests.core.clippings.labelled import ARTICLES

PAGE, TEXT = ARTICLES / "first/phantom-message.html", ARTICLES / "first/hoped-for.txt"


def test_two_articles_are_read_where_django_is_not_installed() -> None:
    done = in_its_own_process("clippings", "read", PAGE, TEXT, "--json")

    page, text = answer(done)["articles"]
    assert done.returncode == 0, done.stderr
    assert (page["file"], page["published"]) == (str(PAGE), "2031-05-14")
    assert page["quotes"][1]["speaker"]["name"] == "Tom Barrow"
    for quote in [*page["quotes"], *text["quotes"]]:
        article = page if quote in page["quotes"] else text
        assert article["text"][quote["start"] : quote["end"]] == quote["text"]
    assert [page["broken"], text["broken"]] == [[], []]


def test_a_person_reads_what_was_found_and_that_it_is_only_proposed() -> None:
    done = hustings("clippings", "read", PAGE)

    assert done.returncode == 0
    assert "denial?, answers" in done.stdout
    assert "Proposed, not confirmed" in done.stdout


def test_a_date_that_is_known_overrules_the_one_found() -> None:
    done = hustings("clippings", "read", TEXT, "--date", "2031-07-01", "--json")

    (article,) = answer(done)["articles"]
    assert article["published"] == "2031-07-01"
    assert {when["text"]: when["first"] for when in article["dates"]}["on Sunday"] == "2031-06-29"


def test_pages_in_older_encodings_are_read(tmp_path: Path) -> None:
    words = "<html><head><meta charset='iso-8859-15'></head><p>«Schön», said Tom Barrow at the café.</p>"
    (tmp_path / "latin.html").write_bytes(words.encode("iso-8859-15"))
    (tmp_path / "windows.txt").write_bytes("“Yes,” said Tom Barrow.".encode("cp1252"))
    (tmp_path / "utf16.txt").write_bytes("“Yes,” said Tom Barrow.".encode("utf-16"))

    done = hustings(
        "clippings",
        "read",
        *(tmp_path / n for n in ("latin.html", "windows.txt", "utf16.txt")),
        "--json",
    )

    quotes = [article["quotes"][0]["text"] for article in answer(done)["articles"]]
    assert quotes == ["Schön", "Yes,", "Yes,"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read"),
        (b"PK\0\0\0", "no text"),
        (b"a" * ((4 << 20) + 1), "larger than 4 MB"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    file = tmp_path / "clipping.txt"
    if content is not None:
        file.write_bytes(content)

    done = hustings("clippings", "read", file)

    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_date_is_said_in_one_sentence() -> None:
    done = hustings("clippings", "read", TEXT, "--date", "yesterday")

    assert done.returncode == 2
    assert "«yesterday» is no date" in done.stderr


def test_an_empty_file_has_nothing_to_propose(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")

    done = hustings("clippings", "read", tmp_path / "empty.txt", "--json")

    (article,) = json.loads(done.stdout)["articles"]
    assert (done.returncode, article["text"], article["quotes"]) == (0, "", [])
