"""How the server is set: given as arguments, so that no file can drift."""

from __future__ import annotations

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "logging_collector": "off",
    "log_min_messages": "warning",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "jit": "off",
    # Tables are counted anew soon after a round has begun: until then each question about a walk is planned as if
    # there were none, and looks at all of them.
    "autovacuum_naptime": "10s",
}

THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "autovacuum": "off",
}
"""For tests only, in a folder of their own: what a crash loses is not missed."""


def arguments(socket_folder: str, *, throwaway: bool) -> list[str]:
    """``-c name=value`` for each setting."""
    settings = {
        **SETTINGS,
        **(THROWAWAY if throwaway else {}),
        "unix_socket_directories": socket_folder,
    }
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
