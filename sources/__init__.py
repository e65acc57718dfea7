"""Bytes in: a fetched body becomes a Reading. One module per format; ``formats`` detects and dispatches. Pure."""
