"""The panels of the money pages: what is asked, what is read for it, what is shown."""
