"""Members' ballots by section: counted together, one member one vote, or by weight, as an electoral college."""
