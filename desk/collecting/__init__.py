"""Collecting: what partners publish is leased, fetched, read and stored, at every tick."""
