"""The panels of the board: each reads what it needs and gives what to look at."""
