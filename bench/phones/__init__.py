"""Many phones' events by the app itself, through a bad network, to a server that dies: counted at the end."""
