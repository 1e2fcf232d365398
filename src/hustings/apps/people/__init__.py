"""
The people we talk to, the households they live in, how they may be reached, and whether they want it.

It holds nothing of what an authority says (that is the register's) and nothing of what was said at a door.
A household is what shares one address; a contact point is one telephone number or e-mail address of one person;
consent and refusal are rows with a time and a source, never flags.
"""
