"""Feeds over HTTP: documents and archives."""
