"""
``field__prefix``: begins with, by an operator that may use an index behind the wall.

``LIKE``, and with it ``__startswith``, is not leakproof: under row-level security PostgreSQL checks the
policy first and reads every row of the campaign. ``^@`` is leakproof, and a plain index serves it.
Fold the text that is asked for as the column was folded; no character needs escaping.
"""

from __future__ import annotations

from typing import Any

from django.db import models


@models.CharField.register_lookup
@models.TextField.register_lookup
class Prefix(models.Lookup):
    """``Person.objects.filter(name_key__prefix="lil")``."""

    lookup_name = "prefix"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} ^@ {right}", (*left_values, *right_values)
