"""
What must hold, by number, and the mark that says which test holds it: ``@pytest.mark.trust(4)``.

The numbers are those of the list of properties this project promises; here stand the ones whose subject
exists. ``tests/conftest.py`` prints them with their tests at the end of a run, and
``tests/rooms/test_what_must_hold.py`` fails when one of them has no test.
"""

from __future__ import annotations

PROPERTIES = {
    1: "Every address, as a member of another campaign: nothing of ours is shown",
    2: "The same for what is worked out from rows: counts, searches, files, tiles, errors",
    3: "Row-level security on every table of campaigns; the role that serves owns nothing",
    4: "A forgotten filter shows one's own rows; without a campaign there are none",
    5: "Shared connections: 10,000 interleaved requests over 16, no row of another",
    6: "No foreign key points into another campaign",
    7: "Somebody else's id in a request is answered like one that does not exist",
    8: "A canvasser sees the people of the walk in hand, and none once it is over",
    9: "No role does what its row does not allow; a change holds at once",
    10: "The tests for leaks fail when a wall is taken out",
    11: "An audit line in the same transaction, for every write and every look at people",
    17: "The role that serves cannot change or remove what was written for good",
    20: "Of a hundred who use a single-use link at once, one wins",
    26: "No secret in pages, logs or the repository; no debug pages",
    27: "HSTS, a strict content policy and safe cookies on every answer",
    28: "Every column about a person has a purpose, a basis, a source and an end",
    29: "Erasing a person: one command, and no word of them in any table, file or copy",
    30: "An erased person is not brought back by the same register, nor by a phone that reports again",
    62: "Killed at any statement of an import or a migration: whole, and the next run the same",
}
