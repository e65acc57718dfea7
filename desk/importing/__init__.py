"""Importing: archives, feeds and lists of sources, from a file or an address."""
