"""SQL, and the one door that runs it."""
