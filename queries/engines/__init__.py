"""Who builds the marts of a version."""
