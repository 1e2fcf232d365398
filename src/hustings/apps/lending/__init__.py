"""
What two campaigns lend each other: people who said yes, playbooks and designs, and invitations to events.

Each is a signed record in the log (``statements``), with parts beside it that travel in one file. A person's details
are sealed to the one campaign that they were ticked for, and nothing of the register comes near this room: the apps
that hold it stand above, so that nothing here can import them.
"""
