"""Rule files ⇄ the book: TOML in, facts and rules out."""

from hustings.formats.law.reading import own_tables, read_book, read_table, the_book

__all__ = ["own_tables", "read_book", "read_table", "the_book"]
