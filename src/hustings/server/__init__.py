"""Settings, addresses, middleware and the page every other page extends."""
