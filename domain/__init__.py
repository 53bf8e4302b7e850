"""What the business means: pure Python, without framework, database, clock or file."""
