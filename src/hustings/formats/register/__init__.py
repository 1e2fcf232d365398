"""Register files: bytes in any encoding and layout ⇄ rows, and what a file is when it is no register."""

from hustings.formats.register.layouts import all_layouts, layout_named
from hustings.formats.register.recognise import Recognised, recognise
from hustings.formats.register.table import Table, open_table

__all__ = ["Recognised", "Table", "all_layouts", "layout_named", "open_table", "recognise"]
