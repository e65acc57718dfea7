"""The database and what goes in and out of it: made, copied, checked, imported, exported."""
