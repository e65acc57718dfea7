"""How answers are given: the coding a reader can read, 304 to whoever has them, the same headers every time."""
