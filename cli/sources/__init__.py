"""Sources: added, tried, changed, read again, and their rules."""
