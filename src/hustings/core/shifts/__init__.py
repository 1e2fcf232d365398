"""Sessions: where a sign-up stands, how many to sign up, and what is sent to whom when. No clock of its own."""
