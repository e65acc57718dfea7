"""SQLite: WAL, one writer at a time through BEGIN IMMEDIATE, one connection per thread, ``synchronous=FULL``."""
