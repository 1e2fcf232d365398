"""Who spoke, in what part, and through whom the words came."""

from __future__ import annotations

import time

import pytest

from hustings.core.clippings.read import read

CAST = (
    "Tom Barrow, the Harbour Party candidate in Kelby, and Ann Leddy, who is standing for the Civic Union, "
    "met on Monday.\n\n"
)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("“We won,” said Tom Barrow.", "Tom Barrow", "candidate"),
        ("“We won,” Mr Barrow said.", "Tom Barrow", "candidate"),
        ("Mr Barrow said: “We won.”", "Tom Barrow", "candidate"),
        ("“We won,” said Barrow, who is 51.", "Tom Barrow", "candidate"),
        ("Mr Barrow said they had been “badly misled”.", "Tom Barrow", "candidate"),
        ("According to Ann Leddy, “nobody won”.", "Ann Leddy", "candidate"),
        ("“We won,” the Civic Union candidate told reporters.", "Ann Leddy", "candidate"),
        ("“We won,” said his agent, Roland Pym.", "Roland Pym", "aide"),
        ("General secretary Bridget Amoah said: “No.”", "Bridget Amoah", "official"),
        ("A Quill spokeswoman, Dee Marlow, said: “No.”", "Dee Marlow", "spokesman"),
        ("Mr Barrow’s brother, Ned Barrow, said: “No.”", "Ned Barrow", "relative"),
        ("Cllr Ravi Menon (Meadow Alliance): “No.”", "Ravi Menon", "office holder"),
        ("“We won,” said Dr Priya Nand, a lecturer at the university.", "Priya Nand", ""),
    ],
)
def test_a_speaker_with_a_name(text: str, name: str, role: str) -> None:
    (quote,) = read(CAST + text).quotes

    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.role) == (name, role)


@pytest.mark.parametrize(
    ("text", "described", "role"),
    [
        ("A spokesman for Ms Leddy said: “No.”", "A spokesman for Ms Leddy", "spokesman"),
        (
            "“No,” said a source close to Mr Barrow.",
            "a source close to Mr Barrow",
            "unnamed source",
        ),
        ("“No,” the aide, who asked not to be named, told Meridian.", "the aide", "aide"),
        ("“No,” one campaign insider said.", "one campaign insider", "unnamed source"),
        ("Mr Barrow’s team said they were “very sorry”.", "Mr Barrow’s team", "aide"),
    ],
)
def test_a_speaker_without_a_name(text: str, described: str, role: str) -> None:
    (quote,) = read(CAST + text).quotes

    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.described, quote.speaker.role) == (
        "",
        described,
        role,
    )


@pytest.mark.parametrize(
    ("text", "relay"),
    [
        ("“No,” Tom Barrow told the Kelby Gazette.", ("the Kelby Gazette",)),
        ("“No,” Tom Barrow told the ABC.", ("the ABC",)),
        ("“No,” Tom Barrow told Ann Leddy.", ()),
        ("“No,” Tom Barrow told supporters.", ()),
        ("Tom Barrow said “never again”, according to the Meridian News Agency.", ("the Meridian News Agency",)),
        ("“No,” Tom Barrow posted on Chirp.", ("Chirp",)),
    ],
)  # fmt: skip
def test_through_whom_the_words_came(text: str, relay: tuple[str, ...]) -> None:
    (quote,) = read(CAST + text).quotes

    assert quote.relay == relay


def test_a_quote_broken_by_its_speaker_is_one_utterance() -> None:
    reading = read("“We will,” Joss Whitlock said, “be ready on the day.”")

    assert [(q.utterance, q.speaker.name) for q in reading.quotes if q.speaker] == [
        (1, "Joss Whitlock"),
        (1, "Joss Whitlock"),
    ]


def test_she_is_not_a_man() -> None:
    text = "Mr Joss Whitlock arrived with Mrs Pat Whitlock.\n\n“He was always stubborn,” she said."

    (quote,) = read(text).quotes

    assert quote.speaker is not None
    assert quote.speaker.name == "Pat Whitlock"


def test_scare_quotes_have_no_speaker() -> None:
    text = (
        CAST + "The so-called “phantom message” and the League's ‘people-powered’ campaign go on."
    )

    assert [(quote.kind, quote.speaker) for quote in read(text).quotes] == [
        ("scare", None),
        ("scare", None),
    ]


def test_words_that_nobody_is_said_to_have_spoken_get_no_speaker() -> None:
    (quote,) = read(CAST + "The hall was quiet.\n\n“It was a long night for all of us.”").quotes

    assert quote.speaker is None


def test_the_candidate_of_a_party_is_who_was_just_spoken_of() -> None:
    text = "Ann Leddy has hit back at her critics.\n\n“I promised nothing,” the Civic Union candidate said."

    (quote,) = read(text).quotes

    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.role) == ("Ann Leddy", "candidate")


def test_a_mother_without_a_surname_has_her_sons() -> None:
    text = (
        "Joss Whitlock launched his campaign beside his mother, Pat.\n\n"
        "“He was always stubborn,” said Mrs Whitlock."
    )

    (quote,) = read(text).quotes

    assert quote.speaker is not None
    assert quote.speaker.name == "Pat Whitlock"


def test_a_surname_that_stands_alone_is_a_person_and_a_party_is_not() -> None:
    text = (
        "The debate was loud. “It will be long,” Catania said. Catania spoke first.\n\n"
        "Commonweal said it was content. The Commonweal candidate left early."
    )

    reading = read(text)

    assert [quote.speaker.name for quote in reading.quotes if quote.speaker] == ["Catania"]


def test_the_report_of_a_report_belongs_to_who_spoke() -> None:
    text = (
        CAST
        + "The report, first published by the Kelby Gazette, said Barrow told a crowd that she “has a lot of respect” for him."
    )

    (quote,) = read(text).quotes

    assert quote.speaker is not None
    assert (quote.speaker.name, quote.relay) == ("Tom Barrow", ("the Kelby Gazette",))


def test_a_paragraph_that_lost_its_empty_lines_is_read_in_time() -> None:
    """Each «she» asked every mention about every mention once: minutes for twenty thousand characters."""
    article = "We had a message from Iris Birch yesterday. She denied it. " * 340
    names = "Tom Marlow Iris Birch " * 900
    began = time.process_time()

    assert len(read(article).proposals) > 300
    assert read(names).proposals == ()

    assert time.process_time() - began < 20
