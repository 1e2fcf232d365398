"""Who did what, and who looked at whom: lines that are added and never changed."""
