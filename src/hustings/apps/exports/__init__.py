"""
Rows of the register that leave the page: what left, for what, and until when it must be destroyed.

Every path on which they may leave stands in ``paths.py`` and goes through ``leaving.leave``, which asks the rules;
``tests/apps/exports`` knocks on every address and fails where such rows come by another way.
"""
