"""The night: files of units, reporters, reports, audits, the tray."""
