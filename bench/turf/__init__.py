"""How good and how dear the cutting of turf is, beside others, judged by our own judge."""
