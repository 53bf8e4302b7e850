"""One file per screen: a layout without data and thin callbacks."""
