"""``hustings town``: an invented town, to try the other commands on."""

from __future__ import annotations

from hustings.cli.arguments import Parser, whole


def main(argv: list[str]) -> int:
    """Write DOORS.csv and, if asked, the streets of an invented town."""
    parser = Parser(prog="hustings town", description=__doc__)
    parser.add_argument("doors", type=whole, metavar="N", help="how many doors")
    parser.add_argument("--out", required=True, metavar="DOORS.csv")
    parser.add_argument("--streets", metavar="FILE", help="write .osm.pbf or .osm.gz too")
    parser.add_argument("--seed", type=whole, default=1, metavar="N")
    chosen = parser.parse_args(argv)
    from hustings.core.town.generate import generate_town
    from hustings.core.town.town import DOOR_COLUMNS
    from hustings.formats.doors_csv import write_doors

    town = generate_town(chosen.doors, chosen.seed)
    write_doors(chosen.out, DOOR_COLUMNS, town.rows())
    if chosen.streets:
        from hustings.formats.osm_write import write_osm

        write_osm(chosen.streets, town)
    print(
        f"{chosen.doors} doors on {len(town.streets.street_names)} streets of {len(town.places)} places."
    )
    return 0
