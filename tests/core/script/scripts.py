"""Scripts for tests: one that a campaign may use, and small ones by the thousand."""

from __future__ import annotations

from hypothesis import strategies as st

from hustings.core.script.tree import Answer, Script, Step

GREETING = Step(
    "start",
    "Hello, I am a volunteer. How do you feel about us?",
    (
        Answer("For it", "poster", "support", "1"),
        Answer("Not sure", "thanks", "support", "3"),
        Answer("Would rather not say"),
    ),
)
POSTER = Step(
    "poster",
    "Would you put a poster in your window?",
    (Answer("Yes", "thanks", "poster"), Answer("No", "thanks")),
    sensitivity="personal",
)
THANKS = Step("thanks", "Thank you for your time.")
BRANCHING = Script((GREETING, POSTER, THANKS))

NAMES = ("a", "b", "c", "d")
SPOKEN = ("How are you?", "Will you vote?", "Thank you.")


@st.composite
def small_scripts(draw: st.DrawFn) -> Script:
    """Up to four steps that may lead anywhere, also where there is none."""
    names = NAMES[: draw(st.integers(1, 4))]
    to = st.sampled_from(("", *names, "gone"))
    answer = st.builds(
        Answer,
        st.sampled_from(("Yes", "No", "Perhaps")),
        to,
        st.sampled_from(("", "support")),
        st.just("1"),
    )
    return Script(
        tuple(
            Step(
                name,
                draw(st.sampled_from(SPOKEN)),
                tuple(draw(st.lists(answer, max_size=3, unique_by=lambda one: one.label))),
                draw(to),
            )
            for name in names
        )
    )


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")) | st.just("\n"), max_size=60
)
LABEL = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30)


@st.composite
def spoken_scripts(draw: st.DrawFn) -> Script:
    """Scripts with any words in them."""
    names = NAMES[: draw(st.integers(1, 4))]
    to = st.sampled_from(("", *names))
    kind = st.sampled_from((("", ""), ("support", "2"), ("poster", ""), ("call_back", "")))
    steps = []
    for name in names:
        answers = tuple(
            Answer(" ".join(label.split()), leads, *holds)
            for label, leads, holds in draw(st.lists(st.tuples(LABEL, to, kind), max_size=3))
        )
        steps.append(
            Step(
                name, draw(TEXT), answers, "" if answers else draw(to),
                draw(st.sampled_from(("open", "personal", "not_kept"))),
            )
        )  # fmt: skip
    return Script(tuple(steps))
