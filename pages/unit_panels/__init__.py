"""What the pages of the micro profit units are made of."""
