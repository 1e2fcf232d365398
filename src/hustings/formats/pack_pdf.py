"""
Printed packs: a cover with the map, then the doors in walking order with boxes to tick, as one PDF.

Typeset by Typst as tagged PDF/UA-1, so that it can also be read by ear. What is printed reaches the
typesetter as data (JSON), never as text put into its program: a name cannot become a command.
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING

import segno
import typst

from hustings.core.errors import BadInput
from hustings.formats.pack_map import map_svg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.core.walk.network import StreetNetwork

MOST_DOORS = 1000
"""In one walk; a walk of more is no walk, and its paper would not be carried."""


@dataclass(frozen=True, slots=True)
class PackPerson:
    """Somebody to ask for; ``note`` is a word or two («postal vote»), never a secret."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PackDoor:
    """
    One door.

    Parameters
    ----------
    stop
        Its number in the walk, from 1.
    street, label
        The street as a heading, and what stands on the door («14», «Flat 3, 22»).
    note
        How to get in, or what to beware of.
    lon, lat
        Degrees (WGS 84); None for both where its place is not known.
    """

    stop: int
    street: str
    label: str
    people: tuple[PackPerson, ...] = ()
    note: str = ""
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class PackWalk:
    """One walk; ``code`` and ``address`` (what the QR opens) are empty until it is handed out."""

    number: int
    name: str
    doors: tuple[PackDoor, ...]
    minutes: int
    metres: int
    code: str = ""
    address: str = ""
    holder: str = ""
    until: str = ""
    route: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        if not self.doors:
            raise BadInput(f"Walk {self.number} has no doors: there is nothing to print.")
        if len(self.doors) > MOST_DOORS:
            raise BadInput(
                f"Walk {self.number} has {len(self.doors)} doors; a pack holds at most {MOST_DOORS}."
            )


@dataclass(frozen=True, slots=True)
class Pack:
    """
    Everything that is printed.

    Parameters
    ----------
    language
        BCP 47, for the reader's voice and hyphenation.
    answers
        (code, label) of each answer to tick: the support scale or the parties.
    credit
        Whose map it is.
    """

    campaign: str
    action: str
    walks: tuple[PackWalk, ...]
    script: str
    answers: tuple[tuple[str, str], ...]
    language: str = "en-GB"
    credit: str = ""

    def __post_init__(self) -> None:
        if not self.walks:
            raise BadInput("No walk was chosen: there is nothing to print.")


WORDS = {
    "walk": "Walk",
    "doors": "doors",
    "minutes": "minutes",
    "metres": "m on foot",
    "code": "Code",
    "code_help": "Type it on your phone, or point its camera here, to record at the door instead.",
    "for": "For",
    "until": "Back by",
    "say": "What to say",
    "tick": "What to tick",
    "no_answer": "nobody home",
    "refused": "would rather not",
    "door": "Door",
    "name": "Name",
    "notes": "Notes",
    "page": "Page",
    "of": "of",
    "map_alt": "Map of the walk; the list that follows has the same doors in the same order.",
    "qr_alt": "The walk's address as a QR code",
    "care": "This list is about people. Bring it back or tear it up; do not photograph it.",
    "title": "Walks",
    "no_names": "nobody on the register",
}
"""Keys and English words; a caller hands in its reader's language."""


def pack_pdf(
    pack: Pack, streets: StreetNetwork | None = None, words: Mapping[str, str] | None = None
) -> bytes:
    """
    Typeset all walks of a pack into one A4 file.

    Parameters
    ----------
    streets
        The walkable streets, for the maps; without them a map shows the doors and the route alone.
    words
        Fixed words in the reader's language, by the keys of :data:`WORDS`.
    """
    data = {
        **asdict(pack),
        "words": {**WORDS, **(words or {})},
        "walks": [_walk(walk, streets) for walk in pack.walks],
    }
    made: object = typst.compile(
        resources.files("hustings.formats").joinpath("pack.typ").read_bytes(),
        format="pdf",
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        sys_inputs={"pack": json.dumps(data, ensure_ascii=False)},
        timestamp=datetime(2000, 1, 1, tzinfo=UTC),  # the same pack is the same file
    )
    if not isinstance(made, bytes):
        raise BadInput("The pack could not be typeset.")
    return made


def _walk(walk: PackWalk, streets: StreetNetwork | None) -> dict[str, object]:
    placed = [door for door in walk.doors if door.lon is not None and door.lat is not None]
    return {
        **{key: value for key, value in asdict(walk).items() if key not in {"route", "doors"}},
        "door_count": len(walk.doors),
        "streets": _by_street(walk.doors),
        "map": map_svg(
            [door.lon for door in placed if door.lon is not None],
            [door.lat for door in placed if door.lat is not None],
            [door.stop for door in placed],
            walk.route,
            streets,
        )
        if placed
        else "",
        "qr": qr_svg(walk.address) if walk.address else "",
    }


def _by_street(doors: Sequence[PackDoor]) -> list[dict[str, object]]:
    """Doors in walking order under a heading a street; a street walked twice gets two headings."""
    groups: list[dict[str, object]] = []
    last: list[dict[str, object]] = []
    name: str | None = None
    for door in sorted(doors, key=lambda door: door.stop):
        if door.street != name:
            name, last = door.street, []
            groups.append({"name": name, "doors": last})
        last.append(
            {
                "stop": door.stop,
                "label": door.label,
                "note": door.note,
                "people": [asdict(person) for person in door.people],
            }
        )
    return groups


def qr_svg(address: str) -> str:
    """A QR code as SVG that prints at any size; also shown on screen."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, light="#ffffff", unit="", scale=4
    )
    return out.getvalue().decode()


def qr_data(address: str) -> str:
    """The same as a picture address, for a page that allows no inline drawing."""
    return segno.make(address, error="m", micro=False).svg_data_uri(
        border=2, scale=6, light="#ffffff"
    )
