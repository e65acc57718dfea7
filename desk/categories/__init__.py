"""Categories and named feeds: what news are sorted into, their names and addresses, and how they end."""
